package dev.uptanebench.bench.cli;

import dev.uptanebench.bench.assembly.Flashing;
import dev.uptanebench.bench.assembly.NotReached;
import dev.uptanebench.bench.assembly.Outside;
import dev.uptanebench.bench.assembly.Pairing;
import dev.uptanebench.bench.assembly.Rig;
import dev.uptanebench.bench.config.BenchConfig;
import dev.uptanebench.bench.config.EcuConfig;
import dev.uptanebench.ecu.image.FirmwareImage;
import dev.uptanebench.ecu.image.ImageFormat;
import dev.uptanebench.ecu.unit.EcuKind;
import dev.uptanebench.vehicle.can.remote.CannotListen;
import dev.uptanebench.vehicle.can.socketcan.BusLost;
import dev.uptanebench.vehicle.uptane.TufSignatures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "flash", description = "Programs an image into one ECU of a bench: released, ordered, verified, sent over the bus.")
final class FlashVerb extends Verb {
    @Mixin
    private BenchOptions bench = new BenchOptions();

    @Mixin
    private HardwareOptions hardware = new HardwareOptions();

    @Mixin
    private PairingOptions pairing = new PairingOptions();

    @Mixin
    private OutsideOptions others = new OutsideOptions();

    @Option(names = "--doip", paramLabel = "[HOST:]PORT", description = "where an ECU on Ethernet is, such as one that 'ecu --doip' keeps there; on this machine unless a host is given")
    private @Nullable String doip;

    @Option(names = "--tls", description = "with --doip: over TLS 1.3")
    private boolean tls;

    @Option(names = "--target", paramLabel = "ECU", required = true, description = "id of the ECU")
    private String target = "";

    @Parameters(paramLabel = "FILE", description = ImageFormat.KNOWN)
    private Path file = Path.of("");

    @Override
    ExitCode perform() throws Invalid {
        BenchConfig config = bench.config();
        EcuConfig ecu = BenchOptions.ecu(config, target);
        FirmwareImage image = ProgramFile.read(file, ecu);
        Outside outside = others.outside(null, doip());
        hardware.require(config, outside);
        if (!config.real() && !outside.open()) {
            pairing.requireNone();
        }
        try {
            Flashing.Result result = config.real() || outside.open()
                    ? elsewhere(config, ecu, outside, image)
                    : Flashing
                            .flash(BenchOptions.cars(config, config.seed()), ecu, image, name(), config.seed());
            System.out.print(told(ecu, image, result));
            return result.runs() ? ExitCode.AS_EXPECTED : ExitCode.SURPRISE;
        } catch (ExecutionException e) {
            throw new Invalid(ExitCode.BENCH_FAILED, "the bench failed: " + e.getCause());
        } catch (NotReached e) {
            throw new Invalid(ExitCode.BENCH_FAILED, e.getMessage() + "; nothing was published or programmed");
        } catch (BusLost e) {
            throw new Invalid(ExitCode.BENCH_FAILED, String.valueOf(e.getMessage()));
        } catch (CannotListen e) {
            throw new Invalid(ExitCode.BENCH_FAILED, String.valueOf(e.getMessage()));
        } catch (IOException | UncheckedIOException e) {
            throw new Invalid(ExitCode.BENCH_FAILED, "the keys of this bench cannot be used: " + e.getMessage());
        }
    }

    private Optional<Outside.Doip> doip() throws Invalid {
        if (doip == null) {
            if (tls) {
                throw new Invalid(ExitCode.INVALID, "--tls: says how --doip is to be reached");
            }
            return Optional.empty();
        }
        InetSocketAddress entity = OutsideOptions.other("--doip", doip);
        return Optional.of(new Outside.Doip(entity, tls ? Optional.of(entity) : Optional.empty()));
    }

    /** The ECU is there already: `bench ecu` in another process, or one that was provisioned from the same folder. */
    private Flashing.Result elsewhere(BenchConfig config, EcuConfig ecu, Outside outside, FirmwareImage image)
            throws Invalid, IOException, NotReached, ExecutionException {
        PairingOptions.requireAlone(config, ecu, outside);
        try (Pairing held = pairing.open(config)) {
            return new Rig(config, ecu, new TufSignatures()).flash(held, outside, image, name());
        }
    }

    /** Released under the file's own name; what goes over the bus is the program, not the file. */
    private String name() {
        String own = String.valueOf(file.getFileName()).replaceAll("[^A-Za-z0-9._-]", "-");
        int dot = own.lastIndexOf('.');
        return (dot < 1 ? own : own.substring(0, dot)) + ".bin";
    }

    private String told(EcuConfig ecu, FirmwareImage image, Flashing.Result result) {
        Prose text = new Prose();
        text.entry(14, "image", file + ": " + image);
        if (!result.program().sha256().equals(image.sha256())) {
            text.entry(14, "as sent",
                    result.program().length() + " bytes from the beginning of the memory on, what lies "
                            + "before the program as if erased (0xff), sha256 " + result.program().sha256());
        }
        text.entry(14, "target", ecu.id() + ", " + ecu.kind() + " " + ecu.serial()
                + (ecu.kind() == EcuKind.PRIMARY ? "" : " on " + ecu.bus()));
        if (ecu.kind() == EcuKind.PRIMARY) {
            text.entry(14, "bus", "none: a Primary takes its image from the servers");
        } else {
            text.entry(14, "bus", "%d %s, %s from the first to the last".formatted(result.frames(),
                    switch (ecu.diagnostics()) {
                        case EcuConfig.OnCan _ -> "frames with its identifiers";
                        case EcuConfig.OnEthernet _ -> "diagnostic messages with its address";
                    }, seconds(result.onBus())));
            if (result.programming().isPositive()) {
                text.entry(14, "image alone", seconds(result.programming()));
            }
        }
        text.entry(14, "cycle", seconds(result.cycle()) + ", " + result.outcome() + ": " + result.detail());
        text.entry(14, "result", result.runs() ? "installed, and running" : "not installed");
        return text.toString();
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.3f s", duration.toNanos() / 1e9);
    }
}
