package dev.uptanebench.vehicle.can.simulated;

import dev.uptanebench.vehicle.can.CanFrame;

/**
 * How many bits a classical frame has on the wire, counted a byte at a time (ISO 11898-1 10.4 and 10.5).
 *
 * <p>The stuffed region, start bit to checksum, is 34 or 54 bits and the data. Alternating bits in front, which are never
 * stuffed and end recessive as an idle bus does, make it whole bytes: the header then is 8k+1 bits and the checksum
 * follows the last data bit with the one bit left over.
 */
final class FrameBits {
    private static final int CRC_POLYNOMIAL = 0x4599;
    private static final int CRC_MASK = 0x7FFF;
    private static final int LONGEST = 13;
    /** Checksum delimiter, acknowledgement slot and delimiter, end of frame. */
    private static final int TAIL = 10;
    /** Recessive bits between two frames. */
    static final int INTERMISSION = 3;

    private static final long STANDARD_LEAD = 0b010101L << 19;
    private static final long EXTENDED_LEAD = 0b01L << 39;

    /** At {@code distance << 8 | byte}: what a byte with {@code distance} bytes after it adds to the checksum. */
    private static final short[] CRC = crcTable();
    /** At {@code state << 8 | byte}: stuff bits {@code << 3 |} next state; a state is last bit {@code << 2 |} run - 1. */
    private static final byte[] STUFF = stuffTable();

    private FrameBits() {}

    /** Bits from the start of the frame to its end, without intermission. */
    static int length(CanFrame frame) {
        int region = (frame.id().extended() ? 54 : 34) + 8 * dataBytes(frame);
        return region + stuffBits(frame) + TAIL;
    }

    /** The 15-bit checksum over start bit to data. */
    static int crc(CanFrame frame) {
        int bytes = dataBytes(frame);
        return crc(header(frame), data(frame, bytes), bytes);
    }

    /** How many stuff bits the sender inserts. */
    static int stuffBits(CanFrame frame) {
        int bytes = dataBytes(frame);
        long header = header(frame);
        long data = data(frame, bytes);
        boolean extended = frame.id().extended();
        long head = header | (extended ? EXTENDED_LEAD : STANDARD_LEAD);
        int step = 0;
        int count = 0;
        for (int shift = extended ? 33 : 17; shift > 0; shift -= 8) {
            step = step(step, (int) (head >>> shift));
            count += step >> 3;
        }
        int carry = (int) head & 1;
        for (int shift = 8 * bytes - 8; shift >= 0; shift -= 8) {
            int next = (int) (data >>> shift) & 0xFF;
            step = step(step, (carry << 7) | (next >> 1));
            count += step >> 3;
            carry = next & 1;
        }
        int rest = (carry << 15) | crc(header, data, bytes);
        step = step(step, rest >> 8);
        count += step >> 3;
        return count + (step(step, rest) >> 3);
    }

    /** The state after one more byte, with the stuff bits it needed above the three bits of the state. */
    static int step(int before, int next) {
        return STUFF[((before & 7) << 8) | (next & 0xFF)];
    }

    private static int crc(long header, long data, int bytes) {
        int crc = 0;
        int at = 0;
        for (long rest = data; at < (bytes << 8); at += 256) {
            crc ^= CRC[at | ((int) rest & 0xFF)];
            rest >>>= 8;
        }
        for (long rest = header; rest != 0; at += 256) { // leading zeros add nothing
            crc ^= CRC[at | ((int) rest & 0xFF)];
            rest >>>= 8;
        }
        return crc;
    }

    private static int dataBytes(CanFrame frame) {
        return frame.remote() ? 0 : frame.length();
    }

    private static long data(CanFrame frame, int bytes) {
        return bytes == 0 ? 0 : frame.payload() >>> (64 - 8 * bytes);
    }

    /** Start bit to length code: 19 or 39 bits. */
    private static long header(CanFrame frame) {
        long value = frame.id().value();
        long rest = (frame.remote() ? 1L << 6 : 0) | frame.length();
        if (!frame.id().extended()) {
            return (value << 7) | rest;
        }
        return ((value >>> 18) << 27) | (0b11L << 25) | ((value & 0x3FFFF) << 7) | rest;
    }

    private static short[] crcTable() {
        short[] table = new short[LONGEST << 8];
        for (int value = 0; value < 256; value++) {
            int crc = value << 7;
            for (int distance = 0; distance < LONGEST; distance++) {
                for (int bit = 0; bit < 8; bit++) {
                    crc = ((crc << 1) & CRC_MASK) ^ ((crc & 0x4000) == 0 ? 0 : CRC_POLYNOMIAL);
                }
                table[(distance << 8) | value] = (short) crc;
            }
        }
        return table;
    }

    private static byte[] stuffTable() {
        byte[] table = new byte[8 << 8];
        for (int at = 0; at < table.length; at++) {
            int last = at >> 10;
            int run = ((at >> 8) & 3) + 1;
            int stuffed = 0;
            for (int bit = 7; bit >= 0; bit--) {
                int next = (at >> bit) & 1;
                run = next == last ? run + 1 : 1;
                last = next;
                if (run == 5) {
                    stuffed++;
                    last ^= 1;
                    run = 1;
                }
            }
            table[at] = (byte) ((stuffed << 3) | (last << 2) | (run - 1));
        }
        return table;
    }
}
