package dev.uptanebench.vehicle.can.simulated;

import dev.uptanebench.vehicle.can.CanFrame;

/**
 * How many bits a CAN FD frame has on the wire, counted a byte at a time (ISO 11898-1:2015 10.4.2). The checksum has
 * fixed stuff bits and so does not need to be known.
 *
 * <p>As in {@link FrameBits}, alternating bits are put in front so that BRS ends a byte. ESI and the length code, five
 * bits, then shift the data against the bytes that are looked up.
 */
final class FdFrameBits {
    /** Most data bytes that are guarded by the shorter checksum. */
    static final int SHORT_CHECKSUM_BYTES = 16;

    /** Acknowledgement slot and delimiter, end of frame. */
    private static final int TAIL = 9;
    /** Stuff count, checksum of 17 bits, six fixed stuff bits, delimiter. */
    private static final int SHORT_CHECKSUM = 4 + 17 + 6 + 1;
    /** Stuff count, checksum of 21 bits, seven fixed stuff bits, delimiter. */
    private static final int LONG_CHECKSUM = 4 + 21 + 7 + 1;
    private static final int STANDARD_TO_BRS = 17;
    private static final int EXTENDED_TO_BRS = 36;
    private static final int ESI_AND_LENGTH = 5;
    private static final int FDF = 0b100;
    private static final long STANDARD_LEAD = 0b1010101L << STANDARD_TO_BRS;
    private static final long EXTENDED_LEAD = 0b0101L << EXTENDED_TO_BRS;

    /** At {@code state << 5 | bits}: stuff bits among the last five bits, none after the very last. */
    private static final byte[] LAST_FIVE = lastFive();

    private FdFrameBits() {}

    /** Bits from the start of the frame to its end, without intermission. */
    static int length(CanFrame frame) {
        int bytes = frame.length();
        int checksum = bytes > SHORT_CHECKSUM_BYTES ? LONG_CHECKSUM : SHORT_CHECKSUM;
        return toBrs(frame) + ESI_AND_LENGTH + 8 * bytes + stuffBits(frame) + checksum + TAIL;
    }

    /** Bits before and after the part that goes at the data rate if the frame switches. */
    static int nominalBits(CanFrame frame) {
        return toBrs(frame) + (throughBrs(frame) >> 3) + TAIL;
    }

    /** How many dynamic stuff bits the sender inserts. */
    static int stuffBits(CanFrame frame) {
        int step = throughBrs(frame);
        int count = step >> 3;
        int carry = (frame.errorPassive() ? 1 << 4 : 0) | frame.lengthCode();
        int bytes = frame.length();
        long first = frame.payload();
        for (int i = 0; i < bytes; i++) {
            int next = i < CanFrame.MAX_LENGTH ? (int) (first >>> (56 - 8 * i)) & 0xFF : frame.byteAt(i);
            step = FrameBits.step(step, (carry << 3) | (next >> 5));
            count += step >> 3;
            carry = next & 0x1F;
        }
        return count + LAST_FIVE[((step & 7) << 5) | carry];
    }

    private static int toBrs(CanFrame frame) {
        return frame.id().extended() ? EXTENDED_TO_BRS : STANDARD_TO_BRS;
    }

    /** State after BRS with the number of stuff bits so far above it; there is none between BRS and ESI when it switches. */
    private static int throughBrs(CanFrame frame) {
        long value = frame.id().value();
        long rest = FDF | (frame.switches() ? 1 : 0);
        boolean extended = frame.id().extended();
        long head = extended
                ? EXTENDED_LEAD | ((value >>> 18) << 24) | (0b11L << 22) | ((value & 0x3FFFF) << 4) | rest
                : STANDARD_LEAD | (value << 5) | rest;
        int step = 0;
        int count = 0;
        for (int shift = extended ? 32 : 16; shift >= 0; shift -= 8) {
            step = FrameBits.step(step, (int) (head >>> shift));
            count += step >> 3;
        }
        return (count << 3) | (step & 7);
    }

    private static byte[] lastFive() {
        byte[] table = new byte[8 << 5];
        for (int at = 0; at < table.length; at++) {
            int last = at >> 7;
            int run = ((at >> 5) & 3) + 1;
            for (int bit = 4; bit > 0; bit--) {
                int next = (at >> bit) & 1;
                run = next == last ? run + 1 : 1;
                last = next;
                if (run == 5) {
                    table[at]++;
                    last ^= 1;
                    run = 1;
                }
            }
        }
        return table;
    }
}
