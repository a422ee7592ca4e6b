package dev.uptanebench.vehicle.can;

import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.history.Recorder;
import dev.uptanebench.vehicle.kernel.World;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Joins buses: repeats the frames of its table, each after the same latency and so in order. What goes out to a bus waits
 * in a queue with an end; a frame that finds it full, or a bus that cannot carry it, is lost, counted and recorded.
 */
public final class Gateway implements Attachment {
    /** Frames that may be on their way to one bus, where nobody says otherwise. */
    public static final int QUEUE_FRAMES = 256;

    private final World world;
    private final Recorder recorder;
    private final String name;
    private final long latency;
    private final int queue;
    private final Map<String, Exit> exits = new LinkedHashMap<>();
    private long lost;

    private static final class Exit {
        private final CanPort port;
        private final boolean fd;
        private int under;

        Exit(CanPort port, boolean fd) {
            this.port = port;
            this.fd = fd;
        }

        void left() {
            under--;
        }
    }

    /**
     * A gateway that forwards nothing yet; a node of its name appears on each bus.
     *
     * @param queue frames that may be on their way to one bus
     * @throws IllegalArgumentException if the queue has no room at all
     */
    public Gateway(World world, Recorder recorder, String name, Collection<CanBus> buses, Duration latency, int queue) {
        if (queue < 1) {
            throw new IllegalArgumentException("a gateway's queue holds at least one frame");
        }
        this.world = world;
        this.recorder = recorder;
        this.name = name;
        this.latency = latency.toNanos();
        this.queue = queue;
        for (CanBus bus : buses) {
            Exit exit = new Exit(bus.attach(name), bus.fd());
            exits.put(bus.name(), exit);
            if (exit.port instanceof CanController controller) {
                controller.onError(error -> {
                    if (error instanceof CanError.Abandoned) {
                        exit.left();
                    }
                });
            }
        }
    }

    /**
     * One line of the table.
     *
     * @param from name of the bus on which the frames come
     * @param ids which frames
     * @param to name of the bus on which they go out
     * @param as identifier they then carry; of the bits that the filter's mask leaves open, they keep their own
     */
    public record Route(String from, IdFilter ids, String to, CanId as) {
        /** Keeps the identifiers. */
        public static Route of(String from, IdFilter ids, String to) {
            return new Route(from, ids, to, ids.id());
        }

        CanId rewritten(CanId id) {
            int kept = as.extended() ? 0x1FFF_FFFF : 0x7FF;
            return new CanId(((as.value() & ids.mask()) | (id.value() & ~ids.mask())) & kept, as.extended());
        }
    }

    /**
     * Adds lines to the table. A frame that fits several goes out several times.
     *
     * @throws IllegalArgumentException if a line names a bus that the gateway is not on
     */
    public void route(List<Route> routes) {
        for (Route route : routes) {
            Exit from = exit(route.from());
            Exit to = exit(route.to());
            from.port.onFrame(route.ids(), frame -> accept(to, frame.withId(route.rewritten(frame.id()))));
        }
    }

    private Exit exit(String bus) {
        Exit exit = exits.get(bus);
        if (exit == null) {
            throw new IllegalArgumentException(name + " is not on a bus " + bus);
        }
        return exit;
    }

    /** Frames lost because the bus they were meant for could not take them. */
    public long lost() {
        return lost;
    }

    @Override
    public void close() {
        exits.values().forEach(exit -> exit.port.close());
    }

    private void accept(Exit to, CanFrame frame) {
        if (to.under >= queue || (frame.fd() && !to.fd)) {
            lose(to, frame);
            return;
        }
        to.under++;
        world.after(latency, () -> pass(to, frame));
    }

    private void pass(Exit to, CanFrame frame) {
        if (!to.port.send(frame, to::left)) {
            to.left();
            lose(to, frame);
        }
    }

    private void lose(Exit to, CanFrame frame) {
        lost++;
        if (Long.bitCount(lost) == 1) {
            recorder.record(new Event.FrameLost(to.port.bus(), name, frame.toString(), lost));
        }
    }
}
