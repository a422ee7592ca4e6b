package dev.uptanebench.vehicle.can.simulated;

import dev.uptanebench.vehicle.can.CanError;
import org.jspecify.annotations.Nullable;

/**
 * One controller during one disturbed frame, bit by bit: what it drives, what it makes of what it sees, and what that does
 * to its counters (ISO 11898-1 10.9 to 10.11 and 12.1.4). Rules are numbered as in 12.1.4.2.
 */
final class BitNode {
    private static final int FLAG_BITS = 6;
    private static final int DELIMITER_BITS = 8;
    /** Dominant bits after a flag for which the counters grow again (rule f). */
    private static final int MORE_DOMINANT = 8;

    private enum Phase {
        FRAME,
        ACTIVE_FLAG,
        PASSIVE_FLAG,
        AFTER_FLAG,
        DELIMITER,
        DONE
    }

    private final SimulatedPort port;
    private final @Nullable WireFrame own;
    private Phase phase = Phase.FRAME;
    private boolean sending;
    private boolean overload;
    private boolean succeeded;
    private boolean unacknowledged;
    private int count;
    private int previous;
    private CanError.@Nullable Kind error;
    private int errorBit;

    /** @param own the frame it sends, null for a receiver */
    BitNode(SimulatedPort port, @Nullable WireFrame own) {
        this.port = port;
        this.own = own;
        this.sending = own != null;
    }

    SimulatedPort port() {
        return port;
    }

    /** The frame it tried to send. */
    @Nullable
    WireFrame own() {
        return own;
    }

    /** Whether it is in the middle of its own frame. */
    boolean leads() {
        return sending && phase == Phase.FRAME;
    }

    /** Whether it began as a sender and has not lost arbitration. */
    boolean sending() {
        return sending;
    }

    boolean done() {
        return phase == Phase.DONE;
    }

    /** Whether it takes the frame for sent, or for received. */
    boolean succeeded() {
        return succeeded;
    }

    /** The first error it noticed. */
    CanError.@Nullable Kind error() {
        return error;
    }

    int errorBit() {
        return errorBit;
    }

    /** It does not understand this frame and keeps out of it. */
    void ignore() {
        phase = Phase.DONE;
    }

    /** What it drives in the next bit. */
    int drives(int bit, @Nullable WireFrame layout, boolean clean) {
        return switch (phase) {
            case FRAME -> {
                WireFrame mine = own;
                if (sending && mine != null) {
                    yield mine.bit(bit);
                }
                yield layout != null && clean && bit == layout.acknowledgement() ? 0 : 1;
            }
            case ACTIVE_FLAG -> 0;
            case PASSIVE_FLAG, AFTER_FLAG, DELIMITER, DONE -> 1;
        };
    }

    /** The bus has shown this bit. */
    void sees(int bit, int bus, BusView view) {
        switch (phase) {
            case FRAME -> frame(bit, bus, view);
            case ACTIVE_FLAG -> {
                if (++count == FLAG_BITS) {
                    afterFlag();
                }
            }
            case PASSIVE_FLAG -> passiveFlag(bus);
            case AFTER_FLAG -> afterFlag(bus);
            case DELIMITER -> delimiter(bit, bus);
            case DONE -> {
            }
        }
        if (port.counters().off()) {
            phase = Phase.DONE;
        }
    }

    private void frame(int bit, int bus, BusView view) {
        WireFrame mine = own;
        if (sending && mine != null) {
            send(mine, bit, bus);
        } else {
            receive(bit, bus, view);
        }
    }

    private void send(WireFrame mine, int bit, int bus) {
        int sent = mine.bit(bit);
        if (bit == mine.acknowledgement()) {
            if (bus == 1) {
                unacknowledged = true;
                notice(CanError.Kind.ACKNOWLEDGEMENT, bit);
            }
        } else if (sent == 1 && bus == 0 && bit < mine.arbitrationEnd()) {
            if (mine.stuff(bit)) {
                flag(CanError.Kind.STUFF, bit); // rule c, exception 2: TEC stays
            } else {
                sending = false;
            }
        } else if (sent != bus) {
            notice(bit > mine.acknowledgement() ? CanError.Kind.FORM : CanError.Kind.BIT, bit);
        } else if (bit == mine.length() - 1) {
            succeeded = true;
            phase = Phase.DONE;
        }
    }

    private void receive(int bit, int bus, BusView view) {
        CanError.Kind found = view.error(bit, bus, port.settings().format());
        WireFrame layout = view.layout();
        if (found != null) {
            notice(found, bit);
        } else if (layout != null && bit == layout.length() - 2) {
            succeeded = true;
        } else if (layout != null && bit == layout.length() - 1) {
            if (bus == 1) {
                phase = Phase.DONE;
            } else {
                overload = true; // too late for an error: the frame stands
                count = 0;
                phase = Phase.ACTIVE_FLAG;
            }
        }
    }

    /** Rules a and c. */
    private void notice(CanError.Kind kind, int bit) {
        boolean passive = port.counters().passive();
        flag(kind, bit);
        if (!sending) {
            port.counters().receiveError(1);
        } else if (!(unacknowledged && passive)) {
            port.counters().transmitError();
        }
    }

    private void flag(CanError.Kind kind, int bit) {
        if (error == null) {
            error = kind;
            errorBit = bit;
        }
        count = 0;
        previous = -1;
        phase = port.counters().passive() ? Phase.PASSIVE_FLAG : Phase.ACTIVE_FLAG;
    }

    private void passiveFlag(int bus) {
        if (bus == 0 && unacknowledged) {
            unacknowledged = false; // rule c, exception 1 does not hold: somebody is there
            port.counters().transmitError();
        }
        count = bus == previous ? count + 1 : 1;
        previous = bus;
        if (count == FLAG_BITS) {
            afterFlag();
        }
    }

    private void afterFlag() {
        phase = Phase.AFTER_FLAG;
        count = 0;
    }

    private void afterFlag(int bus) {
        if (bus == 1) {
            phase = Phase.DELIMITER;
            count = 1;
            return;
        }
        count++;
        if (count == 1 && !sending && !overload) {
            port.counters().receiveError(MORE_DOMINANT); // rule b
        }
        if (count % MORE_DOMINANT == 0) {
            more();
        }
    }

    /** Rule f. */
    private void more() {
        if (sending) {
            port.counters().transmitError();
        } else {
            port.counters().receiveError(MORE_DOMINANT);
        }
    }

    private void delimiter(int bit, int bus) {
        if (bus == 0) {
            notice(CanError.Kind.FORM, bit);
        } else if (++count == DELIMITER_BITS) {
            phase = Phase.DONE;
        }
    }

    /** The frame is over although this node is not yet ready for the next. */
    boolean bystander() {
        return phase == Phase.PASSIVE_FLAG || phase == Phase.AFTER_FLAG || phase == Phase.DELIMITER;
    }
}
