package dev.uptanebench.vehicle.can.simulated;

import dev.uptanebench.vehicle.can.CanFrame;
import java.util.concurrent.TimeUnit;

/**
 * How fast a bus is, and so how long a frame takes. Everything up to BRS and from the acknowledgement slot on goes at the
 * nominal rate; what lies between goes at the data rate in a CAN FD frame that switches. The two bits in which the rate
 * changes are counted whole, which moves no frame's end by more than one nominal bit.
 *
 * @param nominal bits per second
 * @param data bits per second after the switch; 0 for a bus that carries classical frames only
 */
public record BitRates(int nominal, int data) {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /** @throws IllegalArgumentException if the nominal rate is not positive or the data rate negative */
    public BitRates {
        if (nominal <= 0 || data < 0) {
            throw new IllegalArgumentException("no bus has " + nominal + " and " + data + " bits per second");
        }
    }

    /** A bus for classical frames only. */
    public static BitRates classical(int nominal) {
        return new BitRates(nominal, 0);
    }

    /** Whether CAN FD frames may be sent. */
    public boolean fd() {
        return data > 0;
    }

    /** Nanoseconds of so many bits at the nominal rate. */
    long nanos(int bits) {
        return bits * SECOND / nominal;
    }

    /** Nanoseconds of so many bits at the nominal and so many at the data rate. */
    long nanos(int nominalBits, int dataBits) {
        return nanos(nominalBits) + (dataBits == 0 ? 0 : dataBits * SECOND / data);
    }

    /** Nanoseconds from a frame's first bit to the end of its last, without intermission. */
    public long nanos(CanFrame frame) {
        if (!frame.fd()) {
            return nanos(FrameBits.length(frame));
        }
        int all = FdFrameBits.length(frame);
        int nominalBits = frame.switches() ? FdFrameBits.nominalBits(frame) : all;
        return nanos(nominalBits, all - nominalBits);
    }
}
