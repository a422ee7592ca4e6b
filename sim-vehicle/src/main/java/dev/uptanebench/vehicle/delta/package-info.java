/**
 * Images as what differs from the one an ECU runs, in VCDIFF (RFC 3284). Deltas are hostile until what they make has been
 * compared with metadata, so whatever they say is bounded by what the result may hold.
 */
@NullMarked
package dev.uptanebench.vehicle.delta;

import org.jspecify.annotations.NullMarked;
