package dev.uptanebench.ecu.unit;

import java.util.function.LongSupplier;

/**
 * What an ECU counts time with: true but for a part that stays the same.
 *
 * @param truth nanoseconds that pass
 * @param drift millionths by which it runs fast; negative where it runs slow
 */
public record Oscillator(LongSupplier truth, int drift) implements LongSupplier {
    private static final long MILLION = 1_000_000;

    @Override
    public long getAsLong() {
        long passed = truth.getAsLong();
        return passed + passed / MILLION * drift;
    }
}
