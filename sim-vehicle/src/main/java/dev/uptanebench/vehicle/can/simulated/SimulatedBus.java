package dev.uptanebench.vehicle.can.simulated;

import dev.uptanebench.vehicle.can.Attachment;
import dev.uptanebench.vehicle.can.BusFault;
import dev.uptanebench.vehicle.can.BusTap;
import dev.uptanebench.vehicle.can.CanBus;
import dev.uptanebench.vehicle.can.CanController;
import dev.uptanebench.vehicle.can.CanError;
import dev.uptanebench.vehicle.can.CanFrame;
import dev.uptanebench.vehicle.can.Disturbable;
import dev.uptanebench.vehicle.can.FrameInterceptor;
import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.history.Recorder;
import dev.uptanebench.vehicle.kernel.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * CAN and CAN FD on a world's clock. All nodes that have a frame waiting when the bus becomes free start at the same bit;
 * the smallest key wins. Receivers get the frame when its last bit has ended, then its sender is told; three bits later
 * the next frame may start.
 *
 * <p>As long as nothing goes wrong, lengths come from tables. Where a fault waits for the frame, two nodes send the same
 * key, nobody is there to acknowledge, or a node does not understand CAN FD, the frame is played bit by bit in a
 * {@link Contention}.
 */
public final class SimulatedBus implements CanBus, Disturbable {
    /** Most frames one node can have waiting, the one that is leaving included. */
    public static final int QUEUE_FRAMES = 4096;

    private static final int SUSPENDED_BITS = 8;

    private final World world;
    private final String name;
    private final BitRates rates;
    private final Recorder recorder;
    private final Dispatch dispatch = new Dispatch();
    private final FrameDigest digest = new FrameDigest();
    private final LoadMeter load;
    private final ErrorLog errors;
    private final Faults faults = new Faults();
    private final Recoveries recoveries;
    private final Runnable arbitrate = this::arbitrate;
    private final Runnable complete = this::complete;
    private List<SimulatedPort> ports = List.of();
    private List<Tapping> taps = List.of();
    private List<Interception> interceptions = List.of();
    /** Whether a frame is on the bus, or the next arbitration has been called for. */
    private boolean busy;
    private boolean underWay;
    private long recessiveSince;
    /** Whether some counter is not zero, so that successes count. */
    private boolean counting;
    private boolean allKnowFd = true;
    private long start;
    private long free;
    private long completesAt = Long.MIN_VALUE;
    private @Nullable SimulatedPort sender;
    private @Nullable CanFrame onWire;
    private @Nullable CanFrame frame;
    private boolean tied;

    /**
     * A silent bus for classical frames, without nodes.
     *
     * @param bitRate bits per second
     * @param recorder is told of every frame that somebody other than its sender touches, and of errors
     */
    public SimulatedBus(World world, String name, int bitRate, Recorder recorder) {
        this(world, name, BitRates.classical(bitRate), recorder);
    }

