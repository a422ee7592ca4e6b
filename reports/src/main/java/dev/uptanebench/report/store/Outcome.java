package dev.uptanebench.report.store;

import dev.uptanebench.attack.run.TrialResult;

/** How a trial counts for whoever reads the report, worst first. */
public enum Outcome {
    ERROR,
    SURPRISE,
    INCONCLUSIVE,
    AS_EXPECTED,
    NOT_APPLICABLE;

    /** A verdict, detection or recovery that is not as expected is a surprise. */
    public static Outcome of(TrialResult trial) {
        return switch (trial.verdict()) {
            case ERROR -> ERROR;
            case INCONCLUSIVE -> INCONCLUSIVE;
            case NOT_APPLICABLE -> NOT_APPLICABLE;
            case DEFENDED, BREACHED -> trial.asExpected() ? AS_EXPECTED : SURPRISE;
        };
    }
}
