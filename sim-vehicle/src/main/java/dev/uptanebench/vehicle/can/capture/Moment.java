package dev.uptanebench.vehicle.can.capture;

import java.time.DateTimeException;
import java.time.Instant;

/**
 * A time in a capture.
 *
 * @param nanos since the first frame, or since 1970
 */
public record Moment(long nanos, boolean sinceFirst) {

    /**
     * Reads seconds after the first frame, {@code 1.5}, or a date, {@code 2026-01-05T08:00:00Z}.
     *
     * @throws IllegalArgumentException if it is neither
     */
    public static Moment parse(String text) {
        if (text.indexOf('T') < 0) {
            return new Moment(Seconds.parse(text), true);
        }
        try {
            return new Moment(BusRecording.nanos(Instant.parse(text)), false);
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException("a date such as 2026-01-05T08:00:00Z was expected, not "
                    + Text.shown(text), e);
        }
    }

    long after(long first) {
        return sinceFirst ? first + nanos : nanos;
    }
}
