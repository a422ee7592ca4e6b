package dev.uptanebench.vehicle.can;

import dev.uptanebench.vehicle.kernel.World;
import java.time.Duration;
import java.util.List;

/** Joins two buses: forwards the identifiers of its table, each after the same latency and so in order. */
public final class Gateway implements Attachment {
    private final World world;
    private final long latency;
    private final CanPort left;
    private final CanPort right;
    private long dropped;

    /** A gateway that forwards nothing yet; a node of that name appears on both buses. */
    public Gateway(World world, String name, CanBus left, CanBus right, Duration latency) {
        this.world = world;
        this.latency = latency.toNanos();
        this.left = left.attach(name);
        this.right = right.attach(name);
    }

    /** Forwards these identifiers from the left bus to the right one. */
    public void forwardRight(List<CanId> ids) {
        forward(left, right, ids);
    }

    /** Forwards these identifiers from the right bus to the left one. */
    public void forwardLeft(List<CanId> ids) {
        forward(right, left, ids);
    }

    /** Frames lost because the other bus could not take them. */
    public long dropped() {
        return dropped;
    }

    @Override
    public void close() {
        left.close();
        right.close();
    }

    private void forward(CanPort from, CanPort to, List<CanId> ids) {
        for (CanId id : ids) {
            from.onFrame(id, frame -> world.after(latency, () -> pass(to, frame)));
        }
    }

    private void pass(CanPort to, CanFrame frame) {
        if (!to.send(frame)) {
            dropped++;
        }
    }
}
