/**
 * DoIP on this machine's TCP and UDP sockets, for worlds whose clock goes with the machine's. Whatever a peer does, it
 * takes no more than {@code kernel.Limits} say; everything it says enters the world one piece after the other.
 */
@NullMarked
package dev.uptanebench.vehicle.ethernet.socket;

import org.jspecify.annotations.NullMarked;
