package dev.uptanebench.report.format;

import dev.uptanebench.attack.run.Evidence;
import dev.uptanebench.attack.run.TrialResult;
import dev.uptanebench.attack.run.TrialSink;
import dev.uptanebench.vehicle.history.History;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The story of each trial: told as the trial ends while a run lasts, otherwise when it is asked for. Safe for use from
 * many threads.
 */
public final class Stories implements TrialSink {
    /** Those of a larger run are told from its histories again: memory must not grow with the run. */
    private static final int MOST_KEPT = 2000;

    private final Function<TrialResult, Optional<History>> histories;
    private final Map<String, Story> told = new ConcurrentHashMap<>();

    /** @param histories where the history of a trial can be had that has not just ended; empty if there is none */
    public Stories(Function<TrialResult, Optional<History>> histories) {
        this.histories = histories;
    }

    @Override
    public void trialEnded(TrialResult result, @Nullable Evidence evidence) {
        if (evidence != null && told.size() < MOST_KEPT) {
            told.put(result.id(), Story.of(evidence.history()));
        }
    }

    Optional<Story> of(TrialResult trial) {
        Story known = told.get(trial.id());
        return known == null ? histories.apply(trial).map(Story::of) : Optional.of(known);
    }
}
