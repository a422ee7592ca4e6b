/**
 * What outlives a process and is for its user alone: a folder that one process at a time works with, keys of the
 * system's randomness, files that are there as a whole or not at all.
 */
@NullMarked
package dev.uptanebench.bench.state;

import org.jspecify.annotations.NullMarked;
