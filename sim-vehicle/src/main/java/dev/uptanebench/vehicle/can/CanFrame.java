package dev.uptanebench.vehicle.can;

import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A classical CAN frame: an identifier with 0 to 8 bytes, or a remote frame that asks for that many. Immutable.
 *
 * <p>The bytes lie packed in one word, which keeps a frame a single object; nothing outside needs to know.
 */
public final class CanFrame {
    /** Most bytes of a classical frame. */
    public static final int MAX_LENGTH = 8;

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private final CanId id;
    private final long payload;
    private final byte length;
    private final boolean remote;

    private CanFrame(CanId id, long payload, int length, boolean remote) {
        this.id = id;
        this.payload = payload;
        this.length = (byte) length;
        this.remote = remote;
    }

    /**
     * A data frame.
     *
     * @throws IllegalArgumentException if there are more than 8 bytes
     */
    public static CanFrame of(CanId id, byte... data) {
        checkLength(data.length);
        long payload = 0;
        for (int i = 0; i < data.length; i++) {
            payload |= (data[i] & 0xFFL) << (56 - 8 * i);
        }
        return new CanFrame(id, payload, data.length, false);
    }

    /**
     * A data frame from bytes packed into one word, the first in its highest eight bits; what stands beyond
     * {@code length} is left out.
     *
     * @throws IllegalArgumentException if {@code length} is not 0 to 8
     */
    public static CanFrame packed(CanId id, long payload, int length) {
        checkLength(length);
        long kept = length == 0 ? 0 : payload & (-1L << (64 - 8 * length));
        return new CanFrame(id, kept, length, false);
    }

    /**
     * A remote frame asking for {@code length} bytes.
     *
     * @throws IllegalArgumentException if {@code length} is not 0 to 8
     */
    public static CanFrame remote(CanId id, int length) {
        checkLength(length);
        return new CanFrame(id, 0, length, true);
    }

    private static void checkLength(int length) {
        if (length < 0 || length > MAX_LENGTH) {
            throw new IllegalArgumentException("a classical frame has 0 to 8 bytes, not " + length);
        }
    }

    /**
     * Reads the notation of candump: {@code 123#DEADBEEF}, {@code 18DA00F1#02}, {@code 123#R}, {@code 123#R8}. Dots
     * between bytes are allowed.
     *
     * @throws IllegalArgumentException if it is anything else
     */
    public static CanFrame parse(String text) {
        int mark = text.indexOf('#');
        if (mark < 0 || text.startsWith("#", mark + 1)) {
            throw new IllegalArgumentException("not a classical frame: " + text);
        }
        CanId id = CanId.parse(text.substring(0, mark));
        String rest = text.substring(mark + 1);
        if (rest.startsWith("R") || rest.startsWith("r")) {
            return remote(id, rest.length() == 1 ? 0 : Integer.parseInt(rest, 1, rest.length(), 10));
        }
        return of(id, HEX.parseHex(rest.replace(".", "")));
    }

    public CanId id() {
        return id;
    }

    public boolean remote() {
        return remote;
    }

    /** Number of data bytes; for a remote frame the number asked for. */
    public int length() {
        return length;
    }

    /**
     * One data byte, 0 to 255.
     *
     * @throws IndexOutOfBoundsException beyond {@link #length()}
     */
    public int byteAt(int index) {
        Objects.checkIndex(index, length);
        return (int) (payload >>> (56 - 8 * index)) & 0xFF;
    }

    /** The data bytes packed into one word, the first in its highest eight bits, zeros after the last. */
    public long payload() {
        return payload;
    }

    /** A copy of the data bytes; empty for a remote frame. */
    public byte[] data() {
        byte[] data = new byte[remote ? 0 : length];
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) byteAt(i);
        }
        return data;
    }

    /** The number whose bits arbitration compares, most significant first; the smallest wins the bus (10.4.2.2). */
    public long arbitrationKey() {
        long value = id.value();
        long rtr = remote ? 1 : 0;
        if (!id.extended()) {
            return (value << 21) | (rtr << 20);
        }
        return ((value >>> 18) << 21) | (0b11L << 19) | ((value & 0x3FFFF) << 1) | rtr;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CanFrame frame && payload == frame.payload && length == frame.length
                && remote == frame.remote && id.equals(frame.id);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * id.raw() + Long.hashCode(payload)) + (remote ? -length : length);
    }

    /** The notation of candump. */
    @Override
    public String toString() {
        if (remote) {
            return length == 0 ? id + "#R" : id + "#R" + length;
        }
        return id + "#" + HEX.formatHex(data());
    }
}
