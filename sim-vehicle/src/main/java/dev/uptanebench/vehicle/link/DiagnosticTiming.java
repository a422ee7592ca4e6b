package dev.uptanebench.vehicle.link;

import java.time.Duration;

/**
 * A tester's patience.
 *
 * @param p2 from the end of a request to the start of its answer
 * @param p2Star from a {@code 7F xx 78} to the start of the next answer
 * @param pending how many of those it bears for one request
 */
public record DiagnosticTiming(Duration p2, Duration p2Star, int pending) {

    /** How long a tester waits for the start of an answer unless it is told otherwise. */
    public static final Duration STANDARD_P2 = Duration.ofMillis(150);

    /** 150 ms, 5.1 s (the server's P2 and P2* and what the bus may add), 100 times. */
    public static DiagnosticTiming standard() {
        return new DiagnosticTiming(STANDARD_P2, Duration.ofMillis(5100), 100);
    }

    /** The same with another wait for the start of an answer; P2* is never shorter than that. */
    public DiagnosticTiming withP2(Duration other) {
        return new DiagnosticTiming(other, other.compareTo(p2Star) > 0 ? other : p2Star, pending);
    }
}
