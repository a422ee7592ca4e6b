package dev.uptanebench.bench.cli;

import dev.uptanebench.attack.run.TrialResult;
import dev.uptanebench.attack.run.Verdict;
import java.util.List;

/** What a command's exit says; the same for every verb. */
enum ExitCode {
    AS_EXPECTED(0, "all as expected"),
    SURPRISE(1,
            "a verdict, detection or recovery was not as expected"),
    INCONCLUSIVE(2,
            "nothing worse than inconclusive trials"),
    BENCH_FAILED(3, "the bench itself failed"),
    INVALID(4,
            "the command line, the configuration or a scenario is invalid"),
    NOTHING_SELECTED(5,
            "nothing was selected, or nothing that was selected applies"),
    EVIDENCE_BROKEN(6,
            "evidence does not verify"),
    INTERRUPTED(130, "interrupted");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    int code() {
        return code;
    }

    String meaning() {
        return meaning;
    }

    /** The exit of a run; a failed bench comes before a surprise, a surprise before what is inconclusive. */
    static ExitCode of(List<TrialResult> results) {
        if (any(results, Verdict.ERROR)) {
            return BENCH_FAILED;
        }
        if (results.stream().anyMatch(result -> judged(result) && !result.asExpected())) {
            return SURPRISE;
        }
        if (any(results, Verdict.INCONCLUSIVE)) {
            return INCONCLUSIVE;
        }
        boolean nothing = results.stream().allMatch(result -> result.verdict() == Verdict.NOT_APPLICABLE);
        return nothing ? NOTHING_SELECTED : AS_EXPECTED;
    }

    private static boolean judged(TrialResult result) {
        return result.verdict() == Verdict.DEFENDED || result.verdict() == Verdict.BREACHED;
    }

    private static boolean any(List<TrialResult> results, Verdict verdict) {
        return results.stream().anyMatch(result -> result.verdict() == verdict);
    }
}
