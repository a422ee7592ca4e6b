package dev.uptanebench.vehicle.can.socketcan;

import dev.uptanebench.vehicle.can.CanFrame;
import dev.uptanebench.vehicle.can.CanPort;
import dev.uptanebench.vehicle.can.IdFilter;
import dev.uptanebench.vehicle.can.parts.Listener;
import dev.uptanebench.vehicle.kernel.Limits;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A node of ours on a real bus. */
final class SocketPort implements CanPort {
    /** Key of a port that has nothing to send; loses against every frame. */
    static final long SILENT = Long.MAX_VALUE;

    private final SocketCanBus bus;
    private final String node;
    private final boolean rogue;
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private int underWay;
    private boolean open = true;

    /** @param onSent called when the frame has left */
    record Waiting(CanFrame frame, Runnable onSent) {}

    SocketPort(SocketCanBus bus, String node, boolean rogue) {
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

    @Override
    public boolean send(CanFrame frame, Runnable onSent) {
        if (frame.fd() && !bus.fd()) {
            throw new IllegalArgumentException(node + " cannot send CAN FD frames on " + bus.name());
        }
        if (!open || waiting.size() + underWay >= Limits.PORT_FRAMES) {
            return false;
        }
        waiting.add(new Waiting(frame, onSent));
        bus.awake();
        return true;
    }

    @Override
    public void onFrame(Consumer<CanFrame> receiver) {
        bus.listen(new Listener(this, null, receiver));
    }

    @Override
    public void onFrame(IdFilter filter, Consumer<CanFrame> receiver) {
        bus.listen(new Listener(this, filter, receiver));
    }

    /** What it would send next, as arbitration compares it. */
    long key() {
        Waiting first = waiting.peek();
        return first == null ? SILENT : first.frame().arbitrationKey();
    }

    @Nullable
    Waiting first() {
        return waiting.peek();
    }

    /** The first frame is on its way. */
    void leaves() {
        waiting.remove();
        underWay++;
    }

    /** One that was on its way has left, or never will. */
    void left() {
        underWay--;
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            waiting.clear();
            bus.remove(this);
        }
    }
}
