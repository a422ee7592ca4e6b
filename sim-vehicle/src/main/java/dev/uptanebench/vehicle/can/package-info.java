/**
 * A vehicle bus as its nodes see it: frames, ports, and who may listen or interfere. What carries the frames is behind
 * {@link dev.uptanebench.vehicle.can.CanBus}; every bus passes the same contract test.
 *
 * <p>Frames are values. A bus tells the history about every frame that somebody other than its sender touched, and about
 * all frames together by one digest.
 */
@NullMarked
package dev.uptanebench.vehicle.can;

import org.jspecify.annotations.NullMarked;
