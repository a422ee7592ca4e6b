/**
 * HTTP between a vehicle and its servers: Netty nodes with real codecs on the world's event loop, and the place in the
 * network where a man in the middle can stand. Receivers bound everything: bytes, rate and time.
 */
@NullMarked
package dev.uptanebench.vehicle.http;

import org.jspecify.annotations.NullMarked;
