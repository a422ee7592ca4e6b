package dev.uptanebench.vehicle.can.simulated;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who is connected to a bus, and who of them goes first. */
final class Nodes {
    private List<SimulatedPort> ports = List.of();
    private boolean allKnowFd = true;
    private boolean tied;

    /** In the order in which they came; not to be changed. */
    List<SimulatedPort> all() {
        return ports;
    }

    void add(SimulatedPort port) {
        List<SimulatedPort> more = new ArrayList<>(ports);
        more.add(port);
        change(more);
    }

    void remove(SimulatedPort port) {
        change(ports.stream().filter(other -> other != port).toList());
    }

    /** A new list each time: whoever is going through the old one is not disturbed. */
    private void change(List<SimulatedPort> changed) {
        ports = changed;
        allKnowFd = changed.stream().allMatch(port -> port.settings().format() == ControllerSettings.Format.FD);
    }

    boolean allKnowFd() {
        return allKnowFd;
    }

    /** Whether fewer than two nodes are there at all. */
    boolean few() {
        return ports.size() < 2;
    }

    /** Whether fewer than two nodes take part in what happens. */
    boolean alone() {
        int present = 0;
        for (int i = 0; i < ports.size(); i++) {
            present += ports.get(i).onBus() ? 1 : 0;
        }
        return present < 2;
    }

    /** The node that may start now and has the smallest key; of several with that key, the first that came. */
    @Nullable
    SimulatedPort winner(long now) {
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
        tied = equal;
        return winner;
    }

    /** Whether several nodes had the smallest key when it was last looked for. */
    boolean tied() {
        return tied;
    }

    boolean anyWaiting() {
        for (int i = 0; i < ports.size(); i++) {
            if (ports.get(i).waiting()) {
                return true;
            }
        }
        return false;
    }

    /** When the first node that has to pause may start; {@link Long#MAX_VALUE} if none waits for that. */
    long endOfPause(long now) {
        long until = Long.MAX_VALUE;
        for (SimulatedPort port : ports) {
            if (port.waiting() && port.pausesUntil() > now) {
                until = Math.min(until, port.pausesUntil());
            }
        }
        return until;
    }
}
