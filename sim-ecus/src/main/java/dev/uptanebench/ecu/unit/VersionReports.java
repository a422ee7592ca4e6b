package dev.uptanebench.ecu.unit;

import dev.uptanebench.vehicle.requirement.Carries;
import dev.uptanebench.ecu.verify.Installed;
import dev.uptanebench.ecu.verify.Rejection;
import dev.uptanebench.vehicle.history.Recorder;
import dev.uptanebench.vehicle.requirement.AttackId;
import dev.uptanebench.vehicle.requirement.Check;
import dev.uptanebench.vehicle.requirement.Checks;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.SigningKey;
import dev.uptanebench.vehicle.uptane.VersionReport;
import dev.uptanebench.vehicle.uptane.dialect.Dialect;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An ECU's signed reports (5.4.2.1.2), and its memory of attacks until they have been told. */
public final class VersionReports {
    private final String serial;
    private final Dialect dialect;
    private final SigningKey key;
    private final TrustedClock clock;
    private final Checks checks;
    private final Recorder recorder;
    private final Set<AttackId> detected = new LinkedHashSet<>();
    private @Nullable AttackId doubtedTime;
    private long counter;

    public VersionReports(String serial, Dialect dialect, SigningKey key, TrustedClock clock, Checks checks,
            Recorder recorder) {
        this.serial = serial;
        this.dialect = dialect;
        this.key = key;
        this.clock = clock;
        this.checks = checks;
        this.recorder = recorder;
    }

    /** Notes that a check failed, for the history and for the next report. */
    @Carries({"U-5.4-4", "U-5.4.4.2-4"})
    public void refused(Rejection rejection) {
        recorder.record(rejection.claimedBy(serial));
        if (checks.on(Check.ATTACK_REPORTED)) {
            detected.add(rejection.attack());
        }
    }

    /** The same of a time message, which may turn out within the update to have been signed with the source's next key. */
    public void doubtTime(Rejection rejection) {
        recorder.record(rejection.claimedBy(serial));
        if (checks.on(Check.ATTACK_REPORTED)) {
            doubtedTime = rejection.attack();
        }
    }

    /** It has turned out so. */
    public void doubtNoTime() {
        doubtedTime = null;
    }

    /** A new update begins: what was detected before has been told. */
    public void forgetAttacks() {
        detected.clear();
        doubtedTime = null;
    }

    private List<AttackId> attacks() {
        Set<AttackId> attacks = new LinkedHashSet<>();
        if (doubtedTime != null) {
            attacks.add(doubtedTime);
        }
        attacks.addAll(detected);
        return List.copyOf(attacks);
    }

    /** Signs what the ECU runs now; each report has a counter of its own. */
    @Carries({"U-5.4.2.1.2-2", "U-5.4.2.1.2-3", "U-5.4.2.1.2-5", "U-5.4.2.1.2-6", "U-5.4.2.1.2-7"})
    public Bytes next(Installed runs) {
        return dialect.encode(new VersionReport(serial, runs.filename(), runs.length(), runs.sha256(),
                attacks(), clock.latest().truncatedTo(ChronoUnit.SECONDS),
                clock.previous().truncatedTo(ChronoUnit.SECONDS), ++counter), key);
    }
}
