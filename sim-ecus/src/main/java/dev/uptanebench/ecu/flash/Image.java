package dev.uptanebench.ecu.flash;

/**
 * A range of memory that holds an image, or as much of one as has been written.
 *
 * @param base address of its first byte
 * @param programmed world time at which that byte was written, nanoseconds
 */
public record Image(long base, int length, long programmed) {}
