package dev.uptanebench.vehicle.kernel;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A world's clock that goes with the machine's. Events wait for their time and are measured by how late they come. What
 * happens outside enters through {@link #enter}, from any thread, and happens between two events.
 */
public final class RealTime implements Driver {
    private static final long CHECK = TimeUnit.MILLISECONDS.toNanos(100);

    private final BlockingQueue<Runnable> arrivals = new ArrayBlockingQueue<>(Limits.OUTSIDE_EVENTS);
    private final Lateness lateness = new Lateness();
    private final long origin = System.nanoTime();
    private final Instant wallOrigin = Clock.systemUTC().instant();
    private final AtomicLong leapt = new AtomicLong();
    private volatile @Nullable Thread waiting;
    private volatile boolean ended;

    /** Time of day when this clock stood at 0; what a world that tells the true time begins at. */
    public Instant start() {
        return wallOrigin;
    }

    /** World time, from any thread. */
    public long now() {
        return System.nanoTime() - origin + leapt.get();
    }

    /**
     * World time of something that the machine saw at {@code wall} by its clock of the day, such as the arrival of a
     * frame; never in the future.
     */
    public long timeOf(Instant wall) {
        return Math.min(now(), wallOrigin.until(wall, ChronoUnit.NANOS) + leapt.get());
    }

    /**
     * Lets {@code event} happen in the world as soon as it can; from any thread but the world's own. Waits while
     * {@link Limits#OUTSIDE_EVENTS} are waiting already.
     *
     * @return false if the world has ended, and {@code event} will not happen
     */
    public boolean enter(Runnable event) {
        try {
            while (!ended) {
                if (arrivals.offer(event, CHECK, TimeUnit.NANOSECONDS)) {
                    LockSupport.unpark(waiting);
                    return true;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    /** How late events came until now. */
    public Lateness.Figures lateness() {
        return lateness.figures();
    }

    @Override
    public long advance(long now, long deadline) {
        if (deadline <= now) {
            if (deadline < now) {
                lateness.add(now - deadline);
            }
            return now;
        }
        waiting = Thread.currentThread();
        long current = now();
        while (current < deadline && arrivals.isEmpty()) {
            LockSupport.parkNanos(this, deadline - current);
            current = now();
        }
        waiting = null;
        if (current >= deadline) {
            lateness.add(current - deadline);
        }
        return current;
    }

    @Override
    public @Nullable Runnable arrival() {
        return arrivals.poll();
    }

    @Override
    public boolean open() {
        return !ended;
    }

    @Override
    public boolean leap(long nanos) {
        leapt.addAndGet(nanos);
        return true;
    }

    @Override
    public void end() {
        ended = true;
        arrivals.clear();
    }
}
