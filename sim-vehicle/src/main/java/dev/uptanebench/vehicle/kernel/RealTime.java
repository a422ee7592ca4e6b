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
 *
 * <p>While the machine is too busy to look after the world, the clock is held: what has arrived meanwhile could not be
 * seen, and nobody in the world may run out of patience over it.
 */
public final class RealTime implements Driver {
    private static final long CHECK = TimeUnit.MILLISECONDS.toNanos(100);
    /** The world is never further behind its clock than that. */
    private static final long GLANCE = TimeUnit.MILLISECONDS.toNanos(20);

    private final BlockingQueue<Runnable> arrivals = new ArrayBlockingQueue<>(Limits.OUTSIDE_EVENTS);
    private final Lateness lateness = new Lateness();
    private final long origin = System.nanoTime();
    private final Instant wallOrigin = Clock.systemUTC().instant();
    private final AtomicLong offset = new AtomicLong();
    private volatile long heldAt;
    private long looked;
    private long leaptTo;
    private volatile @Nullable Thread waiting;
    private volatile boolean ended;

    /** Time of day when this clock stood at 0; what a world that tells the true time begins at. */
    public Instant start() {
        return wallOrigin;
    }

    /** World time, from any thread. */
    public long now() {
        return System.nanoTime() - origin + offset.get();
    }

    /**
     * World time of something that the machine saw at {@code wall} by its clock of the day, such as the arrival of a
     * frame; never in the future, nor before what the world had seen when its clock was held last.
     */
    public long timeOf(Instant wall) {
        return Math.min(now(), Math.max(heldAt, wallOrigin.until(wall, ChronoUnit.NANOS) + offset.get()));
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

    /** How late events came until now, and how long the clock was held. */
    public Lateness.Figures lateness() {
        return lateness.figures();
    }

    @Override
    public long advance(long now, long deadline) {
        hold(looked);
        if (deadline < now) {
            late(now, deadline);
        }
        looked = deadline <= now ? now : waitFor(deadline);
        return looked;
    }

    private long waitFor(long deadline) {
        waiting = Thread.currentThread();
        long current = now();
        while (current < deadline && arrivals.isEmpty()) {
            LockSupport.parkNanos(this, deadline - current);
            current = now();
        }
        waiting = null;
        if (current < deadline) {
            return current;
        }
        late(current, deadline);
        hold(Math.max(deadline, leaptTo));
        return Math.max(deadline, now());
    }

    /** What was due in a time that was put forward is not late. */
    private void late(long current, long deadline) {
        lateness.add(current - Math.max(deadline, leaptTo));
    }

    /** Takes back what has gone by since then, but for a glance. */
    private void hold(long since) {
        long excess = now() - since - GLANCE;
        if (excess > 0) {
            offset.addAndGet(-excess);
            heldAt = since;
            lateness.held(excess);
        }
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
        offset.addAndGet(nanos);
        looked += nanos;
        leaptTo = now();
        return true;
    }

    @Override
    public void end() {
        ended = true;
        arrivals.clear();
    }
}
