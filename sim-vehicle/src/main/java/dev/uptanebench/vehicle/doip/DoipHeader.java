package dev.uptanebench.vehicle.doip;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The eight bytes before every payload (table 16).
 *
 * @param version 2 of ISO 13400-2:2012, 3 of ISO 13400-2:2019, {@link #ANY_VERSION}
 * @param type see {@link PayloadType}
 * @param length of the payload, up to 2^32 - 1
 */
record DoipHeader(int version, int type, long length) {
    static final int BYTES = 8;
    static final int OLDEST = 2;
    static final int NEWEST = 3;
    /** Who asks for an entity need not know its version. */
    static final int ANY_VERSION = 0xFF;

    private static final int BYTE = 0xFF;
    private static final int SHORT = 0xFFFF;
    private static final long INT = 0xFFFF_FFFFL;

    /** Empty where the two versions do not fit each other, or it is none of those spoken here. */
    static Optional<DoipHeader> read(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes, 0, BYTES);
        int version = in.get() & BYTE;
        int inverse = in.get() & BYTE;
        int type = in.getShort() & SHORT;
        boolean spoken = (version >= OLDEST && version <= NEWEST) || (version == ANY_VERSION && asks(type));
        return spoken && inverse == (version ^ BYTE)
                ? Optional.of(new DoipHeader(version, type, in.getInt() & INT))
                : Optional.empty();
    }

    /** The version of an answer to a message of that one. */
    static int answering(int version) {
        return version == ANY_VERSION ? NEWEST : version;
    }

    private static boolean asks(int type) {
        return type >= PayloadType.IDENTIFICATION_REQUEST.code() && type <= PayloadType.IDENTIFICATION_BY_VIN.code();
    }

    void write(ByteBuffer out) {
        out.put((byte) version).put((byte) ~version).putShort((short) type).putInt((int) length);
    }
}
