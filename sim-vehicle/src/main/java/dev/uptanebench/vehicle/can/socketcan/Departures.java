package dev.uptanebench.vehicle.can.socketcan;

import dev.uptanebench.vehicle.can.CanFrame;
import dev.uptanebench.vehicle.can.parts.Interceptions;
import dev.uptanebench.vehicle.kernel.RealTime;
import dev.uptanebench.vehicle.kernel.World;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Frames of this world on their way to the wire. A few at a time are handed to the kernel, the most urgent first; the rest
 * waits here, where it is still ours. The kernel shows a frame again when it has left; it is known by its looks, for the
 * kernel's mark on it does not come through. Where a foreign node sends the same frame at the same moment, which CAN
 * forbids, the wrong one may count.
 */
final class Departures {
    /** Handed to the kernel and not yet seen again. A bus that acknowledges nothing holds no more than these. */
    static final int UNDER_WAY = 64;

    /** How soon a kernel without room is asked again when nothing leaves. */
    private static final long RETRY = TimeUnit.MILLISECONDS.toNanos(1);
    /** After that a frame that was never seen again is given up, so that others can go. */
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(1);

    private final World world;
    private final RealTime time;
    private final Settings settings;
    private final Interceptions interceptions;
    private final @Nullable RawSockets sockets;
    private final BiConsumer<CanFrame, String> touched;
    private final Consumer<IOException> failed;
    private final Deque<Departure> underWay = new ArrayDeque<>();
    private List<SocketPort> ports = List.of();
    /** The frame that found no room last: asked about once only, it goes before all others. */
    private @Nullable Decided decided;
    private boolean called;
    private long notBefore;

    /** @param seenBy when it is given up, world time */
    record Departure(SocketPort port, CanFrame frame, Runnable onSent, long seenBy) {}

    private record Decided(SocketPort port, SocketPort.Waiting frame, Interceptions.Decision decision) {}

    Departures(World world, RealTime time, Settings settings, Interceptions interceptions, @Nullable RawSockets sockets,
            BiConsumer<CanFrame, String> touched, Consumer<IOException> failed) {
        this.world = world;
        this.time = time;
        this.settings = settings;
        this.interceptions = interceptions;
        this.sockets = sockets;
        this.touched = touched;
        this.failed = failed;
    }

    void add(SocketPort port) {
        List<SocketPort> more = new ArrayList<>(ports);
        more.add(port);
        ports = more;
    }

    void remove(SocketPort port) {
        ports = ports.stream().filter(other -> other != port).toList();
    }

    /** Somebody has something to send; frames of one moment are compared before the first of them leaves. */
    void awake() {
        call(world.now());
    }

    private void call(long at) {
        if (!called) {
            called = true;
            world.at(at, () -> {
                called = false;
                goOn();
            });
        }
    }

    /** Sends what can be sent now. */
    void goOn() {
        RawSockets wire = sockets;
        if (wire == null) {
            return;
        }
        while (underWay.size() < UNDER_WAY) {
            if (time.now() < notBefore) {
                call(notBefore);
                return;
            }
            Decided next = next();
            if (next == null) {
                break;
            }
            if (!send(wire, next)) {
                call(world.now() + RETRY);
                return;
            }
        }
        if (!underWay.isEmpty()) {
            giveUp();
        }
    }

    boolean idle() {
        return underWay.isEmpty() && mostUrgent() == null;
    }

    private @Nullable SocketPort mostUrgent() {
        SocketPort best = null;
        long key = SocketPort.SILENT;
        for (SocketPort port : ports) {
            if (port.key() < key) {
                key = port.key();
                best = port;
            }
        }
        return best;
    }

    private @Nullable Decided next() {
        Decided next = decided;
        if (next == null || !next.port().open()) {
            next = decide(mostUrgent());
            decided = next;
        }
        return next;
    }

    private @Nullable Decided decide(@Nullable SocketPort port) {
        SocketPort.Waiting first = port == null ? null : port.first();
        if (port == null || first == null) {
            return null;
        }
        if (port.rogue()) {
            touched.accept(first.frame(), "injected by " + port.node());
        }
        return new Decided(port, first, interceptions.none()
                ? new Interceptions.Decision(first.frame(), first.frame())
                : interceptions.decide(port, first.frame()));
    }

    private boolean send(RawSockets wire, Decided next) {
        CanFrame out = next.decision().arrives();
        if (out != null && !written(wire, out)) {
            return false;
        }
        decided = null;
        next.port().leaves();
        Departure departure = new Departure(next.port(), next.decision().wire(), next.frame().onSent(),
                world.now() + PATIENCE);
        if (out == null) {
            world.after(settings.duration().applyAsLong(next.decision().wire()), () -> confirm(departure));
        } else {
            underWay.add(departure);
        }
        notBefore = time.now() + settings.pause().toNanos();
        return true;
    }

    private boolean written(RawSockets wire, CanFrame frame) {
        try {
            wire.send(frame);
            return true;
        } catch (IOException e) {
            if (!KernelErrors.later(e)) {
                failed.accept(e);
            }
            return false;
        }
    }

    /** The frame was seen on the bus: whose it was, or null if it came from elsewhere. */
    @Nullable
    Departure departed(CanFrame frame) {
        Iterator<Departure> all = underWay.iterator();
        while (all.hasNext()) {
            Departure departure = all.next();
            if (departure.frame().equals(frame)) {
                all.remove();
                return departure;
            }
        }
        return null;
    }

    /** Tells its sender. */
    void confirm(Departure departure) {
        departure.port().left();
        if (departure.port().open()) {
            departure.onSent().run();
        }
    }

    private void giveUp() {
        while (!underWay.isEmpty() && underWay.peek().seenBy() < world.now()) {
            underWay.remove().port().left();
        }
        Departure oldest = underWay.peek();
        if (oldest != null && !called && mostUrgent() != null) {
            call(oldest.seenBy() + 1); // somebody waits behind it
        }
    }
}
