package dev.uptanebench.report.store;

import dev.uptanebench.attack.scenario.Expected;
import dev.uptanebench.attack.run.TrialResult;
import dev.uptanebench.attack.run.Verdict;
import dev.uptanebench.vehicle.uptane.Bytes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Made-up runs for tests. */
public final class Runs {
    private Runs() {}

    public static RunHeader header() {
        return new RunHeader(new RunHeader.Tool("uptane-bench", "0.1.0", "abc1234"),
                new RunHeader.Bench("a car", "bench-config/benches/default.yaml", "b".repeat(64)), "uptane-2.1",
                "strict", "virtual", "c".repeat(64), "0x2a", Instant.parse("2026-11-23T10:00:00Z"));
    }

    public static RunReport report(TrialResult... trials) {
        return RunReport.of(header(), List.of(trials), Instant.parse("2026-11-23T10:00:05Z"), false, 5000);
    }

    /** A trial that went as expected unless the verdict is not DEFENDED. */
    public static TrialResult trial(String scenario, String target, Verdict verdict, String reason) {
        return trial(scenario, target, verdict, reason, "d".repeat(64));
    }

    /** The same with the history that was kept of it. */
    public static TrialResult trial(String scenario, String target, Verdict verdict, String reason, Bytes history) {
        return trial(scenario, target, verdict, reason, history.sha256());
    }

    private static TrialResult trial(String scenario, String target, Verdict verdict, String reason,
            String historySha256) {
        String id = scenario + "/" + target + "/repo=director";
        boolean breached = verdict == Verdict.BREACHED;
        boolean judged = breached || verdict == Verdict.DEFENDED;
        return new TrialResult(id, scenario, "1".repeat(64), List.of("freeze"), target, "2".repeat(64),
                "full-secondary", new TreeMap<>(Map.of("repo", "director")), 1, "0x1", verdict,
                Expected.DEFENDED, verdict == Verdict.DEFENDED, breached ? "S3" : null,
                verdict == Verdict.DEFENDED ? "primary" : null, judged ? !breached : null,
                verdict == Verdict.DEFENDED ? "freeze" : null, List.of("freeze"), judged ? true : null, true,
                List.of("U-5.4.4.4-s4"), List.of("U-5.4.4.4-s4"), reason, judged ? historySha256 : null, 86_400_000,
                12, "./bench run " + id + " --seed 0x2a -b bench-config/benches/default.yaml");
    }
}
