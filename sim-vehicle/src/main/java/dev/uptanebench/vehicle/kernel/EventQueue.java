package dev.uptanebench.vehicle.kernel;

import java.util.Arrays;

/**
 * Pending events ordered by time, then by the order in which they were added. A 4-ary heap over parallel arrays: no
 * object per entry beside the event itself.
 */
final class EventQueue {
    private static final int ARITY = 4;

    private long[] times = new long[64];
    private long[] sequences = new long[64];
    private Runnable[] events = new Runnable[64];
    private int size;
    private long nextSequence;

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    /** The time of the earliest event, or {@link Long#MAX_VALUE} when there is none. */
    long earliest() {
        return size == 0 ? Long.MAX_VALUE : times[0];
    }

    void add(long time, Runnable event) {
        if (size == times.length) {
            times = Arrays.copyOf(times, size * 2);
            sequences = Arrays.copyOf(sequences, size * 2);
            events = Arrays.copyOf(events, size * 2);
        }
        siftUp(size++, time, nextSequence++, event);
    }

    /** Takes the earliest event out; the queue must not be empty. */
    Runnable remove() {
        Runnable first = events[0];
        int last = --size;
        long time = times[last];
        long sequence = sequences[last];
        Runnable event = events[last];
        events[last] = NOTHING;
        if (last > 0) {
            siftDown(time, sequence, event);
        }
        return first;
    }

    private static final Runnable NOTHING = () -> {};

    private void siftUp(int start, long time, long sequence, Runnable event) {
        int at = start;
        while (at > 0) {
            int parent = (at - 1) / ARITY;
            if (times[parent] <= time) {
                break; // an equal time was added earlier
            }
            move(parent, at);
            at = parent;
        }
        place(at, time, sequence, event);
    }

    private void siftDown(long time, long sequence, Runnable event) {
        int at = 0;
        for (int first = 1; first < size; first = at * ARITY + 1) {
            int least = first;
            int end = Math.min(first + ARITY, size);
            for (int child = first + 1; child < end; child++) {
                if (before(child, times[least], sequences[least])) {
                    least = child;
                }
            }
            if (!before(least, time, sequence)) {
                break;
            }
            move(least, at);
            at = least;
        }
        place(at, time, sequence, event);
    }

    private boolean before(int index, long time, long sequence) {
        return times[index] < time || (times[index] == time && sequences[index] < sequence);
    }

    private void move(int from, int to) {
        place(to, times[from], sequences[from], events[from]);
    }

    private void place(int at, long time, long sequence, Runnable event) {
        times[at] = time;
        sequences[at] = sequence;
        events[at] = event;
    }
}
