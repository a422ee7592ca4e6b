package dev.uptanebench.vehicle.kernel;

/** How late events came, in classes that are at most a sixteenth wide. Written by the world's thread, read by any. */
public final class Lateness {
    private static final int FINE_BITS = 4;
    private static final int FINE = 1 << FINE_BITS;

    private final long[] counts = new long[Long.SIZE * FINE];
    private long count;
    private long max;
    private long held;

    /**
     * @param events how many were measured
     * @param median nanoseconds, as are the others
     * @param mostly 99 of 100 events came no later than that
     * @param held how long the clock was held because the machine was too busy
     */
    public record Figures(long events, long median, long mostly, long max, long held) {}

    synchronized void add(long nanos) {
        long late = Math.max(0, nanos);
        counts[index(late)]++;
        count++;
        max = Math.max(max, late);
    }

    synchronized void held(long nanos) {
        held += nanos;
    }

    synchronized Figures figures() {
        return new Figures(count, quantile(0.5), quantile(0.99), max, held);
    }

    private long quantile(double share) {
        long rank = (long) Math.ceil(share * count);
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= rank && seen > 0) {
                return Math.min(max, highest(i));
            }
        }
        return 0;
    }

    private static int index(long nanos) {
        if (nanos < FINE) {
            return (int) nanos;
        }
        int shift = Long.SIZE - 1 - Long.numberOfLeadingZeros(nanos) - FINE_BITS;
        return (shift + 1) * FINE + (int) ((nanos >>> shift) & (FINE - 1));
    }

    /** The largest value of a class. */
    private static long highest(int index) {
        if (index < FINE) {
            return index;
        }
        int shift = index / FINE - 1;
        return ((long) (FINE + index % FINE + 1) << shift) - 1;
    }
}
