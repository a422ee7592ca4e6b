package dev.uptanebench.vehicle.can.simulated;

import dev.uptanebench.vehicle.can.parts.Listener;
import dev.uptanebench.vehicle.can.CanController;
import dev.uptanebench.vehicle.can.CanError;
import dev.uptanebench.vehicle.can.CanFrame;
import dev.uptanebench.vehicle.can.ControllerState;
import dev.uptanebench.vehicle.can.IdFilter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;

/** A node on a simulated bus: a queue of frames, the first of which takes part in arbitration, and two error counters. */
final class SimulatedPort implements CanController {
    /** Key of a port that has nothing to send; loses against every frame. */
    static final long SILENT = Long.MAX_VALUE;

    private final SimulatedBus bus;
    private final String node;
    private final boolean rogue;
    private final ControllerSettings settings;
    private final ErrorCounters counters = new ErrorCounters();
    private final Queue<CanFrame> frames = new ArrayDeque<>();
    private final Queue<Runnable> confirmations = new ArrayDeque<>();
    private final List<Consumer<CanError>> errorListeners = new ArrayList<>();
    private ControllerState.Confinement told = ControllerState.Confinement.ERROR_ACTIVE;
    private long key = SILENT;
    private long pausesUntil = Long.MIN_VALUE;
    private boolean announced;
    private boolean open = true;

    SimulatedPort(SimulatedBus bus, String node, boolean rogue, ControllerSettings settings) {
        this.bus = bus;
        this.node = node;
        this.rogue = rogue;
        this.settings = settings;
    }

    @Override
    public String node() {
        return node;
    }

    @Override
    public String bus() {
        return bus.name();
    }

    ControllerSettings settings() {
        return settings;
    }

    ErrorCounters counters() {
        return counters;
    }

    boolean open() {
        return open;
    }

    /** Whether it takes part in what happens on the bus. */
    boolean onBus() {
        return open && !counters.off();
    }

    /** Arbitration key of the frame that is first in line, or {@link #SILENT}. */
    long key() {
        return key;
    }

    /** Until when it may not start a frame, as an error-passive node that has just sent one. */
    long pausesUntil() {
        return pausesUntil;
    }

    void pauseUntil(long time) {
        pausesUntil = time;
    }

    @Override
    public boolean send(CanFrame frame, Runnable onSent) {
        if (frame.fd() && (!bus.fd() || settings.format() != ControllerSettings.Format.FD)) {
            throw new IllegalArgumentException(node + " cannot send CAN FD frames on " + bus.name());
        }
        if (!onBus() || frames.size() == SimulatedBus.QUEUE_FRAMES) {
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
    public void onFrame(IdFilter filter, Consumer<CanFrame> receiver) {
        bus.listen(new Listener(this, filter, receiver));
    }

    @Override
    public ControllerState state() {
        return counters.state();
    }

    @Override
    public void onError(Consumer<CanError> listener) {
        errorListeners.add(listener);
    }

    void tell(CanError error) {
        for (Consumer<CanError> listener : List.copyOf(errorListeners)) {
            listener.accept(error);
        }
    }

    @Override
    public void restart() {
        bus.recover(this);
    }

    /** The first frame was destroyed; a node that sends everything once gives it up. */
    void failed(CanFrame frame, CanError.Kind kind, int bit) {
        tell(new CanError.Destroyed(frame, kind, bit));
        if (settings.oneShot() && waiting()) {
            takeFirst();
            tell(new CanError.Abandoned(frame));
        }
    }

    /** Whether the state has changed since this was last asked. */
    boolean changed() {
        ControllerState.Confinement now = counters.confinement();
        boolean changed = now != told;
        told = now;
        return changed;
    }

    /** The first frame as this node would send it now. */
    CanFrame first() {
        CanFrame first = frames.element();
        return counters.passive() ? first.fromErrorPassive() : first;
    }

    /** Whether this is the first try of a frame that does not belong here. */
    boolean announces() {
        boolean first = rogue && !announced;
        announced = true;
        return first;
    }

    /** Takes the first frame out and returns whom to tell that it has left. */
    Runnable takeFirst() {
        frames.remove();
        CanFrame next = frames.peek();
        key = next == null ? SILENT : next.arbitrationKey();
        announced = false;
        return confirmations.remove();
    }

    boolean waiting() {
        return key != SILENT;
    }

    /** Gives up everything that waits. */
    void clear() {
        key = SILENT;
        announced = false;
        confirmations.clear();
        List<CanFrame> lost = List.copyOf(frames);
        frames.clear();
        lost.forEach(frame -> tell(new CanError.Abandoned(frame)));
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
