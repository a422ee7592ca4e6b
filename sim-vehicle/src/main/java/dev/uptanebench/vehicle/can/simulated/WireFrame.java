package dev.uptanebench.vehicle.can.simulated;

import dev.uptanebench.vehicle.can.CanFrame;
import java.util.Arrays;

/**
 * A frame bit by bit, as its sender drives it: needed only where something goes wrong, because lengths and times of
 * ordinary frames come from tables. Bits are 0 (dominant) and 1 (recessive), numbered from the start bit.
 */
final class WireFrame {
    private static final int LONGEST = 800;
    private static final int CRC15 = 0x4599;
    private static final int CRC17 = 0x1685B;
    private static final int CRC21 = 0x102899;
    private static final int END_OF_FRAME = 7;

    private enum Kind {
        FIELD,
        STUFF,
        FIXED_STUFF
    }

    private final CanFrame frame;
    private final byte[] bits = new byte[LONGEST];
    private final Kind[] kinds = new Kind[LONGEST];
    private int length;
    private int run;
    private int stuffed;
    private int arbitrationEnd;
    private int fdFormat;
    private int fast;
    private int stuffEnd;
    private int delimiter;

    WireFrame(CanFrame frame) {
        this.frame = frame;
        header();
        for (byte data : frame.data()) {
            stuffed(data & 0xFF, 8);
        }
        if (frame.fd()) {
            fdChecksum();
        } else {
            stuffed(crc(15, CRC15, 0, true), 15);
            stuffEnd = length;
        }
        delimiter = length;
        plain(1, 1); // checksum delimiter
        plain(0b11, 2); // acknowledgement slot and delimiter
        plain((1 << END_OF_FRAME) - 1, END_OF_FRAME);
    }

    private void header() {
        int value = frame.id().value();
        stuffed(0, 1);
        if (frame.id().extended()) {
            stuffed(value >> 18, 11);
            stuffed(0b11, 2);
            stuffed(value & 0x3FFFF, 18);
        } else {
            stuffed(value, 11);
        }
        stuffed(frame.remote() ? 1 : 0, 1);
        arbitrationEnd = length;
        if (!frame.id().extended()) {
            stuffed(0, 1);
        }
        fdFormat = length;
        if (frame.fd()) {
            stuffed(0b10, 2);
            stuffed(frame.switches() ? 1 : 0, 1);
            fast = length;
            stuffed(frame.errorPassive() ? 1 : 0, 1);
        } else {
            stuffed(0, frame.id().extended() ? 2 : 1);
        }
        stuffed(frame.lengthCode(), 4);
    }

    /** Stuff count and checksum, each group of four bits behind the complement of the bit before it. */
    private void fdChecksum() {
        if (kinds[length - 1] == Kind.STUFF) {
            length--; // a fixed stuff bit stands there instead
            stuffed--;
        }
        stuffEnd = length;
        int gray = (stuffed & 7) ^ ((stuffed & 7) >> 1);
        int count = (gray << 1) | (Integer.bitCount(gray) & 1);
        boolean shorter = frame.length() <= FdFrameBits.SHORT_CHECKSUM_BYTES;
        int width = shorter ? 17 : 21;
        int crc = crc(width, shorter ? CRC17 : CRC21, 1 << (width - 1), false);
        for (int bit = 3; bit >= 0; bit--) {
            crc = crcStep(crc, (count >> bit) & 1, width, shorter ? CRC17 : CRC21);
        }
        long all = ((long) count << width) | crc;
        for (int left = 4 + width - 1, at = 0; left >= 0; left--, at++) {
            if (at % 4 == 0) {
                add(bits[length - 1] ^ 1, Kind.FIXED_STUFF);
            }
            add((int) (all >> left) & 1, Kind.FIELD);
        }
    }

    /** Checksum over everything so far. */
    private int crc(int width, int polynomial, int start, boolean withoutStuffBits) {
        int crc = start;
        for (int i = 0; i < length; i++) {
            if (!withoutStuffBits || kinds[i] != Kind.STUFF) {
                crc = crcStep(crc, bits[i], width, polynomial);
            }
        }
        return crc;
    }

    private static int crcStep(int crc, int bit, int width, int polynomial) {
        int top = (crc >> (width - 1)) & 1;
        int shifted = (crc << 1) & ((1 << width) - 1);
        return top == bit ? shifted : shifted ^ (polynomial & ((1 << width) - 1));
    }

    private void stuffed(int value, int count) {
        for (int bit = count - 1; bit >= 0; bit--) {
            int next = (value >> bit) & 1;
            run = length > 0 && bits[length - 1] == next ? run + 1 : 1;
            add(next, Kind.FIELD);
            if (run == 5) {
                add(next ^ 1, Kind.STUFF);
                stuffed++;
                run = 1;
            }
        }
    }

    private void plain(int value, int count) {
        for (int bit = count - 1; bit >= 0; bit--) {
            add((value >> bit) & 1, Kind.FIELD);
        }
    }

    private void add(int bit, Kind kind) {
        kinds[length] = kind;
        bits[length++] = (byte) bit;
    }

    CanFrame frame() {
        return frame;
    }

    /** Number of bits from start bit to end of frame. */
    int length() {
        return length;
    }

    int bit(int index) {
        return bits[index];
    }

    /** Whether it is a stuff bit of the part in which runs are broken. */
    boolean stuff(int index) {
        return kinds[index] == Kind.STUFF;
    }

    /** Whether it is one of the stuff bits at fixed places in a CAN FD frame's checksum. */
    boolean fixedStuff(int index) {
        return kinds[index] == Kind.FIXED_STUFF;
    }

    /** Index of the first bit after identifier and remote bit. */
    int arbitrationEnd() {
        return arbitrationEnd;
    }

    /** Index of the bit that is recessive in a CAN FD frame and dominant in a classical one. */
    int fdFormat() {
        return fdFormat;
    }

    /** Index of the first bit after the part in which runs of equal bits are broken. */
    int stuffEnd() {
        return stuffEnd;
    }

    int delimiter() {
        return delimiter;
    }

    int acknowledgement() {
        return delimiter + 1;
    }

    /** Whether a bit goes at the data rate. */
    boolean fast(int index) {
        return frame.switches() && index >= fast && index <= delimiter;
    }

    /** The first bit that begins at or after this time, in nanoseconds from the start of the frame. */
    int bitAt(long after, BitRates rates) {
        int slow = 0;
        int quick = 0;
        for (int bit = 0; bit < length && rates.nanos(slow, quick) < after; bit++) {
            if (fast(bit)) {
                quick++;
            } else {
                slow++;
            }
        }
        return slow + quick;
    }

    /** Zeros and ones. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(length);
        for (byte bit : Arrays.copyOf(bits, length)) {
            text.append(bit);
        }
        return text.toString();
    }
}
