package dev.uptanebench.report.store;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.uptanebench.attack.run.TrialResult;
import dev.uptanebench.attack.run.Verdict;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** All of {@code run.json}, its fields in that order. Trials are sorted by id, then repeat. */
@JsonPropertyOrder({"schema", "tool", "bench", "profile", "reading", "mode", "catalogueSha256", "seed", "started",
        "finished", "interrupted", "wallMillis", "virtualMillis", "summary", "trials"})
public record RunReport(String schema, RunHeader.Tool tool, RunHeader.Bench bench, String profile, String reading,
        String mode, String catalogueSha256, String seed, Instant started, Instant finished, boolean interrupted,
        long wallMillis, long virtualMillis, Summary summary, List<TrialResult> trials) {
    public static final String SCHEMA = "uptane-bench/run/v1";

    public RunReport {
        trials = trials.stream()
                .sorted(Comparator.comparing(TrialResult::id).thenComparingInt(TrialResult::repeat)).toList();
    }

    /** How many trials there were, went as expected, and ended with each verdict. */
    @JsonPropertyOrder({"trials", "asExpected", "DEFENDED", "BREACHED", "INCONCLUSIVE", "ERROR", "NOT_APPLICABLE"})
    public record Summary(int trials, int asExpected, @JsonProperty("DEFENDED") int defended,
            @JsonProperty("BREACHED") int breached, @JsonProperty("INCONCLUSIVE") int inconclusive,
            @JsonProperty("ERROR") int error, @JsonProperty("NOT_APPLICABLE") int notApplicable) {

        /** Counts; a trial that does not apply is none that went as expected. */
        public static Summary of(List<TrialResult> trials) {
            int asExpected = (int) trials.stream()
                    .filter(trial -> trial.asExpected() && trial.verdict() != Verdict.NOT_APPLICABLE).count();
            return new Summary(trials.size(), asExpected,
                    count(trials, Verdict.DEFENDED), count(trials, Verdict.BREACHED),
                    count(trials, Verdict.INCONCLUSIVE), count(trials, Verdict.ERROR),
                    count(trials, Verdict.NOT_APPLICABLE));
        }

        private static int count(List<TrialResult> trials, Verdict verdict) {
            return (int) trials.stream().filter(trial -> trial.verdict() == verdict).count();
        }
    }

    /** The report of a run that has ended; its world time is the sum of its trials'. */
    public static RunReport of(RunHeader header, List<TrialResult> trials, Instant finished, boolean interrupted,
            long wallMillis) {
        long virtualMillis = trials.stream().mapToLong(TrialResult::virtualMillis).sum();
        return new RunReport(SCHEMA, header.tool(), header.bench(), header.profile(), header.reading(), header.mode(),
                header.catalogueSha256(), header.seed(), header.started(), finished, interrupted, wallMillis,
                virtualMillis, Summary.of(trials), trials);
    }
}
