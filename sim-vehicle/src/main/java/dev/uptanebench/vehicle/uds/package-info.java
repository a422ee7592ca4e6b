/**
 * The part of ISO 14229-1 that reprogramming needs: sessions, security access, data identifiers, routines, file transfer
 * and download. The server is a state machine without I/O, clock or threads; what an ECU does with a request is behind
 * {@link dev.uptanebench.vehicle.uds.UdsApplication}.
 *
 * <p>The server keeps the protocol's own rules (sessions, locks, sequence, lengths of messages). How many bytes of a
 * transfer are taken is not among them: bytes beyond the announced length are offered to the application's sink like
 * all others, and a sound one refuses them with {@code 71}. So an ECU that takes whatever comes can be built on the
 * same server.
 */
@NullMarked
package dev.uptanebench.vehicle.uds;

import org.jspecify.annotations.NullMarked;
