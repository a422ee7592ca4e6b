package dev.uptanebench.vehicle.can;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A CAN frame: classical (0 to 8 bytes, or a remote frame that asks for that many) or CAN FD (up to 64 bytes).
 * Immutable.
 *
 * <p>The first eight bytes lie packed in one word, which keeps a classical frame a single object.
 */
public final class CanFrame {
    /** Most bytes of a classical frame. */
    public static final int MAX_LENGTH = 8;
    /** Most bytes of a CAN FD frame. */
    public static final int MAX_FD_LENGTH = 64;

    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final int[] FD_LENGTHS = {0, 1, 2, 3, 4, 5, 6, 7, 8, 12, 16, 20, 24, 32, 48, 64};
    private static final int REMOTE = 1;
    private static final int FD = 2;
    private static final int SWITCHES = 4;
    private static final int PASSIVE = 8;
    /** Flags of candump's notation. */
    private static final int CANDUMP_SWITCHES = 1;
    private static final int CANDUMP_PASSIVE = 2;

    private final CanId id;
    private final long payload;
    private final byte length;
    private final byte flags;
    private final byte @Nullable [] wide;

    private CanFrame(CanId id, long payload, int length, int flags, byte @Nullable [] wide) {
        this.id = id;
        this.payload = payload;
        this.length = (byte) length;
        this.flags = (byte) flags;
        this.wide = wide;
    }

    /**
     * A classical data frame.
     *
     * @throws IllegalArgumentException if there are more than 8 bytes
     */
    public static CanFrame of(CanId id, byte... data) {
        checkLength(data.length);
        return new CanFrame(id, pack(data), data.length, 0, null);
    }

    /**
     * A classical data frame from bytes packed into one word, the first in its highest eight bits; what stands beyond
     * {@code length} is left out.
     *
     * @throws IllegalArgumentException if {@code length} is not 0 to 8
     */
    public static CanFrame packed(CanId id, long payload, int length) {
        checkLength(length);
        long kept = length == 0 ? 0 : payload & (-1L << (64 - 8 * length));
        return new CanFrame(id, kept, length, 0, null);
    }

    /**
     * A remote frame asking for {@code length} bytes.
     *
     * @throws IllegalArgumentException if {@code length} is not 0 to 8
     */
    public static CanFrame remote(CanId id, int length) {
        checkLength(length);
        return new CanFrame(id, 0, length, REMOTE, null);
    }

    /**
     * A CAN FD frame.
     *
     * @param switches whether it goes on at the data bit rate after its header (BRS)
     * @throws IllegalArgumentException if no CAN FD frame has that many bytes; see {@link #fdLength}
     */
    public static CanFrame fd(CanId id, boolean switches, byte... data) {
        if (data.length > MAX_FD_LENGTH || fdLength(data.length) != data.length) {
            throw new IllegalArgumentException("no CAN FD frame has " + data.length + " bytes");
        }
        return new CanFrame(id, pack(data), data.length, switches ? FD | SWITCHES : FD, data.clone());
    }

    /**
     * Bytes of the shortest CAN FD frame that holds {@code bytes}: 0 to 8, 12, 16, 20, 24, 32, 48 or 64.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static int fdLength(int bytes) {
        for (int length : FD_LENGTHS) {
            if (length >= bytes && bytes >= 0) {
                return length;
            }
        }
        throw new IllegalArgumentException("no CAN FD frame holds " + bytes + " bytes");
    }

    private static long pack(byte[] data) {
        long payload = 0;
        for (int i = 0; i < data.length && i < MAX_LENGTH; i++) {
            payload |= (data[i] & 0xFFL) << (56 - 8 * i);
        }
        return payload;
    }

    private static void checkLength(int length) {
        if (length < 0 || length > MAX_LENGTH) {
            throw new IllegalArgumentException("a classical frame has 0 to 8 bytes, not " + length);
        }
    }

    /**
     * Reads the notation of candump: {@code 123#DEADBEEF}, {@code 18DA00F1#02}, {@code 123#R}, {@code 123#R8}, and
     * {@code 123##1AABB} for CAN FD, where the digit holds the flags 1 (bit rate switch) and 2 (sender is error
     * passive). Dots between bytes are allowed.
     *
     * @throws IllegalArgumentException if it is anything else
     */
    public static CanFrame parse(String text) {
        int mark = text.indexOf('#');
        if (mark < 0) {
            throw new IllegalArgumentException("not a frame: " + text);
        }
        CanId id = CanId.parse(text.substring(0, mark));
        String rest = text.substring(mark + 1);
        if (rest.startsWith("#")) {
            return parseFd(id, rest.substring(1));
        }
        if (rest.startsWith("R") || rest.startsWith("r")) {
            return remote(id, rest.length() == 1 ? 0 : Integer.parseInt(rest, 1, rest.length(), 10));
        }
        return of(id, HEX.parseHex(rest.replace(".", "")));
    }

