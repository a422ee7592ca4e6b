package dev.uptanebench.vehicle.can.simulated;

import dev.uptanebench.vehicle.kernel.World;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Nodes on their way back to the bus. Each counts how often it has seen eleven recessive bits in a row: the end of each
 * frame with its intermission is one, and an idle bus gives one every eleven bits (ISO 11898-1 12.1.4.4).
 */
final class Recoveries {
    private static final int OCCURRENCES = 128;
    private static final int RECESSIVE_BITS = 11;
    /** Recessive bits with which a frame, or an error frame, ends. */
    static final int BITS_AT_END = 8;

    private final World world;
    private final BitRates rates;
    private final Consumer<SimulatedPort> recovered;
    private final List<Waiting> waiting = new ArrayList<>();

    private static final class Waiting {
        private final SimulatedPort port;
        private int left = OCCURRENCES;
        private long since;

        Waiting(SimulatedPort port, long since) {
            this.port = port;
            this.since = since;
        }
    }

    Recoveries(World world, BitRates rates, Consumer<SimulatedPort> recovered) {
        this.world = world;
        this.rates = rates;
        this.recovered = recovered;
    }

    boolean none() {
        return waiting.isEmpty();
    }

    /** @param recessive from when on it counts; {@link Long#MAX_VALUE} while a frame is on the bus */
    void begin(SimulatedPort port, long recessive) {
        if (waiting.stream().noneMatch(other -> other.port == port)) {
            Waiting added = new Waiting(port, recessive);
            waiting.add(added);
            lookLater(added);
        }
    }

    /** A frame starts now. */
    void busy() {
        for (Waiting each : List.copyOf(waiting)) {
            each.left -= seen(each);
            each.since = Long.MAX_VALUE;
            endIfSeen(each);
        }
    }

    /** A frame has ended. */
    void idle(long recessive) {
        for (Waiting each : List.copyOf(waiting)) {
            each.since = recessive;
            lookLater(each);
        }
    }

    private int seen(Waiting each) {
        long idle = world.now() - each.since;
        return each.since == Long.MAX_VALUE || idle < 0
                ? 0
                : (int) Math.min(idle / rates.nanos(RECESSIVE_BITS), OCCURRENCES);
    }

    private void lookLater(Waiting each) {
        long since = each.since;
        if (since == Long.MAX_VALUE) {
            return;
        }
        world.at(since + rates.nanos(RECESSIVE_BITS * each.left), () -> {
            if (each.since == since) {
                each.left -= seen(each);
                endIfSeen(each);
            }
        });
    }

    private void endIfSeen(Waiting each) {
        if (each.left <= 0 && waiting.remove(each) && each.port.open()) {
            recovered.accept(each.port);
        }
    }
}
