/**
 * The bench file: which car is simulated. Loading tells every problem at once with its place, reads and checks the firmware
 * named, and fills in what a file leaves out. What comes out holds no paths to be resolved and nothing left to check.
 */
@NullMarked
package dev.uptanebench.bench.config;

import org.jspecify.annotations.NullMarked;