    private static CanFrame parseFd(CanId id, String rest) {
        if (rest.isEmpty()) {
            throw new IllegalArgumentException("a CAN FD frame without flags");
        }
        int candump = HexFormat.fromHexDigit(rest.charAt(0));
        CanFrame frame = fd(id, (candump & CANDUMP_SWITCHES) != 0, HEX.parseHex(rest.substring(1).replace(".", "")));
        return (candump & CANDUMP_PASSIVE) == 0 ? frame : frame.fromErrorPassive();
    }

    /** The same frame as an error-passive node sends it: a CAN FD frame then says so (ESI), a classical one cannot. */
    public CanFrame fromErrorPassive() {
        return fd() ? new CanFrame(id, payload, length, flags | PASSIVE, wide) : this;
    }

    /** The same frame under another identifier, and from an error-active sender. */
    public CanFrame withId(CanId other) {
        return other.equals(id) && !errorPassive()
                ? this
                : new CanFrame(other, payload, length, flags & ~PASSIVE, wide);
    }

    public CanId id() {
        return id;
    }

    public boolean remote() {
        return (flags & REMOTE) != 0;
    }

    /** Whether it is a CAN FD frame. */
    public boolean fd() {
        return (flags & FD) != 0;
    }

    /** BRS: whether it goes on at the data bit rate after its header. */
    public boolean switches() {
        return (flags & SWITCHES) != 0;
    }

    /** ESI: whether its sender was error passive. */
    public boolean errorPassive() {
        return (flags & PASSIVE) != 0;
    }

    /** Number of data bytes; for a remote frame the number asked for. */
    public int length() {
        return length;
    }

    /** The four bits that stand for the length in the frame. */
    public int lengthCode() {
        return length <= MAX_LENGTH ? length : Arrays.binarySearch(FD_LENGTHS, length);
    }

    /**
     * One data byte, 0 to 255.
     *
     * @throws IndexOutOfBoundsException beyond {@link #length()}
     */
    public int byteAt(int index) {
        Objects.checkIndex(index, length);
        byte[] bytes = wide;
        return bytes == null ? (int) (payload >>> (56 - 8 * index)) & 0xFF : bytes[index] & 0xFF;
    }

    /** The first eight data bytes packed into one word, the first in its highest eight bits, zeros after the last. */
    public long payload() {
        return payload;
    }

    /** A copy of the data bytes; empty for a remote frame. */
    public byte[] data() {
        byte[] data = new byte[remote() ? 0 : length];
        copyTo(data, 0, 0, data.length);
        return data;
    }

    /**
     * Copies {@code count} data bytes, from the one at {@code from}, into {@code target} at {@code at}.
     *
     * @throws IndexOutOfBoundsException beyond {@link #length()} or the target's end
     */
    public void copyTo(byte[] target, int at, int from, int count) {
        byte[] bytes = wide;
        if (bytes != null) {
            System.arraycopy(bytes, from, target, at, count);
            return;
        }
        for (int i = 0; i < count; i++) {
            target[at + i] = (byte) byteAt(from + i);
        }
    }

    /** The number whose bits arbitration compares, most significant first; the smallest wins the bus (10.4.2.2). */
    public long arbitrationKey() {
        long value = id.value();
        long rtr = remote() ? 1 : 0;
        if (!id.extended()) {
            return (value << 21) | (rtr << 20);
        }
        return ((value >>> 18) << 21) | (0b11L << 19) | ((value & 0x3FFFF) << 1) | rtr;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CanFrame frame && payload == frame.payload && length == frame.length
                && flags == frame.flags && id.equals(frame.id) && Arrays.equals(wide, frame.wide);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * (31 * id.raw() + Long.hashCode(payload)) + flags) + length + Arrays.hashCode(wide);
    }

    /** The notation of candump. */
    @Override
    public String toString() {
        if (remote()) {
            return length == 0 ? id + "#R" : id + "#R" + length;
        }
        if (fd()) {
            int candump = (switches() ? CANDUMP_SWITCHES : 0) | (errorPassive() ? CANDUMP_PASSIVE : 0);
            return id + "##" + candump + HEX.formatHex(data());
        }
        return id + "#" + HEX.formatHex(data());
    }
}
