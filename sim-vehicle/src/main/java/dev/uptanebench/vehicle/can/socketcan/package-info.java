/**
 * Buses of this machine, by Linux's SocketCAN. Only here is JavaCAN known.
 *
 * <p>One thread for each bus reads frames and lets them enter the world; everything else happens in the world's own
 * thread. Frames are checked before they are sent; what the kernel says when something is wrong becomes one sentence.
 */
@NullMarked
package dev.uptanebench.vehicle.can.socketcan;

import org.jspecify.annotations.NullMarked;
