package dev.uptanebench.vehicle.can.socketcan;

import dev.uptanebench.vehicle.can.CanFrame;
import dev.uptanebench.vehicle.can.ErrorFrame;
import dev.uptanebench.vehicle.kernel.Limits;
import dev.uptanebench.vehicle.kernel.RealTime;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The thread that takes frames from the kernel and lets them enter the world, many at a time when many are there. */
final class Reader implements AutoCloseable {
    private static final int CHECK_MILLIS = 100;

    private final RealTime time;
    private final RawSockets sockets;
    private final Consumer<Heard> listener;
    private final Consumer<IOException> failed;
    private final BlockingQueue<Heard> heard = new ArrayBlockingQueue<>(Limits.HEARD_FRAMES);
    private final AtomicBoolean announced = new AtomicBoolean();
    private final Thread thread;
    private volatile boolean stopped;

    /** What came from the interface. */
    sealed interface Heard {}

    /** @param at world time at which the kernel saw it */
    record Frame(CanFrame frame, long at) implements Heard {}

    /** What a controller noticed. */
    record Trouble(ErrorFrame error, ErrorReport report, long at) implements Heard {}

    /** @param dropped how many frames the kernel had to drop since the sockets were opened */
    record Dropped(int dropped) implements Heard {}

    /** @param listener called in the world, as is {@code failed} */
    Reader(String name, RealTime time, RawSockets sockets, Consumer<Heard> listener,
            Consumer<IOException> failed) {
        this.time = time;
        this.sockets = sockets;
        this.listener = listener;
        this.failed = failed;
        this.thread = Thread.ofPlatform().daemon().name("can " + name).start(this::read);
    }

    private void read() {
        int dropped = 0;
        try {
            while (!stopped) {
                Heard next = next();
                if (next == null) {
                    continue;
                }
                tell(next);
                if (sockets.dropped() != dropped) {
                    dropped = sockets.dropped();
                    tell(new Dropped(dropped));
                }
            }
        } catch (IOException e) {
            time.enter(() -> failed.accept(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One call to the world for all that comes before it answers. While it is far behind, the kernel's queue fills. */
    private void tell(Heard what) throws InterruptedException {
        while (!heard.offer(what, CHECK_MILLIS, TimeUnit.MILLISECONDS)) {
            if (stopped) {
                return;
            }
        }
        if (announced.compareAndSet(false, true)) {
            time.enter(this::pass);
        }
    }

    private void pass() {
        announced.set(false);
        for (Heard next = heard.poll(); next != null; next = heard.poll()) {
            if (stopped) {
                return;
            }
            listener.accept(next);
        }
    }

    private @Nullable Heard next() throws IOException {
        tel.schich.javacan.CanFrame frame;
        try {
            frame = sockets.receive();
        } catch (IOException e) {
            if (KernelErrors.later(e)) {
                return null;
            }
            throw e;
        }
        if (frame.isError()) {
            byte[] data = new byte[Math.max(Long.BYTES, frame.getDataLength())];
            frame.getData(data, 0, frame.getDataLength());
            return new Trouble(
                    new ErrorFrame(frame.getError() & ErrorFrame.CLASSES, ByteBuffer.wrap(data).getLong()),
                    ErrorReport.of(frame.getError(), data), time.timeOf(sockets.receivedAt()));
        }
        try {
            return new Frame(Translation.in(frame), time.timeOf(sockets.receivedAt()));
        } catch (IllegalArgumentException e) { // no frame of CAN's: nobody could make anything of it
            return null;
        }
    }

    /** Returns when the thread has ended; the sockets may then be closed. */
    @Override
    public void close() {
        stopped = true;
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
