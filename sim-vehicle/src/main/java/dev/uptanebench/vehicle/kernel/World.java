package dev.uptanebench.vehicle.kernel;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One world: a clock, the queue of its events, a Netty event loop on the same clock, named random streams, and
 * activities. Its {@link Driver} decides whether the clock leaps to the next event or goes with the machine's. Not
 * thread-safe: a world belongs to the thread that made it, and to the activity it currently lets run.
 */
public final class World implements AutoCloseable {
    private final String id;
    private final Instant start;
    private final long seed;
    private final Limits limits;
    private final Driver driver;
    private final EventQueue queue = new EventQueue();
    private final VirtualLoop loop;
    private final List<Activity<?>> activities = new ArrayList<>();
    private final List<Runnable> onClose = new ArrayList<>();
    private final List<Parking> parkings = new ArrayList<>();
    private long now;
    private @Nullable Activity<?> current;
    private boolean closed;

    /**
     * A world in which nothing has happened yet.
     *
     * @param id unlike that of every other world alive in this JVM; in-memory addresses carry it
     * @param start the world's time of day when it begins
     */
    public World(String id, Instant start, long seed, Limits limits) {
        this(id, start, seed, limits, new VirtualTime());
    }

    /** The same with a driver of its own. */
    public World(String id, Instant start, long seed, Limits limits, Driver driver) {
        this.driver = driver;
        this.id = id;
        this.start = start;
        this.seed = seed;
        this.limits = limits;
        this.loop = new VirtualLoop(() -> now);
    }

    /** Code that may {@linkplain World#await wait} in world time. */
    @FunctionalInterface
    public interface Steps<T> {
        T run() throws Exception;
    }

    public String id() {
        return id;
    }

    /** Nanoseconds since the world began. */
    public long now() {
        return now;
    }

    /** The true time of day in this world; an ECU knows only what it was told. */
    public Instant instant() {
        return start.plusNanos(now);
    }

    public Limits limits() {
        return limits;
    }

    /** The loop on which channels of this world run. */
    public EventLoop eventLoop() {
        return loop;
    }

    /** A fresh stream of random numbers that depends on the world's seed and the name alone. */
    public RandomStream random(String name) {
        return RandomStream.of(seed, name);
    }

    /** Lets {@code event} happen at {@code time}, or now if that is past. Events at one time keep their order. */
    public void at(long time, Runnable event) {
        queue.add(Math.max(time, now), event);
    }

    /** Lets {@code event} happen {@code delay} nanoseconds from now. */
    public void after(long delay, Runnable event) {
        at(now + delay, event);
    }

    /** A one-shot timer that can be set again and again without leaving events behind that do something. */
    public Timer timer(Runnable event) {
        return new Timer(this, event);
    }

    /** Starts code of its own that may wait. It begins when the world next runs. */
    public <T> CompletableFuture<T> start(String name, Steps<T> steps) {
        Activity<T> activity = new Activity<>(this, name, steps);
        activities.add(activity);
        at(now, activity::resume);
        return activity.result().whenComplete((value, failure) -> activities.remove(activity));
    }

    /**
     * Waits, in an activity, until {@code pending} is complete, and returns its value.
     *
     * @throws ExecutionException if it failed
     * @throws WorldClosed if the world ends first
     */
    public <T> T await(CompletableFuture<T> pending) throws ExecutionException {
        Activity<?> self = current;
        if (self == null) {
            throw new IllegalStateException("only an activity can wait");
        }
        if (!pending.isDone()) {
            pending.whenComplete((value, failure) -> at(now, self::resume));
            while (!pending.isDone()) {
                self.pause();
            }
        }
        try {
            return pending.join();
        } catch (CompletionException e) {
            throw new ExecutionException(e.getCause());
        }
    }

    /** Waits, in an activity, for that much world time. */
    public void sleep(Duration duration) {
        CompletableFuture<Boolean> over = new CompletableFuture<>();
        after(duration.toNanos(), () -> over.complete(true));
        try {
            await(over);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a delay cannot fail", e);
        }
    }

