package dev.uptanebench.attack.scenario;

/** What follows from the kind of ECU and the attacker's capabilities. */
public enum Expected {
    DEFENDED,
    /** A positive control: were it DEFENDED, the bench would be blind. */
    BREACHED,
    /** The Standard leaves it open. */
    EITHER
}
