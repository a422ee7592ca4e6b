/**
 * A plain TUF client (TUF 1.0.34) over real sockets and a folder: the verification of {@code ecu.verify} without a
 * vehicle around it. It reads no clock; whoever makes it says what time it is.
 */
@NullMarked
package dev.uptanebench.ecu.tuf;

import org.jspecify.annotations.NullMarked;
