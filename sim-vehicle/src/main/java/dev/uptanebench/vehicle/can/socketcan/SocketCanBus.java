package dev.uptanebench.vehicle.can.socketcan;

import dev.uptanebench.vehicle.can.IdFilter;
import dev.uptanebench.vehicle.can.Attachment;
import dev.uptanebench.vehicle.can.BusTap;
import dev.uptanebench.vehicle.can.CanBus;
import dev.uptanebench.vehicle.can.CanFrame;
import dev.uptanebench.vehicle.can.CanPort;
import dev.uptanebench.vehicle.can.ErrorFrame;
import dev.uptanebench.vehicle.can.FrameInterceptor;
import dev.uptanebench.vehicle.can.parts.Dispatch;
import dev.uptanebench.vehicle.can.parts.ErrorLog;
import dev.uptanebench.vehicle.can.parts.FrameDigest;
import dev.uptanebench.vehicle.can.parts.Interceptions;
import dev.uptanebench.vehicle.can.parts.Listener;
import dev.uptanebench.vehicle.can.parts.LoadMeter;
import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.history.Recorder;
import dev.uptanebench.vehicle.kernel.RealTime;
import dev.uptanebench.vehicle.kernel.World;
import java.util.Optional;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A bus of this machine's own: a CAN interface of the kernel, on which real ECUs, other programs and nodes of this world
 * meet. A frame of ours reaches the other nodes of this world when the kernel shows it to have left, as it does to all
 * others; then its sender is told.
 *
 * <p>Interceptors stand before nodes of this world alone: nobody can take back what somebody else has put on a wire.
 *
 * <p>An interface that is missing, down or goes away fails the world with {@link BusLost} as soon as it runs.
 */
public final class SocketCanBus implements CanBus, AutoCloseable {
    private final RealTime time;
    private final Settings settings;
    private final Recorder recorder;
    private final Dispatch dispatch = new Dispatch();
    private final FrameDigest digest = new FrameDigest();
    private final LoadMeter load;
    private final ErrorLog errors;
    private final Interceptions interceptions = new Interceptions(this::touched);
    private final @Nullable RawSockets sockets;
    private final @Nullable Reader reader;
    private final Departures departures;
    private List<Tapping> taps = List.of();
    private int dropped;
    private boolean closed;

    /** One attachment of a tap; the same tap may be attached twice. */
    private static final class Tapping {
        private final BusTap tap;

        Tapping(BusTap tap) {
            this.tap = tap;
        }
    }

    /**
     * Opens the interface. Closed with its world.
     *
     * @param time which drives {@code world}
     */
    public SocketCanBus(World world, RealTime time, Settings settings, Recorder recorder) {
        this.time = time;
        this.settings = settings;
        this.recorder = recorder;
        this.load = new LoadMeter(settings.name());
        this.errors = new ErrorLog(settings.name(), recorder, error -> {});
        RawSockets opened = open();
        this.sockets = opened;
        this.departures = new Departures(world, time, settings, interceptions, opened, this::touched, this::failed);
        this.reader = opened == null
                ? null
                : new Reader(settings.device(), time, opened, this::heard, this::failed);
        world.onClose(this::close);
    }

    private @Nullable RawSockets open() {
        try {
            return open(settings.device(), settings.fd(), settings.hears());
        } catch (Unusable e) {
            failLater(String.valueOf(e.getMessage()));
            return null;
        }
    }

    private static RawSockets open(String device, boolean fd, List<IdFilter> hears) throws Unusable {
        try {
            if (fd && CanInterface.named(device).filter(one -> !one.fd()).isPresent()) {
                throw new Unusable("the interface " + device + " carries no CAN FD frames; `ip link set " + device
                        + " mtu 72` or leave out dataBitrate");
            }
            return RawSockets.open(device, fd, hears);
        } catch (IOException e) {
            throw new Unusable(KernelErrors.told(device, e));
        } catch (UnsatisfiedLinkError | RuntimeException e) {
            throw new Unusable("SocketCAN cannot be used on this machine: " + e.getMessage());
        }
    }

