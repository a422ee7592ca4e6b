/**
 * What this machine and a bench can do, one finding after the other. Everything here looks and changes nothing; nothing
 * is sent to a bus.
 */
@NullMarked
package dev.uptanebench.bench.doctor;

import org.jspecify.annotations.NullMarked;
