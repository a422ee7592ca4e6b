/** The command line: one class for each verb, and what they share. */
@NullMarked
package dev.uptanebench.bench.cli;

import org.jspecify.annotations.NullMarked;
