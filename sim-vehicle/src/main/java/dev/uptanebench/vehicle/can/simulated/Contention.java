package dev.uptanebench.vehicle.can.simulated;

import dev.uptanebench.vehicle.can.CanError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One frame, or several that start together, bit by bit from the start bit until every node is ready for the next: what
 * the bus falls back on where tables are not enough.
 */
final class Contention {
    /** Longer than any frame with error flags; what holds the bus for longer is counted, not played. */
    static final int MOST_BITS = 4096;

    private final BitRates rates;
    private final List<BitNode> nodes;
    private final LineFault fault;
    private final BusView view = new BusView();
    private int nominal;
    private int fast;
    private long frameNanos;
    private @Nullable BitNode first;

    /** What is done to the wires. */
    @FunctionalInterface
    interface LineFault {
        LineFault NONE = (bit, bus) -> bus;

        /** The level that all nodes see, given the one they make. */
        int apply(int bit, int bus);
    }

    Contention(BitRates rates, List<BitNode> nodes, LineFault fault) {
        this.rates = rates;
        this.nodes = nodes;
        this.fault = fault;
    }

    List<BitNode> nodes() {
        return nodes;
    }

    /** From the start bit until the last node is ready for intermission. */
    long nanos() {
        return rates.nanos(nominal, fast);
    }

    /** From the start bit to the end of the frame that won; 0 if it did not come that far. */
    long frameNanos() {
        return frameNanos;
    }

    /** The frame that won arbitration; null if nobody sent one. */
    @Nullable
    WireFrame winner() {
        return view.layout();
    }

    /** The node that noticed an error first; null if all went well. */
    @Nullable
    BitNode firstToNotice() {
        return first;
    }

    /** Whether a receiver has taken the frame. */
    boolean received() {
        return nodes.stream().anyMatch(node -> node.succeeded() && !node.sending());
    }

    void run() {
        for (int bit = 0; bit < 2 * MOST_BITS && !over(bit); bit++) {
            step(bit);
        }
    }

    private void step(int bit) {
        int driven = 1;
        for (BitNode node : nodes) {
            driven &= node.drives(bit, view.layout(), view.clean());
        }
        int bus = fault.apply(bit, driven);
        BitNode leader = leader(bit, bus);
        WireFrame led = leader == null ? null : leader.own();
        if (led != null) {
            view.follow(led);
        }
        if (led != null && led.fast(bit)) {
            fast++;
        } else {
            nominal++;
        }
        view.add(bit, bus);
        for (BitNode node : nodes) {
            node.sees(bit, bus, view);
            if (first == null && node.error() != null) {
                first = node;
            }
        }
        standAside(bit);
        WireFrame layout = view.layout();
        if (layout != null && bit == layout.length() - 1) {
            frameNanos = nanos();
        }
    }

    /** The sender whose bit is on the bus, or else any that is still sending. */
    private @Nullable BitNode leader(int bit, int bus) {
        BitNode any = null;
        for (BitNode node : nodes) {
            WireFrame own = node.own();
            if (own != null && node.leads()) {
                if (own.bit(bit) == bus) {
                    return node;
                }
                any = any == null ? node : any;
            }
        }
        return any;
    }

    /** Nodes that tolerate CAN FD frames without knowing them take no further part. */
    private void standAside(int bit) {
        WireFrame layout = view.layout();
        if (layout == null || !layout.frame().fd() || bit != layout.fdFormat()) {
            return;
        }
        for (BitNode node : nodes) {
            if (node.port().settings().format() == ControllerSettings.Format.FD_TOLERANT && !node.leads()) {
                node.ignore();
            }
        }
    }

    private boolean over(int bit) {
        WireFrame layout = view.layout();
        boolean sent = layout != null && bit >= layout.length()
                && nodes.stream().anyMatch(node -> node.sending() && node.succeeded());
        return nodes.stream().allMatch(node -> node.done() || (sent && node.bystander()));
    }

    /** The error by which {@link #firstToNotice()} noticed. */
    CanError.@Nullable Kind error() {
        BitNode noticed = first;
        return noticed == null ? null : noticed.error();
    }
}
