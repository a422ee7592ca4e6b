package dev.uptanebench.vehicle.delta;

import dev.uptanebench.vehicle.delta.CodeTable.Instruction;
import java.util.Arrays;
import java.util.zip.Adler32;

/**
 * Reads a delta window by window (RFC 3284, section 4). Header data of an application and checksums of windows, which
 * xdelta writes, are read too; what is compressed further, or has a code table of its own, is refused.
 */
final class VcdiffDecoder {
    private static final int VCD_TARGET = 2;
    private static final int VCD_ADLER32 = 4;
    private static final int VCD_APPHEADER = 4;
    private final byte[] source;
    private final long limit;
    private final AddressCache addresses = new AddressCache();
    private byte[] made = {};
    private int size;

    /** Bytes that are there already and may be copied from. */
    private static final class Segment {
        private final byte[] bytes;
        private final int from;
        private final int length;

        Segment(byte[] bytes, int from, int length) {
            this.bytes = bytes;
            this.from = from;
            this.length = length;
        }
    }

    VcdiffDecoder(byte[] source, long limit) {
        this.source = source;
        this.limit = Math.min(limit, Integer.MAX_VALUE - Long.BYTES); // the longest array there is
    }

    byte[] decode(VcdiffInput delta) throws NoDelta {
        for (int expected : Vcdiff.MAGIC) {
            if (delta.octet() != expected) {
                throw new NoDelta("it does not begin as VCDIFF does");
            }
        }
        int indicator = delta.octet();
        if ((indicator & ~VCD_APPHEADER) != 0) {
            throw new NoDelta("it is compressed further or has a code table of its own");
        }
        if (indicator == VCD_APPHEADER) {
            delta.part(delta.number());
        }
        while (!delta.ended()) {
            window(delta);
        }
        return Arrays.copyOf(made, size);
    }

    private void window(VcdiffInput delta) throws NoDelta {
        int indicator = delta.octet();
        int from = indicator & (Vcdiff.VCD_SOURCE | VCD_TARGET);
        if (from == (Vcdiff.VCD_SOURCE | VCD_TARGET) || (indicator & ~(from | VCD_ADLER32)) != 0) {
            throw new NoDelta("a window begins with " + indicator);
        }
        Segment segment = segment(from, delta);
        VcdiffInput window = delta.part(delta.number());
        int length = window.number();
        if (length > limit - size) {
            throw new NoDelta("it makes more than " + limit + " bytes");
        }
        if (window.octet() != 0) {
            throw new NoDelta("a part of it is compressed further");
        }
        int dataLength = window.number();
        int instructionsLength = window.number();
        int addressesLength = window.number();
        long checksum = (indicator & VCD_ADLER32) == 0 ? -1 : window.fourOctets();
        Window parts = new Window(segment, size + length, window.part(dataLength), window.part(instructionsLength),
                window.part(addressesLength));
        if (!window.ended()) {
            throw new NoDelta("a window has more bytes than parts");
        }
        makeRoom(size + length);
        addresses.clear();
        parts.run();
        if (checksum >= 0 && checksum != adler32(size - length, length)) {
            throw new NoDelta("a window does not have its checksum; it is meant for another image");
        }
    }

    private Segment segment(int from, VcdiffInput delta) throws NoDelta {
        if (from == 0) {
            return new Segment(source, 0, 0);
        }
        int there = from == Vcdiff.VCD_SOURCE ? source.length : size;
        int length = delta.number();
        int position = delta.number();
        if ((long) position + length > there) {
            throw new NoDelta("it is meant for an image of at least " + ((long) position + length) + " bytes, not of "
                    + there);
        }
        return new Segment(from == Vcdiff.VCD_SOURCE ? source : made, position, length);
    }

    /** Doubles, so that many small windows cost no more than a large one. */
    private void makeRoom(int needed) {
        if (needed > made.length) {
            made = Arrays.copyOf(made, (int) Math.min(limit, Math.max(needed, 2L * made.length)));
        }
    }

    private long adler32(int from, int length) {
        Adler32 sum = new Adler32();
        sum.update(made, from, length);
        return sum.getValue();
    }

    /** What a window makes is addressed as if it followed its segment. */
    private final class Window {
        private final Segment segment;
        private final int begin = size;
        private final int end;
        private final VcdiffInput data;
        private final VcdiffInput instructions;
        private final VcdiffInput addressed;

        Window(Segment segment, int end, VcdiffInput data, VcdiffInput instructions, VcdiffInput addressed) {
            this.segment = segment;
            this.end = end;
            this.data = data;
            this.instructions = instructions;
            this.addressed = addressed;
        }

        void run() throws NoDelta {
            while (!instructions.ended()) {
                int code = instructions.octet();
                perform(CodeTable.first(code));
                perform(CodeTable.second(code));
            }
            if (size != end || !data.ended() || !addressed.ended()) {
                throw new NoDelta("a window says that it makes " + (end - begin) + " bytes, and makes " + (size - begin)
                        + " or leaves something over");
            }
        }

        private void perform(Instruction instruction) throws NoDelta {
            if (instruction.kind() == CodeTable.NONE) {
                return;
            }
            int length = instruction.size() == 0 ? instructions.number() : instruction.size();
            if (length > end - size) {
                throw new NoDelta("a window makes more than it says");
            }
            switch (instruction.kind()) {
                case CodeTable.ADD -> data.copyTo(made, size, length);
                case CodeTable.RUN -> Arrays.fill(made, size, size + length, (byte) data.octet());
                default -> copy(addresses.address(instruction.mode(), addressed, segment.length + size - begin),
                        length);
            }
            size += length;
        }

        /** Byte by byte: a copy may run from the segment into what is made, and into what it makes itself. */
        private void copy(int address, int length) {
            for (int i = 0; i < length; i++) {
                int from = address + i;
                made[size + i] = from < segment.length
                        ? segment.bytes[segment.from + from]
                        : made[begin + from - segment.length];
            }
        }
    }
}
