package dev.uptanebench.vehicle.can;

/**
 * A bit of a frame on the wire, stuff bits counted.
 *
 * @param fromEnd whether {@code bits} counts back from the last bit of the end of frame
 * @param bits 0 for the start bit, or for the very last one
 */
public record BitPosition(boolean fromEnd, int bits) {
    private static final int ACKNOWLEDGEMENT_FROM_END = 8;

    public BitPosition {
        if (bits < 0) {
            throw new IllegalArgumentException("no frame has a bit " + bits);
        }
    }

    /** Counted from the start bit, which is 0. */
    public static BitPosition fromStart(int bits) {
        return new BitPosition(false, bits);
    }

    /** Counted back from the last bit of the end of frame, which is 0. */
    public static BitPosition fromEnd(int bits) {
        return new BitPosition(true, bits);
    }

    /** Where receivers acknowledge. */
    public static BitPosition acknowledgement() {
        return fromEnd(ACKNOWLEDGEMENT_FROM_END);
    }

    /** Its index in a frame of that many bits; may lie outside. */
    public int index(int length) {
        return fromEnd ? length - 1 - bits : bits;
    }
}
