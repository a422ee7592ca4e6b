package dev.uptanebench.vehicle.can.simulated;

import dev.uptanebench.vehicle.can.CanFrame;
import dev.uptanebench.vehicle.can.CanId;
import dev.uptanebench.vehicle.can.CanPort;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;

/** A node on a simulated bus: a queue of frames, the first of which takes part in arbitration. */
final class SimulatedPort implements CanPort {
    /** Key of a port that has nothing to send; loses against every frame. */
    static final long SILENT = Long.MAX_VALUE;

    private final SimulatedBus bus;
    private final String node;
    private final boolean rogue;
    private final Queue<CanFrame> frames = new ArrayDeque<>();
    private final Queue<Runnable> confirmations = new ArrayDeque<>();
    private long key = SILENT;
    private boolean open = true;

    SimulatedPort(SimulatedBus bus, String node, boolean rogue) {
        this.bus = bus;
        this.node = node;
        this.rogue = rogue;
    }

    @Override
    public String node() {
        return node;
    }

    @Override
    public String bus() {
        return bus.name();
    }

    boolean rogue() {
        return rogue;
    }

    boolean open() {
        return open;
    }

    /** Arbitration key of the frame that is first in line, or {@link #SILENT}. */
    long key() {
        return key;
    }

    @Override
    public boolean send(CanFrame frame, Runnable onSent) {
        if (!open || frames.size() == SimulatedBus.QUEUE_FRAMES) {
            return false;
        }
        if (frames.isEmpty()) {
            key = frame.arbitrationKey();
        }
        frames.add(frame);
        confirmations.add(onSent);
        bus.awake();
        return true;
    }

    @Override
    public void onFrame(Consumer<CanFrame> receiver) {
        bus.listen(new Listener(this, null, receiver));
    }

    @Override
    public void onFrame(CanId id, Consumer<CanFrame> receiver) {
        bus.listen(new Listener(this, id, receiver));
    }

    CanFrame first() {
        return frames.element();
    }

    /** Takes the first frame out, as it has won the bus, and returns whom to tell when it has left. */
    Runnable takeFirst() {
        frames.remove();
        CanFrame next = frames.peek();
        key = next == null ? SILENT : next.arbitrationKey();
        return confirmations.remove();
    }

    @Override
    public void close() {
        open = false;
        key = SILENT;
        frames.clear();
        confirmations.clear();
        bus.remove(this);
    }
}
