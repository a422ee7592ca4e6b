package dev.uptanebench.vehicle.can.simulated;

import dev.uptanebench.vehicle.can.parts.Dispatch;
import dev.uptanebench.vehicle.can.parts.ErrorLog;
import dev.uptanebench.vehicle.can.parts.FrameDigest;
import dev.uptanebench.vehicle.can.parts.Interceptions;
import dev.uptanebench.vehicle.can.parts.Listener;
import dev.uptanebench.vehicle.can.parts.LoadMeter;
import dev.uptanebench.vehicle.can.Attachment;
import dev.uptanebench.vehicle.can.BusFault;
import dev.uptanebench.vehicle.can.BusTap;
import dev.uptanebench.vehicle.can.CanBus;
import dev.uptanebench.vehicle.can.CanController;
import dev.uptanebench.vehicle.can.CanError;
import dev.uptanebench.vehicle.can.CanFrame;
import dev.uptanebench.vehicle.can.Disturbable;
import dev.uptanebench.vehicle.can.ErrorFrame;
import dev.uptanebench.vehicle.can.FrameInterceptor;
import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.history.Recorder;
import dev.uptanebench.vehicle.kernel.World;
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
    private static final long NEVER = Long.MIN_VALUE;

    private final World world;
    private final String name;
    private final BitRates rates;
    private final Recorder recorder;
    private final Dispatch dispatch = new Dispatch();
    private final FrameDigest digest = new FrameDigest();
    private final LoadMeter load;
    private final Faults faults = new Faults();
    private final Nodes nodes = new Nodes();
    private final ErrorStates states;
    private final Interceptions interceptions = new Interceptions(this::touched);
    private final Runnable arbitrate = this::arbitrate;
    private final Runnable complete = this::complete;
    private List<Tapping> taps = List.of();
    /** Whether a frame is on the bus, or the next arbitration has been called for. */
    private boolean busy;
    private boolean underWay;
    private long recessiveSince;
    private long start;
    private long free;
    private long completesAt = NEVER;
    private @Nullable SimulatedPort sender;
    private @Nullable CanFrame onWire;
    /** What the others will receive. */
    private @Nullable CanFrame frame;

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
        this.states = new ErrorStates(world, rates, nodes, new ErrorLog(name, recorder, this::noticed));
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
        nodes.add(port);
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

    /** Keeps senders apart while it lasts: frames with equal keys leave one by one, the node first that came first. */
    @Override
    public Attachment intercept(FrameInterceptor interceptor) {
        SimulatedPort port = attach("interceptor", true, ControllerSettings.fd());
        interceptions.add(interceptor, port);
        return () -> {
            interceptions.remove(port);
            port.close();
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
        nodes.remove(port);
        dispatch.remove(port);
    }

    /** A node that is off the bus wants to come back. */
    void recover(SimulatedPort port) {
        states.recover(port, underWay ? Long.MAX_VALUE : Math.max(recessiveSince, world.now()));
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
        SimulatedPort winner = nodes.winner(now);
        if (winner == null && !stuck) { // whoever woke the bus has left it, or has to pause
            busy = false;
            long until = nodes.endOfPause(now);
            if (until < Long.MAX_VALUE) {
                world.at(until, this::awake);
            }
            return;
        }
        start = now;
        underWay = true;
        states.busy();
        sender = winner;
        onWire = null;
        frame = null;
        if (winner != null) {
            put(winner);
        }
        CanFrame wire = onWire;
        if (stuck || wire == null || (frame != null && special(wire))) {
            contend(wire, stuck ? 0 : Contention.MOST_BITS);
        } else {
            carry(wire);
        }
    }

    /** Settles which bits the winner's frame puts on the wire and what will arrive. */
    private void put(SimulatedPort winner) {
        CanFrame sent = winner.first();
        if (winner.announces()) {
            touched(sent, "injected by " + winner.node());
        }
        if (interceptions.none()) {
            onWire = sent;
            frame = sent;
        } else {
            Interceptions.Decision decision = interceptions.decide(winner, sent);
            onWire = decision.wire();
            frame = decision.arrives();
        }
    }

    /** Whether tables are not enough for this frame. */
    private boolean special(CanFrame wire) {
        return (nodes.tied() && interceptions.none()) || nodes.few() || (states.counting() && nodes.alone())
                || (wire.fd() && !nodes.allKnowFd()) || faults.concern(wire);
    }

    private void carry(CanFrame wire) {
        long end = start + rates.nanos(wire);
        free = end + rates.nanos(FrameBits.INTERMISSION);
        completesAt = end;
        world.at(end, complete);
    }

    private void complete() {
        SimulatedPort sent = sender;
        if (world.now() < completesAt || completesAt == NEVER || sent == null) {
            return; // a fault has struck the frame meanwhile
        }
        completesAt = NEVER;
        load.frame(start, free);
        CanFrame arrived = frame;
        if (arrived != null) {
            deliver(arrived, null);
        }
        frame = null;
        sender = null;
        if (states.counting()) {
            pauseIfPassive(sent);
            states.success(sent);
        }
        recessive();
        if (sent.open()) {
            sent.takeFirst().run();
        }
        next();
    }

    /** Suspended transmission (10.4.6.4). */
    private void pauseIfPassive(SimulatedPort sent) {
        if (sent.counters().passive()) {
            sent.pauseUntil(free + rates.nanos(SUSPENDED_BITS));
        }
    }

    private void recessive() {
        underWay = false;
        recessiveSince = world.now() - rates.nanos(Recoveries.BITS_AT_END);
        states.idle(recessiveSince);
    }

    private void next() {
        if (nodes.anyWaiting()) {
            world.at(free, arbitrate);
            return;
        }
        busy = false;
        if (faults.dominantUntil() > world.now()) {
            awake();
        }
    }

    /** @param takers who has taken it; null for all but the sender */
    private void deliver(CanFrame arrived, @Nullable List<SimulatedPort> takers) {
        long end = world.now();
        digest.add(arrived, end);
        for (Tapping tapping : taps) {
            tapping.tap.frame(arrived, start, end);
        }
        for (Listener listener : dispatch.of(arrived.id())) {
            if (listener.port() instanceof SimulatedPort port
                    && (takers == null ? port != sender && port.onBus() : port.open() && takers.contains(port))) {
                listener.receiver().accept(arrived);
            }
        }
    }

    /** The bus is held dominant from now on, in the middle of a frame that was going well. */
    private void strike() {
        completesAt = NEVER;
        CanFrame wire = Objects.requireNonNull(onWire);
        contend(wire, new WireFrame(wire).bitAt(world.now() - start, rates));
    }

    /** @param stuckFrom bit from which the bus is held dominant, if it is */
    private void contend(@Nullable CanFrame wire, int stuckFrom) {
        List<BitNode> all = contenders(wire);
        Contention.LineFault fault = wire == null ? Contention.LineFault.NONE : faults.on(new WireFrame(wire));
        long bits = stuckBits(stuckFrom);
        int played = (int) Math.min(bits, Contention.MOST_BITS);
        Contention contention = new Contention(rates, all, bits == 0
                ? fault
                : (bit, bus) -> bit >= stuckFrom && bit < stuckFrom + played ? 0 : fault.apply(bit, bus));
        contention.run();
        long end = start + contention.nanos() + rates.nanos(1) * (bits - played);
        free = end + rates.nanos(FrameBits.INTERMISSION);
        WireFrame carried = contention.winner();
        if (contention.received() && carried != null && frame != null) {
            List<SimulatedPort> takers = all.stream().filter(node -> node.succeeded() && !node.sending())
                    .map(BitNode::port).toList();
            world.at(start + contention.frameNanos(), () -> deliver(carried.frame(), takers));
        }
        world.at(end, () -> settle(contention));
    }

    private List<BitNode> contenders(@Nullable CanFrame wire) {
        List<BitNode> all = new ArrayList<>();
        for (SimulatedPort port : nodes.all()) {
            if (port.onBus()) {
                boolean starts = port.waiting() && port.pausesUntil() <= start;
                CanFrame sent = port == sender ? wire : starts ? port.first() : null;
                if (sent != null && port != sender && sender != null && port.key() == sender.key()
                        && port.announces()) {
                    touched(sent, "injected by " + port.node());
                }
                all.add(new BitNode(port, sent == null ? null : new WireFrame(sent)));
            }
        }
        return all;
    }

    private long stuckBits(int from) {
        if (from >= Contention.MOST_BITS || faults.dominantUntil() <= world.now()) {
            return 0;
        }
        return Math.ceilDiv(faults.dominantUntil() - world.now(), rates.nanos(1));
    }

    /** Everybody is ready for the next frame: counters, confirmations, retries. */
    private void settle(Contention contention) {
        frame = null;
        sender = null;
        if (contention.firstToNotice() == null) {
            load.frame(start, free);
        } else {
            load.error(start, free);
            states.destroyed(contention);
        }
        List<Runnable> confirmations = new ArrayList<>();
        for (BitNode node : contention.nodes()) {
            settle(node, confirmations);
        }
        states.changed();
        recessive();
        confirmations.forEach(Runnable::run);
        next();
    }

    private void settle(BitNode node, List<Runnable> confirmations) {
        SimulatedPort port = node.port();
        WireFrame own = node.own();
        CanError.Kind error = node.error();
        if (node.sending()) {
            pauseIfPassive(port);
        }
        if (node.succeeded() && node.sending()) {
            port.counters().sent();
            if (port.open()) {
                confirmations.add(port.takeFirst());
            }
        } else if (node.succeeded()) {
            port.counters().received();
        } else if (own != null && error != null && node.sending() && port.waiting()) {
            port.failed(own.frame(), error, node.errorBit());
        }
    }

    private void noticed(ErrorFrame error) {
        for (Tapping tapping : taps) {
            tapping.tap.error(error, world.now());
        }
    }

    private void touched(CanFrame touched, String how) {
        recorder.record(new Event.FrameTouched(name, touched.toString(), how));
    }

    /** One attachment of a tap; the same tap may be attached twice. */
    private static final class Tapping {
        private final BusTap tap;

        Tapping(BusTap tap) {
            this.tap = tap;
        }
    }
}
