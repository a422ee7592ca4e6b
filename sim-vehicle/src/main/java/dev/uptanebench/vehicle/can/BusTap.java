package dev.uptanebench.vehicle.can;

/** A listener that is not a node: it sees what the receivers see and cannot be noticed. */
@FunctionalInterface
public interface BusTap {

    /**
     * A frame was completed.
     *
     * @param start world time of its first bit, nanoseconds
     * @param end world time at which its last bit ended
     */
    void frame(CanFrame frame, long start, long end);

    /**
     * A frame was destroyed, or a controller is in another state now.
     *
     * @param at world time at which that was noticed
     */
    default void error(ErrorFrame error, long at) {}
}
