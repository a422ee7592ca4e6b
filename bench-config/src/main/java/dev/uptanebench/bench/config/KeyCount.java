package dev.uptanebench.bench.config;

/**
 * How many keys a role has, and how many of them must sign (5.2.2).
 *
 * @param keys from 1
 * @param threshold from 1 to {@code keys}
 */
public record KeyCount(int keys, int threshold) {
    public static final KeyCount ONE = new KeyCount(1, 1);
}
