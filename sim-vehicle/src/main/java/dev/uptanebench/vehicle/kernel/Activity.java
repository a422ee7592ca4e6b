package dev.uptanebench.vehicle.kernel;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Code that reads top to bottom and waits in world time. It has a virtual thread of its own, but a baton sees to it
 * that either the world or exactly one activity runs, so an activity needs no locks and is as deterministic as an event.
 */
final class Activity<T> {
    private final World world;
    private final String name;
    private final CompletableFuture<T> result = new CompletableFuture<>();
    private final Thread thread;
    private volatile boolean mine;
    private volatile boolean cancelled;
    private @Nullable Thread worldThread;

    Activity(World world, String name, World.Steps<T> steps) {
        this.world = world;
        this.name = name;
        this.thread = Thread.ofVirtual().name(name).unstarted(() -> run(steps));
    }

    CompletableFuture<T> result() {
        return result;
    }

    /** Lets the activity run until it waits or ends; called by the world. */
    void resume() {
        if (result.isDone()) {
            return;
        }
        worldThread = Thread.currentThread();
        Activity<?> before = world.enter(this);
        mine = true;
        if (thread.getState() == Thread.State.NEW) {
            thread.start();
        } else {
            LockSupport.unpark(thread);
        }
        while (mine) {
            LockSupport.park(this);
        }
        world.leave(before);
    }

    /** Ends the activity: whatever it waits for throws {@link WorldClosed}. */
    void cancel() {
        if (thread.getState() == Thread.State.NEW) {
            result.cancel(false);
            return;
        }
        cancelled = true;
        while (!result.isDone()) {
            resume();
        }
    }

    /** Gives the baton back until the world resumes this activity; called by the activity's own code. */
    void pause() {
        if (Thread.currentThread() != thread) {
            throw new IllegalStateException("only the activity " + name + " itself can wait here");
        }
        handBack();
        while (!mine) {
            LockSupport.park(this);
        }
        if (cancelled) {
            throw new WorldClosed();
        }
    }

    private void run(World.Steps<T> steps) {
        try {
            T value = steps.run();
            result.complete(value);
        } catch (Throwable e) { // whatever it is, whoever awaits the activity must learn of it
            result.completeExceptionally(e);
        } finally {
            handBack();
        }
    }

    private void handBack() {
        mine = false;
        LockSupport.unpark(worldThread);
    }

    @Override
    public String toString() {
        return name;
    }
}
