/**
 * ISO 15765-2 on classical CAN, normal addressing: messages of up to 4095 bytes cut into frames and put together again.
 * A state machine without I/O, clock or threads: frames and time are handed in, frames and the next deadline come out.
 *
 * <p>Whatever arrives, the engine keeps at most one message each way, and every way in which one can fail has a name.
 */
@NullMarked
package dev.uptanebench.vehicle.isotp;

import org.jspecify.annotations.NullMarked;