    /** A silent bus without nodes. */
    public SimulatedBus(World world, String name, BitRates rates, Recorder recorder) {
        this.world = world;
        this.name = name;
        this.rates = rates;
        this.recorder = recorder;
        this.load = new LoadMeter(name);
        this.errors = new ErrorLog(name, recorder);
        this.recoveries = new Recoveries(world, rates, this::recovered);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean fd() {
        return rates.fd();
    }

    @Override
    public CanController attach(String node) {
        return attach(node, false, ControllerSettings.fd());
    }

    /** Connects a node whose controller behaves as told. */
    public CanController attach(String node, ControllerSettings settings) {
        return attach(node, false, settings);
    }

    @Override
    public CanController attachRogue(String node) {
        return attach(node, true, ControllerSettings.fd());
    }

    private SimulatedPort attach(String node, boolean rogue, ControllerSettings settings) {
        SimulatedPort port = new SimulatedPort(this, node, rogue, settings);
        ports = with(ports, port);
        countFormats();
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
        Interception interception = new Interception(interceptor,
                attach("interceptor", true, ControllerSettings.fd()));
        interceptions = with(interceptions, interception);
        return () -> {
            interceptions = without(interceptions, interception);
            interception.port().close();
        };
    }

    /**
     * Begins a fault. One that holds the bus dominant strikes the frame that is under way; behind an error frame it waits
     * for its end. It lasts for its whole duration.
     */
    @Override
    public Attachment disturb(BusFault fault) {
        Attachment ends = faults.add(fault, world.now());
        if (faults.dominantUntil() > world.now()) {
            if (completesAt > world.now()) {
                strike();
            } else {
                awake();
            }
        }
        return ends;
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
        return new Event.BusDigest(name, digest.frames(), digest.sha256());
    }

    void listen(Listener listener) {
        dispatch.add(listener);
    }

    void remove(SimulatedPort port) {
        ports = without(ports, port);
        dispatch.remove(port);
        countFormats();
    }

    private void countFormats() {
        allKnowFd = ports.stream().allMatch(port -> port.settings().format() == ControllerSettings.Format.FD);
    }

    /** A node has something to send. */
    void awake() {
        if (!busy) {
            busy = true;
            world.at(free, arbitrate);
        }
    }

    private void arbitrate() {
        long now = world.now();
        boolean stuck = faults.dominantUntil() > now;
        SimulatedPort winner = winner(now);
        if (winner == null && !stuck) { // whoever woke the bus has left it, or has to pause
            busy = false;
            pause(now);
            return;
        }
        start = now;
        underWay = true;
        if (!recoveries.none()) {
            recoveries.busy();
        }
        CanFrame sent = winner == null ? null : winner.first();
        frame = sent;
        if (winner != null && sent != null && winner.announces()) {
            touched(sent, "injected by " + winner.node());
        }
        CanFrame wire = winner == null || sent == null || interceptions.isEmpty()
                ? sent
                : intercepted(winner, sent);
        sender = winner;
        onWire = wire;
        if (stuck || winner == null || wire == null || (frame != null && special(wire))) {
            contend(wire, stuck ? 0 : Contention.MOST_BITS);
            return;
        }
        long end = start + rates.nanos(wire);
        free = end + rates.nanos(FrameBits.INTERMISSION);
        completesAt = end;
        world.at(end, complete);
    }

    /** Whether tables are not enough for this frame. */
    private boolean special(CanFrame wire) {
        return tied || ports.size() < 2 || (counting && alone()) || (wire.fd() && !allKnowFd) || faults.concern(wire);
    }

    private boolean alone() {
        return ports.stream().filter(SimulatedPort::onBus).count() < 2;
    }

    private @Nullable SimulatedPort winner(long now) {
        SimulatedPort winner = null;
        long least = SimulatedPort.SILENT;
        boolean equal = false;
        for (int i = 0; i < ports.size(); i++) {
            SimulatedPort port = ports.get(i);
            long key = port.key();
            if (key > least || key == SimulatedPort.SILENT || port.pausesUntil() > now) {
                continue;
            }
            equal = key == least;
            least = key;
            winner = equal ? winner : port;
        }
        tied = equal && interceptions.isEmpty(); // an interceptor keeps senders apart and takes them one by one
        return winner;
    }

    /** If a node waits only because it is error passive and has just sent, it is looked at again when it may start. */
    private void pause(long now) {
        long until = Long.MAX_VALUE;
        for (SimulatedPort port : ports) {
            if (port.waiting() && port.pausesUntil() > now) {
                until = Math.min(until, port.pausesUntil());
            }
        }
        if (until < Long.MAX_VALUE) {
            world.at(until, this::awake);
        }
    }

    private void complete() {
        SimulatedPort sent = sender;
        if (world.now() != completesAt || sent == null) {
            return; // a fault has struck the frame meanwhile
        }
        completesAt = Long.MIN_VALUE;
        load.frame(start, free);
        CanFrame arrived = frame;
        if (arrived != null) {
            deliver(arrived, null);
        }
        frame = null;
        sender = null;
        if (counting) {
            count(sent);
        }
        recessive();
        if (sent.open()) {
            sent.takeFirst().run();
        }
        next();
    }

    private void recessive() {
        underWay = false;
        recessiveSince = world.now() - rates.nanos(Recoveries.BITS_AT_END);
        if (!recoveries.none()) {
            recoveries.idle(recessiveSince);
        }
    }

    private void next() {
        for (int i = 0; i < ports.size(); i++) {
            if (ports.get(i).waiting()) {
                world.at(free, arbitrate);
                return;
            }
        }
        busy = false;
        if (faults.dominantUntil() > world.now()) {
            awake();
        }
    }

    private void count(SimulatedPort sent) {
        boolean passive = sent.counters().passive();
        for (SimulatedPort port : ports) {
            if (port == sent) {
                port.counters().sent();
            } else if (port.onBus()) {
                port.counters().received();
            }
        }
        if (passive) {
            sent.pauseUntil(free + rates.nanos(SUSPENDED_BITS));
        }
        statesChanged();
    }

    /** @param nodes who has taken it; null for all but the sender */
    private void deliver(CanFrame arrived, @Nullable List<SimulatedPort> nodes) {
        long end = world.now();
        digest.add(arrived, end);
        for (Tapping tapping : taps) {
            tapping.tap.frame(arrived, start, end);
        }
        for (Listener listener : dispatch.of(arrived.id())) {
            SimulatedPort port = listener.port();
            if (nodes == null ? port != sender && port.onBus() : port.open() && nodes.contains(port)) {
                listener.receiver().accept(arrived);
            }
        }
    }

    /** The bus is held dominant from now on, in the middle of a frame that was going well. */
    private void strike() {
        completesAt = Long.MIN_VALUE;
        CanFrame wire = Objects.requireNonNull(onWire);
        contend(wire, bitAt(new WireFrame(wire), world.now() - start));
    }

    /** The first bit that begins at or after this time from the start of the frame. */
    private int bitAt(WireFrame wire, long after) {
        int slow = 0;
        int fast = 0;
        for (int bit = 0; bit < wire.length(); bit++) {
            if (rates.nanos(slow, fast) >= after) {
                return bit;
            }
            if (wire.fast(bit)) {
                fast++;
            } else {
                slow++;
            }
        }
        return wire.length();
    }

    /** @param stuckFrom bit from which the bus is held dominant, if it is */
    private void contend(@Nullable CanFrame wire, int stuckFrom) {
        List<BitNode> nodes = new ArrayList<>();
        for (SimulatedPort port : ports) {
            if (port.onBus()) {
                boolean starts = port.waiting() && port.pausesUntil() <= start;
                CanFrame sent = port == sender ? wire : starts ? port.first() : null;
                nodes.add(new BitNode(port, sent == null ? null : new WireFrame(sent)));
            }
        }
        Contention.LineFault fault = wire == null ? Contention.LineFault.NONE : faults.on(new WireFrame(wire));
        long bits = stuckBits(stuckFrom);
        int played = (int) Math.min(bits, Contention.MOST_BITS);
        Contention contention = new Contention(rates, nodes, bits == 0
                ? fault
                : (bit, bus) -> bit >= stuckFrom && bit < stuckFrom + played ? 0 : fault.apply(bit, bus));
        contention.run();
        long end = start + contention.nanos() + rates.nanos(1) * (bits - played);
        free = end + rates.nanos(FrameBits.INTERMISSION);
        WireFrame carried = contention.winner();
        if (contention.received() && carried != null && frame != null) {
            List<SimulatedPort> takers = nodes.stream().filter(node -> node.succeeded() && !node.sending())
                    .map(BitNode::port).toList();
            world.at(start + contention.frameNanos(), () -> deliver(carried.frame(), takers));
        }
        world.at(end, () -> settle(contention));
    }

    private long stuckBits(int from) {
        long begins = from >= Contention.MOST_BITS ? Long.MAX_VALUE : Math.max(start, world.now());
        return faults.dominantUntil() <= begins
                ? 0
                : Math.ceilDiv(faults.dominantUntil() - begins, rates.nanos(1));
    }

    /** Everybody is ready for the next frame: counters, confirmations, retries. */
    private void settle(Contention contention) {
        frame = null;
        sender = null;
        counting = true;
        recordError(contention);
        List<Runnable> confirmations = new ArrayList<>();
        for (BitNode node : contention.nodes()) {
            settle(node, confirmations);
        }
        statesChanged();
        recessive();
        confirmations.forEach(Runnable::run);
        next();
    }

    private void settle(BitNode node, List<Runnable> confirmations) {
        SimulatedPort port = node.port();
        WireFrame own = node.own();
        CanError.Kind error = node.error();
        if (node.sending() && port.counters().passive()) {
            port.pauseUntil(free + rates.nanos(SUSPENDED_BITS));
        }
        if (node.succeeded() && node.sending()) {
            port.counters().sent();
            if (port.open()) {
                confirmations.add(port.takeFirst());
            }
        } else if (node.succeeded()) {
            port.counters().received();
        } else if (own != null && error != null && node.sending() && port.waiting()) {
            port.tell(new CanError.Destroyed(own.frame(), error, node.errorBit()));
            if (port.settings().oneShot() && port.waiting()) {
                port.takeFirst();
                port.tell(new CanError.Abandoned(own.frame()));
            }
        }
    }

    private void recordError(Contention contention) {
        BitNode first = contention.firstToNotice();
        CanError.Kind kind = contention.error();
        if (first == null || kind == null) {
            load.frame(start, free);
            return;
        }
        load.error(start, free);
        WireFrame winner = contention.winner();
        List<String> senders = contention.nodes().stream().filter(BitNode::sending).map(node -> node.port().node())
                .toList();
        errors.error(winner == null ? null : winner.frame().toString(), senders, kind, first.errorBit());
    }

    private void statesChanged() {
        boolean any = false;
        for (SimulatedPort port : List.copyOf(ports)) {
            any |= !port.counters().clean();
            if (port.changed()) {
                errors.changed(port.node(), port.state());
                if (port.counters().off()) {
                    goOff(port);
                }
                port.tell(new CanError.StateChanged(port.state()));
            }
        }
        counting = any;
    }

    private void goOff(SimulatedPort port) {
        port.clear();
        Duration delay = port.settings().restartAfter();
        if (delay != null) {
            world.after(delay.toNanos(), port::restart);
        }
    }

    void recover(SimulatedPort port) {
        if (port.open() && port.counters().off()) {
            recoveries.begin(port, underWay ? Long.MAX_VALUE : Math.max(recessiveSince, world.now()));
        }
    }

    private void recovered(SimulatedPort port) {
        port.counters().reset();
        statesChanged();
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
