package dev.uptanebench.attack.run;

import org.jspecify.annotations.Nullable;

/** Takes in what each trial ended with. Called as trials end, from any thread, in any order. */
@FunctionalInterface
public interface TrialSink {

    /** @param evidence null when there was no world */
    void trialEnded(TrialResult result, @Nullable Evidence evidence);
}
