package dev.uptanebench.vehicle.kernel;

/** A deadline that moves: setting it again replaces the former one, clearing it makes it never come. */
public final class Timer {
    private static final long NEVER = Long.MAX_VALUE;

    private final World world;
    private final Runnable event;
    private long deadline = NEVER;
    private long queued = NEVER;

    Timer(World world, Runnable event) {
        this.world = world;
        this.event = event;
    }

    /** Lets the timer run out at world time {@code time}. */
    public void set(long time) {
        deadline = time;
        if (queued > time) { // an earlier wake-up looks at the deadline again when it comes
            queued = time;
            world.at(time, () -> wake(time));
        }
    }

    public void clear() {
        deadline = NEVER;
    }

    public boolean isSet() {
        return deadline != NEVER;
    }

    private void wake(long time) {
        if (queued == time) {
            queued = NEVER;
        }
        if (deadline <= world.now()) {
            deadline = NEVER;
            event.run();
        } else if (deadline != NEVER) {
            set(deadline);
        }
    }
}
