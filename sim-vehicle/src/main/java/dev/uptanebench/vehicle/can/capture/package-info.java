/**
 * Captures of buses in the formats that other tools read and write: candump's log, Vector's ASC and BLF, pcapng with
 * SocketCAN frames. Frame by frame in both directions, so that size does not matter; a file's every claim is bounded and
 * checked, and what is wrong with it is told in one line with its place. A file that breaks off gives what was whole.
 *
 * <p>No file is opened here: sources take streams, sinks take channels.
 */
@NullMarked
package dev.uptanebench.vehicle.can.capture;

import org.jspecify.annotations.NullMarked;
