package dev.uptanebench.vehicle.http;

import java.time.Duration;

/**
 * How slow an answer may come before the receiver calls it slow retrieval (5.4).
 *
 * @param window over which the rate is measured
 * @param bytesPerSecond least rate over a window, counted only while there is something left to come
 * @param whole longest time for the whole answer
 */
public record Patience(Duration window, int bytesPerSecond, Duration whole) {}
