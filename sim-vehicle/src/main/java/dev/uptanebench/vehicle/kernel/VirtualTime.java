package dev.uptanebench.vehicle.kernel;

import org.jspecify.annotations.Nullable;

/** Leaps from event to event. There is no outside, and so everything happens the same way every time. */
public final class VirtualTime implements Driver {

    @Override
    public long advance(long now, long deadline) {
        return Math.max(now, deadline);
    }

    @Override
    public @Nullable Runnable arrival() {
        return null;
    }

    @Override
    public boolean open() {
        return false;
    }

    @Override
    public boolean leap(long nanos) {
        return false;
    }

    @Override
    public void end() {}
}