    /**
     * Lets time pass, in an activity, in which nothing is meant to happen: days between two updates, say. Where the clock
     * goes with the machine's it is put forward instead; what was due in between happens late.
     */
    public void pass(Duration duration) {
        parkings.forEach(Parking::parked);
        if (driver.leap(duration.toNanos())) {
            now += duration.toNanos();
        } else {
            sleep(duration);
        }
        parkings.forEach(Parking::driven);
    }

    /** Something that goes on by itself while the world is looked at, and rests in a time that {@linkplain #pass passes}. */
    public interface Parking {
        void parked();

        void driven();
    }

    /** Tells {@code what} of every such time. */
    public void whileParked(Parking what) {
        parkings.add(what);
    }

    /**
     * Runs the world until the given code has ended, and returns its value.
     *
     * @throws ExecutionException if the code failed
     * @throws WorldStalled if nothing is left that could let it end, or a limit of the world is reached
     * @throws RuntimeException if something outside failed that the world cannot do without
     */
    public <T> T run(String name, Steps<T> steps) throws ExecutionException {
        CompletableFuture<T> result = start(name, steps);
        long horizon = now + limits.worldNanos();
        for (long events = 0; !result.isDone(); events++) {
            if (events == limits.worldEvents()) {
                throw new WorldStalled(name + " has not ended after " + events + " events");
            }
            if (!step(horizon)) {
                throw new WorldStalled(name + " waits for something that will never happen");
            }
        }
        try {
            return result.get();
        } catch (InterruptedException e) {
            throw new IllegalStateException("a finished activity does not block", e);
        }
    }

    /** Runs everything that is due up to {@code time}, and leaves the clock there. */
    public void runUntil(long time) {
        admit();
        loop.drain();
        while ((driver.open() && now < time) || Math.min(queue.earliest(), loop.nextDeadline()) <= time) {
            step(time);
        }
        now = Math.max(now, time);
    }

    private boolean step(long horizon) {
        admit();
        loop.drain();
        long event = queue.earliest();
        long next = Math.min(event, loop.nextDeadline());
        if (next == Long.MAX_VALUE && !driver.open()) {
            return false;
        }
        if (next > horizon && !(driver.open() && now <= horizon)) {
            throw new WorldStalled(
                    "the world ran for more than " + TimeUnit.NANOSECONDS.toSeconds(limits.worldNanos()) + " s");
        }
        now = Math.max(now, driver.advance(now, Math.min(next, beyond(horizon))));
        if (now < next) {
            return true; // somebody is at the door
        }
        if (event == next) {
            queue.remove().run();
        } else {
            loop.drain();
        }
        return true;
    }

    private static long beyond(long horizon) {
        return horizon == Long.MAX_VALUE ? horizon : horizon + 1;
    }

    /** Lets happen what has come from outside. */
    private void admit() {
        for (Runnable arrival = driver.arrival(); arrival != null; arrival = driver.arrival()) {
            arrival.run();
        }
    }

    /** How late events came until now; empty where the clock leaps. */
    public Optional<Lateness.Figures> lateness() {
        return switch (driver) {
            case VirtualTime _ -> Optional.empty();
            case RealTime real -> Optional.of(real.lateness());
        };
    }

    /** Something to undo when the world ends, newest first. */
    public void onClose(Runnable action) {
        onClose.add(action);
    }

    /** Ends the world: its activities stop where they wait, its channels close. Safe to call twice. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        driver.end();
        for (Activity<?> activity : List.copyOf(activities)) {
            activity.cancel();
        }
        for (Runnable action : onClose.reversed()) {
            action.run();
        }
        loop.drain();
        // The loop itself has no thread and holds nothing; a graceful shutdown would wait on a clock that stands still.
    }

    @Nullable
    Activity<?> enter(Activity<?> activity) {
        Activity<?> before = current;
        current = activity;
        return before;
    }

    void leave(@Nullable Activity<?> before) {
        current = before;
    }
}
