/**
 * CAN and CAN FD buses on the world's clock: arbitration, frame times and errors to the bit. Ordinary frames are counted by
 * tables and allocate next to nothing; a frame that meets a fault, another one with the same key, or nobody to acknowledge
 * it is played bit by bit. Every frame that arrives is part of the bus's digest.
 */
@NullMarked
package dev.uptanebench.vehicle.can.simulated;

import org.jspecify.annotations.NullMarked;
