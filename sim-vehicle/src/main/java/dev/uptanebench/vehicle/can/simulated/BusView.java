package dev.uptanebench.vehicle.can.simulated;

import dev.uptanebench.vehicle.can.CanError;
import org.jspecify.annotations.Nullable;

/**
 * What every receiver has seen of the frame on the bus so far, and what is wrong with it. Where fields lie is taken from
 * the frame whose sender leads; once a bit differs from it, the frame is lost, and the bits that follow are error flags.
 */
final class BusView {
    private static final int MOST_EQUAL = 5;

    private @Nullable WireFrame layout;
    private int run;
    private int last = 1;
    private int before = 1;
    private boolean clean = true;

    /** The frame whose sender leads, or the last one that did; null if there was none. */
    @Nullable
    WireFrame layout() {
        return layout;
    }

    /** Whether every bit so far was that of the frame. */
    boolean clean() {
        return clean;
    }

    void follow(WireFrame leader) {
        layout = leader;
    }

    /** Takes the next bit in; to be called before the nodes look at it. */
    void add(int bit, int bus) {
        WireFrame leader = layout;
        boolean expected = leader != null && bit < leader.length()
                && (leader.bit(bit) == bus || bit == leader.acknowledgement());
        clean = clean && expected;
        before = last;
        run = bus == last && bit > 0 ? run + 1 : 1;
        last = bus;
    }

    /** What a receiver finds wrong with the bit just added. */
    CanError.@Nullable Kind error(int bit, int bus, ControllerSettings.Format format) {
        WireFrame frame = layout;
        if (frame == null || bit < frame.stuffEnd()) {
            boolean strange = frame != null && frame.frame().fd() && bit == frame.fdFormat() && bus == 1
                    && format == ControllerSettings.Format.CLASSICAL;
            return run > MOST_EQUAL ? CanError.Kind.STUFF : strange ? CanError.Kind.FORM : null;
        }
        if (frame.fixedStuff(bit)) {
            return bus == before ? CanError.Kind.FORM : null;
        }
        if (bit < frame.delimiter() || bit == frame.acknowledgement()) {
            return null;
        }
        if (bit == frame.acknowledgement() + 1 && !clean) {
            return bus == 0 ? CanError.Kind.FORM : CanError.Kind.CHECKSUM;
        }
        return bus == 0 && bit < frame.length() - 1 ? CanError.Kind.FORM : null;
    }
}
