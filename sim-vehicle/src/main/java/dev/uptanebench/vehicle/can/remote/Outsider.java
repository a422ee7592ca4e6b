package dev.uptanebench.vehicle.can.remote;

import dev.uptanebench.vehicle.can.CanController;
import dev.uptanebench.vehicle.can.CanError;
import dev.uptanebench.vehicle.can.CanFrame;
import dev.uptanebench.vehicle.can.CanPort;
import dev.uptanebench.vehicle.can.ControllerState;
import dev.uptanebench.vehicle.kernel.Limits;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A node whose owner is outside the world. It has a controller of its own, which comes back by itself a while after it went
 * off the bus. Frames may be sent from any thread; everything else happens in the world's.
 */
final class Outsider {
    private static final long RESTART_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final OpenBus open;
    private final String node;
    private final Consumer<CanFrame> hears;
    private final Consumer<CanFrame> lost;
    private final Queue<CanFrame> arrived = new ArrayBlockingQueue<>(Limits.OUTSIDER_FRAMES);
    private final AtomicBoolean announced = new AtomicBoolean();
    private @Nullable CanPort port;

    /**
     * @param hears is handed each frame of other nodes, in the world's thread
     * @param lost is handed each frame for which there was no room, in any thread
     */
    Outsider(OpenBus open, String node, Consumer<CanFrame> hears, Consumer<CanFrame> lost) {
        this.open = open;
        this.node = node;
        this.hears = hears;
        this.lost = lost;
    }

    /** Connects it; in the world's thread. */
    void attach() {
        CanPort attached = open.bus().attach(node);
        attached.onFrame(hears);
        if (attached instanceof CanController controller) {
            controller.onError(error -> restart(controller, error));
        }
        port = attached;
    }

    private void restart(CanController controller, CanError error) {
        if (error instanceof CanError.StateChanged(ControllerState state) && off(state)) {
            open.world().after(RESTART_NANOS, controller::restart);
        }
    }

    private static boolean off(ControllerState state) {
        return state.confinement() == ControllerState.Confinement.BUS_OFF;
    }

    /** Sends a frame as soon as the world can look after it; from any thread. */
    void send(CanFrame frame) {
        if (!arrived.offer(frame)) {
            lost.accept(frame);
        } else if (announced.compareAndSet(false, true)) {
            open.time().enter(this::pass);
        }
    }

    private void pass() {
        announced.set(false);
        CanPort sender = port;
        for (CanFrame next = arrived.poll(); next != null; next = arrived.poll()) {
            if (sender != null && !sender.send(next) && !offBus(sender)) {
                lost.accept(next);
            }
        }
    }

    /** What a node wants to send while it is off the bus is gone, as with any controller. */
    private static boolean offBus(CanPort sender) {
        return sender instanceof CanController controller && off(controller.state());
    }

    /** It is gone from the bus, and what it still wanted to send with it; in the world's thread. */
    void leave() {
        if (port != null) {
            port.close();
            port = null;
        }
        arrived.clear();
    }
}
