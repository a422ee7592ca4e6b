package dev.uptanebench.vehicle.can.dbc;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * A number in a message. Its physical value is {@code raw * factor + offset}.
 *
 * @param start number of the bit it begins at, by bytes of which bit 0 is the least significant: the least significant
 *        bit of a signal of Intel's order, the most significant one of Motorola's
 * @param length in bits, 1 to 64
 * @param bigEndian Motorola's order of bytes
 * @param multiplexing when it is there
 * @param initial raw value that it begins with ({@code GenSigStartValue}); empty where nothing is said
 * @param meanings of raw values
 */
public record DbcSignal(String name, int start, int length, boolean bigEndian, boolean signed, double factor,
        double offset, double minimum, double maximum, String unit, Multiplexing multiplexing, OptionalDouble initial,
        Map<Long, String> meanings) {

    /**
     * When a signal is in its message.
     *
     * @param selects whether its own value decides over others
     * @param by value of the message's selector, or of {@code selector}, for which it is there; empty for always
     * @param selector name of the signal that decides; empty for the message's only one
     * @param ranges further values for which it is there
     */
    public record Multiplexing(boolean selects, OptionalInt by, String selector, List<long[]> ranges) {
        static final Multiplexing NONE = new Multiplexing(false, OptionalInt.empty(), "", List.of());
    }

    public DbcSignal {
        meanings = Map.copyOf(meanings);
    }

    DbcSignal with(Multiplexing other) {
        return new DbcSignal(name, start, length, bigEndian, signed, factor, offset, minimum, maximum, unit, other,
                initial, meanings);
    }

    DbcSignal with(OptionalDouble begin, Map<Long, String> values) {
        return new DbcSignal(name, start, length, bigEndian, signed, factor, offset, minimum, maximum, unit,
                multiplexing, begin, values);
    }

    /** Whether it lies in a message of so many bytes. */
    boolean fits(int bytes) {
        if (!bigEndian) {
            return start + length <= 8 * bytes;
        }
        int first = 8 * (start / 8) + 7 - start % 8; // counted from the most significant bit of byte 0
        return first + length <= 8 * bytes;
    }

    /** Puts a raw value in its place; bits that have no room are left out. */
    public void put(byte[] data, long raw) {
        for (int i = 0; i < length; i++) {
            int bit = bit(i);
            int mask = 1 << (bit % 8);
            if (((raw >>> i) & 1) == 1) {
                data[bit / 8] |= (byte) mask;
            } else {
                data[bit / 8] &= (byte) ~mask;
            }
        }
    }

    /** The raw value, as a number with a sign if it has one. */
    public long raw(byte[] data) {
        long raw = 0;
        for (int i = 0; i < length; i++) {
            int bit = bit(i);
            raw |= (long) ((data[bit / 8] >> (bit % 8)) & 1) << i;
        }
        boolean negative = signed && length < Long.SIZE && ((raw >>> (length - 1)) & 1) == 1;
        return negative ? raw | (-1L << length) : raw;
    }

    /** Where the bit lies that is the i-th from the least significant one. */
    private int bit(int i) {
        if (!bigEndian) {
            return start + i;
        }
        int first = 8 * (start / 8) + 7 - start % 8;
        int wanted = first + length - 1 - i;
        return 8 * (wanted / 8) + 7 - wanted % 8;
    }
}
