package dev.uptanebench.bench.cli;

import dev.uptanebench.bench.assembly.EcuOnBus;
import dev.uptanebench.bench.assembly.Outside;
import dev.uptanebench.bench.assembly.Pairing;
import dev.uptanebench.bench.assembly.Rig;
import dev.uptanebench.bench.config.BenchConfig;
import dev.uptanebench.bench.config.EcuConfig;
import dev.uptanebench.vehicle.can.remote.CannotListen;
import dev.uptanebench.vehicle.can.socketcan.BusLost;
import dev.uptanebench.vehicle.doip.ActivationCode;
import dev.uptanebench.vehicle.doip.LogicalAddress;
import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.uptane.TufSignatures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "ecu", description = "Puts one simulated Secondary on its real or remote bus and keeps it there until it is told to end.")
final class EcuVerb extends Verb {
    @Mixin
    private BenchOptions bench = new BenchOptions();

    @Mixin
    private HardwareOptions hardware = new HardwareOptions();

    @Mixin
    private PairingOptions pairing = new PairingOptions();

    @Option(names = "--target", paramLabel = "ECU", required = true, description = "id of the ECU")
    private String target = "";

    @Option(names = "--socketcand", paramLabel = "[HOST:]PORT", description = "lets clients of socketcand reach the ECU's bus; on this machine alone unless a host is given, at any port that is free for 0")
    private @Nullable String socketcand;

    @Option(names = "--doip", paramLabel = "[HOST:]PORT", description = "lets testers reach an ECU on Ethernet over TCP and UDP; on this machine alone unless a host is given, at any port that is free for 0; DoIP's own port is 13400")
    private @Nullable String doip;

    @Option(names = "--tls", paramLabel = "[HOST:]PORT", description = "beside --doip: lets testers reach it over TLS 1.3, too; DoIP's own port is 3496")
    private @Nullable String tls;

    @Mixin
    private OutsideOptions others = new OutsideOptions();

    @Override
    ExitCode perform() throws Invalid {
        BenchConfig config = bench.config();
        EcuConfig ecu = BenchOptions.ecu(config, target);
        Outside outside = others.outside(socketcand, doip());
        PairingOptions.requireAlone(config, ecu, outside);
        hardware.require(config, outside);
        AtomicBoolean ended = new AtomicBoolean();
        try (Ending _ = Ending.by(() -> ended.set(true)); EcuOnBus onBus = put(config, ecu, outside)) {
            System.out.println(ready(config, ecu));
            onBus.reachable().forEach(System.out::println);
            System.out.flush();
            onBus.live(ended::get);
            return ExitCode.AS_EXPECTED;
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
            if (tls != null) {
                throw new Invalid(ExitCode.INVALID, "--tls: says where --doip is to be reached over TLS, too");
            }
            return Optional.empty();
        }
        return Optional.of(new Outside.Doip(OutsideOptions.own("--doip", doip),
                tls == null ? Optional.empty() : Optional.of(OutsideOptions.own("--tls", tls))));
    }

    private EcuOnBus put(BenchConfig config, EcuConfig ecu, Outside outside) throws IOException {
        try (Pairing held = pairing.open(config)) { // given back at once: whoever programs it goes on from there
            return new Rig(config, ecu, new TufSignatures()).putOnBus(held, outside, EcuVerb::tell);
        }
    }

    private static String ready(BenchConfig config, EcuConfig ecu) {
        String where = switch (ecu.diagnostics()) {
            case EcuConfig.OnCan can -> "%s: %s, to all %s".formatted(
                    config.bus(ecu.bus()).device().orElse(ecu.bus() + ", simulated"), can.told(),
                    EcuConfig.OnCan.written(can.functional()));
            case EcuConfig.OnEthernet ethernet ->
                ecu.bus() + ": logical address " + LogicalAddress.written(ethernet.address());
        };
        return "%s (%s %s) is on %s; it runs what it left the factory with".formatted(ecu.id(), ecu.kind(),
                ecu.serial(), where);
    }

    private static void tell(Event event) {
        words(event).ifPresent(System.out::println);
        System.out.flush();
    }

    private static Optional<String> words(Event event) {
        return switch (event) {
            case Event.Received received -> Optional.of((received.complete() ? "received " : "received a part of ")
                    + received.artefact() + ", " + received.length() + " bytes");
            case Event.TimeAccepted accepted -> Optional.of("the time is " + accepted.time());
            case Event.Trusted trusted -> Optional.of("trusts %s %s, version %d".formatted(trusted.repository(),
                    trusted.role(), trusted.version()));
            case Event.Refused refused -> Optional.of("refused %s: expected %s, found %s (%s)".formatted(
                    refused.subject(), refused.expected(), refused.found(), refused.requirement()));
            case Event.Erased _ -> Optional.of("erased its memory");
            case Event.Installed installed -> Optional.of("installed an image of %d bytes, sha256 %s".formatted(
                    installed.length(), installed.sha256()));
            case Event.Interrupted fault -> Optional.of("interrupted by a " + fault.how() + ": " + fault.where());
            case Event.Booted booted -> Optional.of(booted.sha256() == null
                    ? "started, and has nothing to run"
                    : "started, runs sha256 " + booted.sha256());
            case Event.RoutingActivation activation -> Optional.of("tester %s: %s".formatted(
                    LogicalAddress.written(activation.tester()), ActivationCode.told(activation.code())));
            case Event.FramesMissed missed -> Optional.of("missed " + missed.frames() + " frames of the bus");
            case Event.ControllerChanged changed -> Optional.of("the controller is " + changed.state());
            default -> Optional.empty();
        };
    }
}
