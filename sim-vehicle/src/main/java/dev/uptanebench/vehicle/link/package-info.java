/**
 * Messages and diagnostics on a bus of a world: the protocol engines of {@code isotp}, {@code doip} and {@code uds}, wired to ports,
 * timers and the recorder. What arrives at an ECU's port is written to the history here, whatever the ECU then makes of
 * it.
 */
@NullMarked
package dev.uptanebench.vehicle.link;

import org.jspecify.annotations.NullMarked;
