package dev.uptanebench.vehicle.can.simulated;

import dev.uptanebench.vehicle.can.parts.ErrorLog;
import dev.uptanebench.vehicle.can.CanError;
import dev.uptanebench.vehicle.kernel.World;
import java.time.Duration;
import java.util.List;

/** What becomes of nodes whose counters move: states that others hear of, leaving the bus, and the way back. */
final class ErrorStates {
    private final World world;
    private final Nodes nodes;
    private final ErrorLog log;
    private final Recoveries recoveries;
    private boolean counting;

    ErrorStates(World world, BitRates rates, Nodes nodes, ErrorLog log) {
        this.world = world;
        this.nodes = nodes;
        this.log = log;
        this.recoveries = new Recoveries(world, rates, this::recovered);
    }

    /** Whether some counter is not zero, so that successes count. */
    boolean counting() {
        return counting;
    }

    /** A frame that was carried without errors counts for everybody. */
    void success(SimulatedPort sender) {
        for (SimulatedPort port : nodes.all()) {
            if (port == sender) {
                port.counters().sent();
            } else if (port.onBus()) {
                port.counters().received();
            }
        }
        changed();
    }

    /** Counters have moved. */
    void changed() {
        boolean any = false;
        List<SimulatedPort> ports = nodes.all();
        for (int i = 0; i < ports.size(); i++) {
            SimulatedPort port = ports.get(i);
            any |= !port.counters().clean();
            if (port.changed()) {
                log.changed(port.node(), port.state());
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

    /** @param recessive from when on the bus counts as recessive; {@link Long#MAX_VALUE} while a frame is on it */
    void recover(SimulatedPort port, long recessive) {
        if (port.open() && port.counters().off()) {
            recoveries.begin(port, recessive);
        }
    }

    private void recovered(SimulatedPort port) {
        port.counters().reset();
        changed();
    }

    /** A frame starts now. */
    void busy() {
        if (!recoveries.none()) {
            recoveries.busy();
        }
    }

    /** A frame has ended. */
    void idle(long recessive) {
        if (!recoveries.none()) {
            recoveries.idle(recessive);
        }
    }

    /** An error frame: tells the history. */
    void destroyed(Contention contention) {
        BitNode first = contention.firstToNotice();
        CanError.Kind kind = contention.error();
        if (first == null || kind == null) {
            return;
        }
        WireFrame winner = contention.winner();
        List<String> senders = contention.nodes().stream().filter(BitNode::sending).map(node -> node.port().node())
                .toList();
        log.error(winner == null ? null : winner.frame().toString(), senders, kind, first.errorBit());
    }
}
