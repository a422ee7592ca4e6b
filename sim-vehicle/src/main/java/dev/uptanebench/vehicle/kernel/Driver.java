package dev.uptanebench.vehicle.kernel;

import org.jspecify.annotations.Nullable;

/** What moves a world's clock. Nothing above the kernel knows which one it is, except what reaches outside. */
public sealed interface Driver permits VirtualTime, RealTime {

    /**
     * Goes on until {@code deadline}, or until something comes from outside.
     *
     * @param now where the world's clock stands
     * @param deadline world time, {@link Long#MAX_VALUE} if nothing is due
     * @return where it stands now: before the deadline only if something has come
     */
    long advance(long now, long deadline);

    /** What has come from outside and waits to happen, the oldest first; null if nothing has. */
    @Nullable
    Runnable arrival();

    /** Whether something may still come when nothing is due. */
    boolean open();

    /** Lets so many nanoseconds pass for which nobody waits; false if they pass like all others. */
    boolean leap(long nanos);

    /** The world has ended. */
    void end();
}
