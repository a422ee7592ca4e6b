package dev.uptanebench.ecu.flash;

import java.time.Duration;

/**
 * What a kind of flash memory takes and bears.
 *
 * @param eraseTime for one sector
 * @param writeTime for one page of {@value #PAGE} bytes, and for a part of one as much less
 * @param endurance how often a sector can be erased
 */
public record FlashType(Duration eraseTime, Duration writeTime, long endurance) {
    /** Bytes that {@code writeTime} is for. */
    public static final int PAGE = 256;
    /** Takes no time and never wears out. */
    public static final FlashType IDEAL = new FlashType(Duration.ZERO, Duration.ZERO, Long.MAX_VALUE);

    public FlashType {
        if (eraseTime.isNegative() || writeTime.isNegative() || endurance < 1) {
            throw new IllegalArgumentException("no memory takes less than no time, or cannot be erased once");
        }
    }

    long eraseNanos() {
        return eraseTime.toNanos();
    }

    long writeNanos(int bytes) {
        return writeTime.toNanos() * bytes / PAGE;
    }

    /** How many of so many bytes are written within that time. */
    int writtenIn(long nanos, int bytes) {
        return writeTime.isZero() ? bytes : (int) Math.min(bytes, nanos * PAGE / writeTime.toNanos());
    }
}
