package dev.uptanebench.vehicle.can.simulated;

import dev.uptanebench.vehicle.can.Attachment;
import dev.uptanebench.vehicle.can.BusTap;
import dev.uptanebench.vehicle.can.CanBus;
import dev.uptanebench.vehicle.can.CanFrame;
import dev.uptanebench.vehicle.can.CanPort;
import dev.uptanebench.vehicle.can.FrameInterceptor;
import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.history.Recorder;
import dev.uptanebench.vehicle.kernel.World;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Classical CAN on a world's clock. All nodes that have a frame waiting when the bus becomes free start at the same bit;
 * the smallest key wins, between equal keys the node that was attached first. Receivers get the frame when its last bit
 * has ended, then its sender is told; three bits later the next frame may start.
 */
public final class SimulatedBus implements CanBus {
    /** Most frames one node can have waiting. */
    public static final int QUEUE_FRAMES = 4096;

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final World world;
    private final String name;
    private final int bitRate;
    private final Recorder recorder;
    private final Dispatch dispatch = new Dispatch();
    private final FrameDigest digest = new FrameDigest();
    private final Runnable arbitrate = this::arbitrate;
    private final Runnable complete = this::complete;
    private List<SimulatedPort> ports = List.of();
    private List<Tapping> taps = List.of();
    private List<Interception> interceptions = List.of();
    private boolean busy;
    private long start;
    private long free;
    private @Nullable SimulatedPort sender;
    private @Nullable CanFrame frame;
    private Runnable confirmation = () -> {};

    /**
     * A silent bus without nodes.
     *
     * @param bitRate bits per second
     * @param recorder is told of every frame that somebody other than its sender touches
     */
    public SimulatedBus(World world, String name, int bitRate, Recorder recorder) {
        this.world = world;
        this.name = name;
        this.bitRate = bitRate;
        this.recorder = recorder;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public CanPort attach(String node) {
        return attach(node, false);
    }

    @Override
    public CanPort attachRogue(String node) {
        return attach(node, true);
    }

    private SimulatedPort attach(String node, boolean rogue) {
        SimulatedPort port = new SimulatedPort(this, node, rogue);
        ports = with(ports, port);
        return port;
    }

    @Override
    public Attachment tap(BusTap tap) {
        Tapping tapping = new Tapping(tap);
        taps = with(taps, tapping);
        return () -> taps = without(taps, tapping);
    }

    @Override
    public Attachment intercept(FrameInterceptor interceptor) {
        Interception interception = new Interception(interceptor, attach("interceptor", true));
        interceptions = with(interceptions, interception);
        return () -> {
            interceptions = without(interceptions, interception);
            interception.port().close();
        };
    }

    @Override
    public Event.BusDigest digest() {
        return new Event.BusDigest(name, digest.frames(), digest.sha256());
    }

    void listen(Listener listener) {
        dispatch.add(listener);
    }

    void remove(SimulatedPort port) {
        ports = without(ports, port);
        dispatch.remove(port);
    }

    /** A node has something to send. */
    void awake() {
        if (!busy) {
            busy = true;
            world.at(free, arbitrate);
        }
    }

    private void arbitrate() {
        SimulatedPort winner = winner();
        if (winner == null) { // whoever woke the bus has left it
            busy = false;
            return;
        }
        CanFrame sent = winner.first();
        confirmation = winner.takeFirst();
        sender = winner;
        frame = sent;
        if (winner.rogue()) {
            touched(sent, "injected by " + winner.node());
        }
        CanFrame onWire = interceptions.isEmpty() ? sent : intercepted(winner, sent);
        int bits = FrameBits.length(onWire);
        start = world.now();
        free = start + nanos(bits + FrameBits.INTERMISSION);
        world.at(start + nanos(bits), complete);
    }

    private @Nullable SimulatedPort winner() {
        SimulatedPort winner = null;
        long least = SimulatedPort.SILENT;
        for (int i = 0; i < ports.size(); i++) {
            SimulatedPort port = ports.get(i);
            if (port.key() < least) {
                least = port.key();
                winner = port;
            }
        }
        return winner;
    }

    private void complete() {
        CanFrame arrived = frame;
        if (arrived != null) {
            deliver(arrived);
        }
        Runnable confirm = confirmation;
        frame = null;
        sender = null;
        confirm.run();
        if (winner() == null) {
            busy = false;
        } else {
            world.at(free, arbitrate);
        }
    }

    private void deliver(CanFrame arrived) {
        long end = world.now();
        digest.add(arrived, end);
        for (Tapping tapping : taps) {
            tapping.tap.frame(arrived, start, end);
        }
        for (Listener listener : dispatch.of(arrived.id())) {
            SimulatedPort port = listener.port();
            if (port != sender && port.open()) {
                listener.receiver().accept(arrived);
            }
        }
    }

    /** Lets the interceptors decide; returns the frame whose bits are on the wire, {@link #frame} is what arrives. */
    private CanFrame intercepted(SimulatedPort winner, CanFrame sent) {
        for (Interception interception : interceptions) {
            if (interception.port() == winner) {
                continue;
            }
            switch (interception.interceptor().decide(winner.node(), sent)) {
                case FrameInterceptor.Pass() -> {
                    continue;
                }
                case FrameInterceptor.Drop() -> {
                    touched(sent, "dropped");
                    frame = null;
                    return sent;
                }
                case FrameInterceptor.Replace(CanFrame other) -> {
                    touched(sent, "replaced by " + other);
                    frame = other;
                    return other;
                }
                case FrameInterceptor.Inject(List<CanFrame> frames) -> {
                    frames.forEach(interception.port()::send);
                    return sent;
                }
            }
        }
        return sent;
    }

    private void touched(CanFrame touched, String how) {
        recorder.record(new Event.FrameTouched(name, touched.toString(), how));
    }

    private long nanos(int bits) {
        return bits * SECOND / bitRate;
    }

    private static <T> List<T> with(List<T> list, T added) {
        List<T> longer = new ArrayList<>(list);
        longer.add(added);
        return longer;
    }

    private static <T> List<T> without(List<T> list, T removed) {
        return list.stream().filter(item -> !item.equals(removed)).toList();
    }

    private record Interception(FrameInterceptor interceptor, SimulatedPort port) {}

    /** One attachment of a tap; the same tap may be attached twice. */
    private static final class Tapping {
        private final BusTap tap;

        Tapping(BusTap tap) {
            this.tap = tap;
        }
    }
}
