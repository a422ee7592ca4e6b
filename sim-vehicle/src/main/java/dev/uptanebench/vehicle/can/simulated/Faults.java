package dev.uptanebench.vehicle.can.simulated;

import dev.uptanebench.vehicle.can.Attachment;
import dev.uptanebench.vehicle.can.BitPosition;
import dev.uptanebench.vehicle.can.BusFault;
import dev.uptanebench.vehicle.can.CanFrame;
import dev.uptanebench.vehicle.can.IdFilter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The faults that wait for their frames, and how long the bus is held dominant. */
final class Faults {
    private static final int DESTROYING_BITS = 6;

    private final List<Armed> armed = new ArrayList<>();
    private long dominantUntil = Long.MIN_VALUE;

    private static final class Armed {
        private final IdFilter filter;
        private final BitPosition position;
        private final boolean flips;
        private int left;

        Armed(IdFilter filter, int frames, BitPosition position, boolean flips) {
            this.filter = filter;
            this.left = frames;
            this.position = position;
            this.flips = flips;
        }

        Contention.LineFault at(int from) {
            return flips
                    ? (bit, bus) -> bit == from ? bus ^ 1 : bus
                    : (bit, bus) -> bit >= from && bit < from + DESTROYING_BITS ? 0 : bus;
        }
    }

    Attachment add(BusFault fault, long now) {
        return switch (fault) {
            case BusFault.Destroy(IdFilter filter, int frames, BitPosition position) ->
                arm(new Armed(filter, frames, position, false));
            case BusFault.Flip(IdFilter filter, int frames, BitPosition position) ->
                arm(new Armed(filter, frames, position, true));
            case BusFault.StuckDominant(Duration duration) -> {
                dominantUntil = Math.max(dominantUntil, now + duration.toNanos());
                yield () -> {};
            }
        };
    }

    private Attachment arm(Armed fault) {
        if (fault.left > 0) {
            armed.add(fault);
        }
        return () -> armed.remove(fault);
    }

    long dominantUntil() {
        return dominantUntil;
    }

    /** Whether one of them waits for such a frame. */
    boolean concern(CanFrame frame) {
        for (int i = 0; i < armed.size(); i++) {
            if (armed.get(i).filter.matches(frame.id())) {
                return true;
            }
        }
        return false;
    }

    /** What happens to this frame; counts it. */
    Contention.LineFault on(WireFrame wire) {
        Contention.LineFault all = Contention.LineFault.NONE;
        for (Armed fault : List.copyOf(armed)) {
            int index = fault.position.index(wire.length());
            if (index < 0 || index >= wire.length() || !fault.filter.matches(wire.frame().id())) {
                continue;
            }
            if (--fault.left == 0) {
                armed.remove(fault);
            }
            Contention.LineFault before = all;
            Contention.LineFault next = fault.at(index);
            all = (bit, bus) -> next.apply(bit, before.apply(bit, bus));
        }
        return all;
    }
}
