/**
 * The traffic of a car that goes on beside whatever is looked at: messages of a DBC file at their cycle times, with
 * counters and checksums that are right, or a recording again and again. It rests while the car is parked.
 */
@NullMarked
package dev.uptanebench.vehicle.can.restbus;

import org.jspecify.annotations.NullMarked;
