package dev.uptanebench.attack.scenario;

import dev.uptanebench.attack.oracle.Invariant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What a scenario expects of one kind of ECU.
 *
 * @param denial the attack only denies updates, which nothing can prevent
 * @param detected names of which one should be told; empty where detection is not judged
 * @param artefact which manipulated file has to arrive for the attack to have taken effect
 * @param invariants of which one must break where a breach is expected
 */
public record Expectation(Expected verdict, boolean denial, List<String> detected, boolean recovered,
        Pattern artefact, Set<Invariant> invariants) {
    public Expectation {
        detected = List.copyOf(detected);
        invariants = Collections.unmodifiableSet(new TreeSet<>(invariants));
    }

    /** The same of a target on which the defence does not bind; what has to succeed still has to. */
    Expectation leftOpen() {
        return verdict == Expected.DEFENDED
                ? new Expectation(Expected.EITHER, denial, List.of(), recovered, artefact, invariants)
                : this;
    }
}
