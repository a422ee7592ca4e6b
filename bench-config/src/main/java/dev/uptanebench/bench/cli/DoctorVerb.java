package dev.uptanebench.bench.cli;

import dev.uptanebench.bench.assembly.NotReached;
import dev.uptanebench.bench.assembly.Outside;
import dev.uptanebench.bench.assembly.Rig;
import dev.uptanebench.bench.config.BenchConfig;
import dev.uptanebench.bench.config.EcuConfig;
import dev.uptanebench.bench.doctor.BenchNeeds;
import dev.uptanebench.bench.doctor.Finding;
import dev.uptanebench.bench.doctor.Machine;
import dev.uptanebench.vehicle.can.remote.CannotListen;
import dev.uptanebench.vehicle.can.socketcan.BusLost;
import dev.uptanebench.vehicle.uptane.TufSignatures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "doctor", description = "Tells what this machine and a bench can do, and what the bench lacks; sends nothing to a real bus unless that is confirmed.")
final class DoctorVerb extends Verb {
    @Mixin
    private BenchOptions bench = new BenchOptions();

    @Mixin
    private HardwareOptions hardware = new HardwareOptions();

    @Mixin
    private OutsideOptions others = new OutsideOptions();

    @Option(names = "--target", paramLabel = "ECU", description = "a Secondary that is elsewhere, as for 'flash': it is asked for its report")
    private @Nullable String target;

    @Option(names = "--doip", paramLabel = "[HOST:]PORT", description = "where that ECU is on Ethernet")
    private @Nullable String doip;

    @Override
    ExitCode perform() throws Invalid {
        BenchConfig config = bench.config();
        Outside outside = others.outside(null, doip == null
                ? Optional.empty()
                : Optional.of(new Outside.Doip(OutsideOptions.other("--doip", doip), Optional.empty())));
        if (target == null && outside.open()) {
            throw new Invalid(ExitCode.INVALID, "which ECU is to be reached there? --target names it");
        }
        EcuConfig ecu = target == null ? null : BenchOptions.ecu(config, target);
        if (ecu != null) { // as for any other command that leaves this process
            PairingOptions.requireAlone(config, ecu, outside);
            hardware.require(config, outside);
        }
        List<Finding> findings = new ArrayList<>(Machine.findings(Home.shown(Home.runs())));
        findings.addAll(BenchNeeds.findings(config));
        if (ecu != null) {
            findings.add(reached(config, ecu, outside));
        }
        findings.forEach(finding -> System.out.printf(Locale.ROOT, "%-8s %-15s %s%n",
                finding.kind().name().toLowerCase(Locale.ROOT), finding.subject(), finding.told()));
        return findings.stream().anyMatch(finding -> finding.kind() == Finding.Kind.MISSING)
                ? ExitCode.BENCH_FAILED
                : ExitCode.AS_EXPECTED;
    }

    private static Finding reached(BenchConfig config, EcuConfig ecu, Outside outside) {
        String subject = "target " + ecu.id();
        Rig rig = new Rig(config, ecu, new TufSignatures());
        try {
            rig.reach(outside);
            return Finding.ok(subject, "answers " + rig.place(outside));
        } catch (NotReached | CannotListen | BusLost e) {
            return Finding.missing(subject, String.valueOf(e.getMessage()));
        } catch (ExecutionException e) {
            return Finding.missing(subject, "the bench failed: " + e.getCause());
        }
    }
}
