package dev.uptanebench.vehicle.can.socketcan;

import dev.uptanebench.vehicle.can.CanFrame;
import java.time.Duration;
import java.util.function.ToLongFunction;

/**
 * How a real bus is used.
 *
 * @param name in histories and bench files
 * @param device the kernel's name of the interface
 * @param fd whether CAN FD frames are sent
 * @param pause least time between two frames of ours, for controllers that lose bursts
 * @param duration nanoseconds that a frame takes on this bus: the kernel tells when a frame ended, not when it began
 */
public record Settings(String name, String device, boolean fd, Duration pause, ToLongFunction<CanFrame> duration) {}
