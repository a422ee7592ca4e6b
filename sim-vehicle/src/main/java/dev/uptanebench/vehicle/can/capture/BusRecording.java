package dev.uptanebench.vehicle.can.capture;

import dev.uptanebench.vehicle.can.BusTap;
import dev.uptanebench.vehicle.can.CanBus;
import dev.uptanebench.vehicle.can.CanFrame;
import dev.uptanebench.vehicle.can.ErrorFrame;
import dev.uptanebench.vehicle.can.capture.CapturedFrame.Direction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;

/**
 * Writes whatever a bus's receivers see into a capture: each frame at the end of its last bit, each error as it is noticed.
 * A sink that fails ends the world with an {@link UncheckedIOException}.
 */
public final class BusRecording implements BusTap {
    private final String bus;
    private final long start;
    private final CaptureSink sink;

    private BusRecording(String bus, long start, CaptureSink sink) {
        this.bus = bus;
        this.start = start;
        this.sink = sink;
    }

    /** @param start what world time zero is called, to the nanosecond */
    public static void of(CanBus bus, Instant start, CaptureSink sink) {
        bus.tap(new BusRecording(bus.name(), nanos(start), sink));
    }

    /** Whoever taps a bus receives. */
    static CapturedFrame seen(long at, String bus, CapturedFrame.Content content) {
        return new CapturedFrame(at, bus, Direction.RECEIVED, content);
    }

    static long nanos(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), Seconds.NANOS), instant.getNano());
    }

    @Override
    public void frame(CanFrame frame, long from, long end) {
        write(end, new CapturedFrame.Carried(frame));
    }

    @Override
    public void error(ErrorFrame error, long at) {
        write(at, new CapturedFrame.Noticed(error));
    }

    private void write(long at, CapturedFrame.Content content) {
        try {
            sink.write(seen(start + at, bus, content));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
