/**
 * What every bus is made of, whatever carries its frames: who listens to which identifier, who stands in between, a digest
 * over everything, how busy it was, which errors are told.
 */
@NullMarked
package dev.uptanebench.vehicle.can.parts;

import org.jspecify.annotations.NullMarked;
