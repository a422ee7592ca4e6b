package dev.uptanebench.vehicle.can.remote;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Tells what strangers do: the first few times, then only when its number is a power of two. From any thread. */
final class Sparingly {
    private static final int TOLD_ALL = 64;

    private final Consumer<String> told;
    private final AtomicLong count = new AtomicLong();

    Sparingly(Consumer<String> told) {
        this.told = told;
    }

    void tell(String words) {
        long number = count.incrementAndGet();
        if (number <= TOLD_ALL || Long.bitCount(number) == 1) {
            told.accept(words);
        }
    }
}
