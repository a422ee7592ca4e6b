/**
 * The memory an ECU boots from, and the power it lives on. What is installed is what the memory's bytes say, whatever anybody
 * claims: here, and only here, installations and boots are written to the history, and their digests are taken over the real
 * bytes. Wherever the power fails, what is half done stays half done, and what boots then is whole or nothing.
 */
@NullMarked
package dev.uptanebench.ecu.flash;

import org.jspecify.annotations.NullMarked;
