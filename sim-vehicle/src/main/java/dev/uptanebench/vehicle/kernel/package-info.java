/**
 * The world everything else lives in: one clock, one queue of events, seeded randomness by name, a Netty event loop on
 * the same clock, and code that reads top to bottom although it waits in world time.
 *
 * <p>A world is single-threaded: at any moment at most one thread runs in it. Time is nanoseconds since the world began.
 * Nothing outside this package reads a clock, sleeps or draws random numbers of its own.
 */
@NullMarked
package dev.uptanebench.vehicle.kernel;

import org.jspecify.annotations.NullMarked;
