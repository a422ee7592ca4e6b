package dev.uptanebench.attack.run;

/** What became of an attack. */
public enum Verdict {
    /** The attack took effect and every invariant held. */
    DEFENDED,
    /** An invariant broke. */
    BREACHED,
    /** The baseline did not work, the attack had no effect, or repeats disagree. */
    INCONCLUSIVE,
    /** The bench failed. */
    ERROR,
    /** The target or the bench lacks what the scenario needs. */
    NOT_APPLICABLE
}
