/**
 * HTTP over real sockets, for what stands outside all simulated worlds. Time here is the machine's. Whatever the other
 * side sends, an exchange ends: within a number of bytes and a time that the caller gives.
 */
@NullMarked
package dev.uptanebench.vehicle.http.socket;

import org.jspecify.annotations.NullMarked;
