package dev.uptanebench.vehicle.can.socketcan;

import dev.uptanebench.vehicle.can.CanFrame;
import dev.uptanebench.vehicle.can.IdFilter;
import java.time.Duration;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * How a real bus is used.
 *
 * @param name in histories and bench files
 * @param device the kernel's name of the interface
 * @param fd whether CAN FD frames are sent
 * @param pause least time between two frames of ours, for controllers that lose bursts
 * @param hears frames that the kernel is to pass on, of all nodes, ours included; all if it is empty
 * @param duration nanoseconds that a frame takes on this bus: the kernel tells when a frame ended, not when it began
 */
public record Settings(String name, String device, boolean fd, Duration pause, List<IdFilter> hears,
        ToLongFunction<CanFrame> duration) {
    /** More than that a kernel does not take. */
    private static final int MOST_FILTERS = 512;

    public Settings {
        hears = List.copyOf(hears);
        if (hears.size() > MOST_FILTERS) {
            throw new IllegalArgumentException("a socket takes " + MOST_FILTERS + " filters, not " + hears.size());
        }
    }
}
