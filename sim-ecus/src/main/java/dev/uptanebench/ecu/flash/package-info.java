/**
 * The memory an ECU boots from. What is installed is what the memory's bytes say, whatever anybody claims: here, and only
 * here, installations and boots are written to the history, and their digests are taken over the real bytes.
 */
@NullMarked
package dev.uptanebench.ecu.flash;

import org.jspecify.annotations.NullMarked;
