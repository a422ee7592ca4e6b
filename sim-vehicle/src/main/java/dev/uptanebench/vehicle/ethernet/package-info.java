/**
 * The Ethernet inside a vehicle, as diagnostics over IP use it: connections and datagrams between nodes of a world, over
 * Netty in memory, and where somebody in the middle can stand. Each message takes the time that the wire takes for it.
 */
@NullMarked
package dev.uptanebench.vehicle.ethernet;

import org.jspecify.annotations.NullMarked;
