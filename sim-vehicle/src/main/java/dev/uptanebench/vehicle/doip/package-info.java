/**
 * ISO 13400-2:2019: the messages of diagnostics over IP, a DoIP entity and a tester. State machines without I/O, clock or
 * threads, like {@code isotp}: bytes and time are handed in, bytes and the next deadline come out. Times are nanoseconds
 * on a clock that does not go back.
 *
 * <p>Whatever arrives, an engine keeps at most one message of each connection, no longer than it was told, and answers
 * what it does not take with the code that the standard has for it.
 */
@NullMarked
package dev.uptanebench.vehicle.doip;

import org.jspecify.annotations.NullMarked;