    /**
     * Why that interface cannot be used as a bus just now, in one sentence; empty if it can. Nothing is sent.
     *
     * @param device the kernel's name of it
     * @param fd whether it is to carry CAN FD frames
     */
    public static Optional<String> hindrance(String device, boolean fd) {
        try (RawSockets _ = open(device, fd, List.of())) {
            return CanInterface.named(device).filter(CanInterface::up).isPresent()
                    ? Optional.empty()
                    : Optional.of(KernelErrors.down(device));
        } catch (Unusable e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** The message says why, and what may help. */
    private static final class Unusable extends Exception {
        private static final long serialVersionUID = 1;

        Unusable(String message) {
            super(message, null, false, false);
        }
    }

    private void failLater(String reason) {
        time.enter(() -> {
            throw new BusLost(settings.name(), reason);
        });
    }

    private void failed(IOException failure) {
        if (!closed) {
            throw new BusLost(settings.name(), KernelErrors.told(settings.device(), failure));
        }
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public boolean fd() {
        return settings.fd();
    }

    @Override
    public CanPort attach(String node) {
        return attach(node, false);
    }

    @Override
    public CanPort attachRogue(String node) {
        return attach(node, true);
    }

    private SocketPort attach(String node, boolean rogue) {
        SocketPort port = new SocketPort(this, node, rogue);
        departures.add(port);
        return port;
    }

    @Override
    public Attachment tap(BusTap tap) {
        Tapping tapping = new Tapping(tap);
        List<Tapping> more = new ArrayList<>(taps);
        more.add(tapping);
        taps = more;
        return () -> taps = taps.stream().filter(other -> other != tapping).toList();
    }

    @Override
    public Attachment intercept(FrameInterceptor interceptor) {
        SocketPort port = attach("interceptor", true);
        interceptions.add(interceptor, port);
        return () -> {
            interceptions.remove(port);
            port.close();
        };
    }

    @Override
    public void recordLoad() {
        Event.BusLoad report = load.report();
        if (report.busyNanos() > 0) {
            recorder.record(report);
        }
    }

    @Override
    public Event.BusDigest digest() {
        return new Event.BusDigest(name(), digest.frames(), digest.sha256());
    }

    void listen(Listener listener) {
        dispatch.add(listener);
    }

    void remove(SocketPort port) {
        departures.remove(port);
        dispatch.remove(port);
    }

    /** A node has something to send. */
    void awake() {
        departures.awake();
    }

    /** Whether nothing waits to be sent or to be seen on the bus. */
    boolean idle() {
        return departures.idle();
    }

    private void heard(Reader.Heard heard) {
        switch (heard) {
            case Reader.Frame(CanFrame frame, long at) -> carried(frame, at);
            case Reader.Trouble(ErrorFrame error, ErrorReport report, long at) -> {
                taps.forEach(tapping -> tapping.tap.error(error, at));
                trouble(report);
            }
            case Reader.Dropped(int count) -> dropped(count);
        }
    }

    private void carried(CanFrame frame, long end) {
        Departures.Departure own = departures.departed(frame);
        long start = end - Math.max(1, settings.duration().applyAsLong(frame));
        digest.add(frame, end);
        load.frame(start, end);
        for (Tapping tapping : taps) {
            tapping.tap.frame(frame, start, end);
        }
        for (Listener listener : dispatch.of(frame.id())) {
            if (own == null || !listener.port().equals(own.port())) {
                listener.receiver().accept(frame);
            }
        }
        if (own != null) {
            departures.confirm(own);
        }
        departures.goOn();
    }

    private void trouble(ErrorReport report) {
        report.errors().forEach(words -> errors.error(null, List.of(), words, 0));
        if (report.state() != null) {
            errors.changed(settings.device(), report.state());
        }
    }

    private void dropped(int count) {
        int before = dropped;
        dropped = count;
        recorder.record(new Event.FramesMissed(name(), count - before, count));
    }

    private void touched(CanFrame touched, String how) {
        recorder.record(new Event.FrameTouched(name(), touched.toString(), how));
    }

    /** Nothing is sent any more. Safe to call twice. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (reader != null) {
            reader.close();
        }
        if (sockets != null) {
            sockets.close();
        }
    }
}
