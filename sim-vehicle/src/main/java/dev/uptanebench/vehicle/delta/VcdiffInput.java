package dev.uptanebench.vehicle.delta;

/** A part of a delta, read from its beginning to its end. */
final class VcdiffInput {
    private static final int SEVEN_BITS = 0x7F;
    private static final int MORE = 0x80;

    private final byte[] bytes;
    private final int end;
    private int at;

    VcdiffInput(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    private VcdiffInput(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    boolean ended() {
        return at == end;
    }

    int octet() throws NoDelta {
        require(1);
        return bytes[at++] & 0xFF;
    }

    /** A number of as many bytes as it needs, seven bits in each, at most 2^31 - 1 (section 2). */
    int number() throws NoDelta {
        long number = 0;
        int octet;
        do {
            octet = octet();
            number = (number << 7) | (octet & SEVEN_BITS);
            if (number > Integer.MAX_VALUE) {
                throw new NoDelta("it has a number beyond 2^31 - 1");
            }
        } while ((octet & MORE) != 0);
        return (int) number;
    }

    long fourOctets() throws NoDelta {
        return ((long) octet() << 24) | (octet() << 16) | (octet() << 8) | octet();
    }

    /** The next {@code length} bytes as an input of their own. */
    VcdiffInput part(int length) throws NoDelta {
        require(length);
        at += length;
        return new VcdiffInput(bytes, at - length, at);
    }

    /** Copies the next {@code length} bytes. */
    void copyTo(byte[] target, int offset, int length) throws NoDelta {
        require(length);
        System.arraycopy(bytes, at, target, offset, length);
        at += length;
    }

    private void require(int length) throws NoDelta {
        if (length > end - at) {
            throw new NoDelta("it ends too early");
        }
    }
}
