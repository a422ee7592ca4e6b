/**
 * The world everything else lives in: one clock, driven by itself or by the machine's, one queue of events, seeded randomness by name, a Netty event loop on
 * the same clock, and code that reads top to bottom although it waits in world time.
 *
 * <p>A world is single-threaded: at any moment at most one thread runs in it; what other threads have to say enters by
 * {@link dev.uptanebench.vehicle.kernel.RealTime#enter}. Time is nanoseconds since the world began.
 * Nothing outside this package reads a clock, sleeps or draws random numbers of its own.
 */
@NullMarked
package dev.uptanebench.vehicle.kernel;

import org.jspecify.annotations.NullMarked;
