package dev.uptanebench.attack.oracle;

/**
 * An invariant that broke.
 *
 * @param sequence of the event that broke it
 * @param reason one sentence
 */
public record Violation(Invariant invariant, long sequence, String ecu, String reason) {}
