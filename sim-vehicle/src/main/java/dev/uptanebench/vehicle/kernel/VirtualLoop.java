package dev.uptanebench.vehicle.kernel;

import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.local.LocalIoHandler;
import io.netty.util.concurrent.Ticker;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** A Netty event loop whose clock is the world's; it runs when the world says so and never blocks. */
final class VirtualLoop extends ManualIoEventLoop {

    VirtualLoop(LongSupplier clock) {
        super(null, Thread.currentThread(), LocalIoHandler.newFactory(), new WorldTicker(clock));
    }

    @Override
    protected boolean canBlock() {
        return false;
    }

    /** Runs everything that is due now. */
    void drain() {
        while (runNow() > 0) {
            // each task may make another one due
        }
    }

    /** World time of the next scheduled task in nanoseconds, or {@link Long#MAX_VALUE}. */
    long nextDeadline() {
        long deadline = nextScheduledTaskDeadlineNanos();
        return deadline < 0 ? Long.MAX_VALUE : deadline;
    }

    private record WorldTicker(LongSupplier clock) implements Ticker {
        @Override
        public long initialNanoTime() {
            return 0;
        }

        @Override
        public long nanoTime() {
            return clock.getAsLong();
        }

        @Override
        public void sleep(long delay, TimeUnit unit) {
            throw new IllegalStateException("nothing in a world sleeps");
        }
    }
}
