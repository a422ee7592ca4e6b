package dev.uptanebench.attack.run;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;

/**
 * How late it is outside all worlds: tells when a run was and how long its trials took, what time it is for the TUF
 * client, and nothing in a history. Nobody else here asks the machine for the time.
 */
public final class WallClock {
    private WallClock() {}

    /** Time of day, in milliseconds. */
    public static Instant now() {
        return Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** A watch that starts now. */
    public static Stopwatch stopwatch() {
        return new Stopwatch(System.nanoTime());
    }

    /** Counts what passes, whatever somebody does to the time of day. */
    public record Stopwatch(long started) {

        public long millis() {
            return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
        }
    }
}
