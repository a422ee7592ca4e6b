package dev.uptanebench.vehicle.can.capture;

import dev.uptanebench.vehicle.can.CanFrame;
import dev.uptanebench.vehicle.can.ErrorFrame;

/**
 * What was seen on a bus at one moment.
 *
 * @param at nanoseconds since 1970 (UTC), or since the capture's beginning where it has no date; not negative
 * @param bus name of the bus
 */
public record CapturedFrame(long at, String bus, Direction direction, Content content) {

    /** @throws IllegalArgumentException if the time is negative */
    public CapturedFrame {
        if (at < 0) {
            throw new IllegalArgumentException("a frame before 1970");
        }
    }

    /** From where whoever captured it saw it come. */
    public enum Direction {
        UNKNOWN,
        RECEIVED,
        SENT
    }

    /** A frame, or trouble. */
    public sealed interface Content {}

    /** A data or remote frame. */
    public record Carried(CanFrame frame) implements Content {}

    /** An error frame. */
    public record Noticed(ErrorFrame error) implements Content {}
}
