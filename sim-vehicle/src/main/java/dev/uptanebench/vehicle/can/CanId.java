package dev.uptanebench.vehicle.can;

import java.util.Locale;

/** An identifier of 11 bits, or of 29 when extended (ISO 11898-1 10.4). */
public record CanId(int value, boolean extended) {
    private static final int EXTENDED_FLAG = 0x8000_0000;
    private static final int STANDARD_MASK = 0x7FF;
    private static final int EXTENDED_MASK = 0x1FFF_FFFF;
    private static final int STANDARD_DIGITS = 3;
    private static final int EXTENDED_DIGITS = 8;

    /** @throws IllegalArgumentException if the value has more bits than the format */
    public CanId {
        int mask = extended ? EXTENDED_MASK : STANDARD_MASK;
        if ((value & ~mask) != 0) {
            throw new IllegalArgumentException("identifier " + Integer.toHexString(value) + " does not fit");
        }
    }

    public static CanId standard(int value) {
        return new CanId(value, false);
    }

    public static CanId extended(int value) {
        return new CanId(value, true);
    }

    /**
     * Reads 3 hex digits as an 11-bit and 8 as a 29-bit identifier, as candump does.
     *
     * @throws IllegalArgumentException if it is neither
     */
    public static CanId parse(String text) {
        boolean extended = text.length() == EXTENDED_DIGITS;
        if (!extended && text.length() != STANDARD_DIGITS) {
            throw new IllegalArgumentException("an identifier has 3 or 8 hex digits: " + text);
        }
        return new CanId(Integer.parseUnsignedInt(text, 16), extended);
    }

    /** The value with bit 31 set when extended, as in SocketCAN. */
    public int raw() {
        return extended ? value | EXTENDED_FLAG : value;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, extended ? "%08X" : "%03X", value);
    }
}
