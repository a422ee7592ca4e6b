package dev.uptanebench.vehicle.history;

/**
 * One line of a history.
 *
 * @param sequence counts from 0
 * @param at nanoseconds of world time
 * @param chain SHA-256 over the chain value before it and this line's other fields: changing any line changes all that
 *     follow
 */
public record Entry(long sequence, long at, Event event, String chain) {}
