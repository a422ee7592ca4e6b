package dev.uptanebench.bench.cli;

import dev.uptanebench.bench.assembly.Outside;
import dev.uptanebench.bench.assembly.Pairing;
import dev.uptanebench.bench.config.BenchConfig;
import dev.uptanebench.bench.config.EcuConfig;
import dev.uptanebench.ecu.unit.EcuKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import dev.uptanebench.attack.run.WallClock;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where an ECU on a real bus and those who program it find their keys. */
final class PairingOptions {
    @Option(names = "--keys", paramLabel = "DIR", description = "folder of keys and metadata that 'ecu' and 'flash' share; made on first use; default: one for each bench below reports/pairings")
    private @Nullable Path keys;

    /** An ECU that is simulated here has its own keys. */
    void requireNone() throws Invalid {
        if (keys != null) {
            throw new Invalid(ExitCode.INVALID, "--keys is for an ECU in another process, which is reached over an "
                    + "'interface' of the bench file, --doip or --cannelloni; without one of these the ECU is simulated here");
        }
    }

    Pairing open(BenchConfig config) throws IOException {
        Path given = keys;
        Path folder = given != null
                ? given
                : Home.pairings().resolve(config.name().replaceAll("[^A-Za-z0-9._-]+", "-"));
        return Pairing.open(folder, config, WallClock.now().truncatedTo(ChronoUnit.SECONDS));
    }

    /** On a real or a remote bus it is one Secondary that somebody else is to reach. */
    static void requireAlone(BenchConfig config, EcuConfig ecu, Outside outside) throws Invalid {
        if (ecu.kind() == EcuKind.PRIMARY) {
            throw new Invalid(ExitCode.INVALID,
                    ecu.id() + " is the Primary, which takes its images from servers and not "
                            + "from a bus; name a Secondary");
        }
        if (ecu.encryption().isPresent()) {
            throw new Invalid(ExitCode.INVALID, "the images of " + ecu.id()
                    + " are encrypted with keys that follow from the bench's seed, which are for simulated worlds "
                    + "only; leave out 'encryption' where others can reach it");
        }
        switch (ecu.diagnostics()) {
            case EcuConfig.OnCan _ -> requireBus(config, ecu, outside);
            case EcuConfig.OnEthernet _ -> {
                if (outside.bus() || outside.doip().isEmpty()) {
                    throw new Invalid(ExitCode.INVALID,
                            ecu.id() + " is on Ethernet, where others reach it by --doip alone");
                }
            }
        }
    }

    private static void requireBus(BenchConfig config, EcuConfig ecu, Outside outside) throws Invalid {
        if (outside.doip().isPresent()) {
            throw new Invalid(ExitCode.INVALID, ecu.id() + " is on the CAN bus " + ecu.bus()
                    + ", and --doip reaches ECUs on Ethernet; --cannelloni, and --socketcand of 'ecu', reach this one");
        }
        if (config.bus(ecu.bus()).device().isEmpty() && !outside.open()) {
            throw new Invalid(ExitCode.INVALID, "the bus " + ecu.bus() + " of " + ecu.id()
                    + " has no 'interface', so nobody else could reach it there without --cannelloni, or --socketcand of 'ecu'");
        }
    }
}
