package dev.uptanebench.vehicle.isotp;

import dev.uptanebench.vehicle.can.CanId;

/**
 * Where one end of a conversation sends and listens (ISO 15765-2 10.3).
 *
 * @param sends identifier of the frames this end sends
 * @param receives identifier of the frames it listens to
 * @param sendsByte first data byte of the frames it sends; -1 for none
 * @param receivesByte first data byte of the frames it listens to; -1 for none
 * @param functional whether it speaks to everybody, and so in single frames only
 */
public record IsoTpAddress(CanId sends, CanId receives, int sendsByte, int receivesByte, boolean functional) {
    private static final int NONE = -1;
    private static final int BYTE = 0xFF;
    private static final int NORMAL_FIXED = 0x18DA_0000;
    private static final int NORMAL_FIXED_FUNCTIONAL = 0x18DB_0000;
    private static final int MIXED_FIXED = 0x18CE_0000;

    /** @throws IllegalArgumentException if a byte is none, or only one direction has one */
    public IsoTpAddress {
        if (sendsByte < NONE || sendsByte > BYTE || receivesByte < NONE || receivesByte > BYTE
                || (sendsByte == NONE) != (receivesByte == NONE)) {
            throw new IllegalArgumentException("an address byte is 0 to 255, in both directions or none");
        }
    }

    /** Normal addressing: the identifiers say it all. */
    public static IsoTpAddress normal(CanId sends, CanId receives) {
        return new IsoTpAddress(sends, receives, NONE, NONE, false);
    }

    /** Normal fixed addressing: {@code 18DA<target><source>}. */
    public static IsoTpAddress normalFixed(int own, int other) {
        return normal(fixed(NORMAL_FIXED, other, own), fixed(NORMAL_FIXED, own, other));
    }

    /** To everybody by normal fixed addressing: {@code 18DB<target><source>}; nothing is expected back. */
    public static IsoTpAddress functionalFixed(int own, int group) {
        return normal(fixed(NORMAL_FIXED_FUNCTIONAL, group, own), fixed(NORMAL_FIXED, own, group)).toEverybody();
    }

    /** Extended addressing: the first byte of each frame names its target. */
    public static IsoTpAddress extended(CanId sends, CanId receives, int own, int other) {
        return new IsoTpAddress(sends, receives, other & BYTE, own & BYTE, false);
    }

    /** Mixed addressing with 11-bit identifiers: the first byte of each frame is the same address extension. */
    public static IsoTpAddress mixed(CanId sends, CanId receives, int extension) {
        return new IsoTpAddress(sends, receives, extension & BYTE, extension & BYTE, false);
    }

    /** Mixed addressing with 29-bit identifiers: {@code 18CE<target><source>} and the same first byte in each frame. */
    public static IsoTpAddress mixedFixed(int own, int other, int extension) {
        return mixed(fixed(MIXED_FIXED, other, own), fixed(MIXED_FIXED, own, other), extension);
    }

    private static CanId fixed(int base, int target, int source) {
        return CanId.extended(base | ((target & BYTE) << 8) | (source & BYTE));
    }

    /** The same, for single frames only. */
    public IsoTpAddress toEverybody() {
        return new IsoTpAddress(sends, receives, sendsByte, receivesByte, true);
    }

    /** The other end of the same pair. */
    public IsoTpAddress reversed() {
        return new IsoTpAddress(receives, sends, receivesByte, sendsByte, functional);
    }

    /** Bytes of a frame in front of its control information: 0 or 1. */
    int prefix() {
        return sendsByte == NONE ? 0 : 1;
    }
}
