package dev.uptanebench.ecu.flash;

import java.time.Duration;

/**
 * What a kind of flash memory takes and bears.
 *
 * @param eraseTime for one sector
 * @param writeTime for one page of {@value #PAGE} bytes, and for a part of one as much less
 * @param endurance how often a sector can be erased
 * @param quota bytes that a Primary has beside its banks, for images on their way into memories
 */
public record FlashType(Duration eraseTime, Duration writeTime, long endurance, long quota) {
    /** Bytes that {@code writeTime} is for. */
    public static final int PAGE = 256;
    /** Takes no time, never wears out, and has room for everything. */
    public static final FlashType IDEAL = new FlashType(Duration.ZERO, Duration.ZERO, Long.MAX_VALUE,
            Long.MAX_VALUE);

    public FlashType {
        if (eraseTime.isNegative() || writeTime.isNegative() || endurance < 1 || quota < 1) {
            throw new IllegalArgumentException(
                    "no memory takes less than no time, cannot be erased once, or has no room at all");
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
