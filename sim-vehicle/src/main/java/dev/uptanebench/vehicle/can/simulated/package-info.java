/**
 * A classical CAN bus on the world's clock: arbitration bit for bit, frame times exact to the stuff bit, no allocation per
 * frame. Every frame that arrives is part of the bus's digest. Nobody on this bus makes transmission errors yet, and
 * somebody always acknowledges.
 */
@NullMarked
package dev.uptanebench.vehicle.can.simulated;

import org.jspecify.annotations.NullMarked;
