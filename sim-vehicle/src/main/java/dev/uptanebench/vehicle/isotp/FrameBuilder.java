package dev.uptanebench.vehicle.isotp;

import dev.uptanebench.vehicle.can.CanFrame;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Puts control information and a part of a message into a frame of the length that belongs to it. */
final class FrameBuilder {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final byte[] NOTHING = {};
    private static final int DEFAULT_FILLER = 0xCC;
    /** A first frame with a 32-bit length spends that much more on it. */
    private static final int ESCAPE_BYTES = 4;

    private final IsoTpConfig config;
    private final int prefix;
    private final int longest;
    private final long filler;
    private final boolean plain;

    FrameBuilder(IsoTpConfig config) {
        this.config = config;
        this.prefix = config.address().prefix();
        this.longest = config.frames().longest();
        this.filler = filler(config) * 0x0101_0101_0101_0101L;
        this.plain = !config.frames().fd() && prefix == 0 && config.padding() != IsoTpConfig.NO_PADDING;
    }

    private static int filler(IsoTpConfig config) {
        return config.padding() == IsoTpConfig.NO_PADDING ? DEFAULT_FILLER : config.padding();
    }

    /** Most bytes of a message that goes in a single frame. */
    int singleBytes() {
        return longest == CanFrame.MAX_LENGTH ? shortSingleBytes() : longest - 2 - prefix;
    }

    private int shortSingleBytes() {
        return CanFrame.MAX_LENGTH - 1 - prefix;
    }

    /** Bytes of a message of that length in its first frame. */
    int firstBytes(int length) {
        return longest - 2 - prefix - (length > IsoTpConfig.MAX_LENGTH ? ESCAPE_BYTES : 0);
    }

    int consecutiveBytes() {
        return longest - 1 - prefix;
    }

    CanFrame single(byte[] message) {
        if (message.length <= shortSingleBytes()) {
            return frame((long) message.length << 56, 1, message, 0, message.length);
        }
        return frame((long) message.length << 48, 2, message, 0, message.length);
    }

    CanFrame first(byte[] message) {
        int count = firstBytes(message.length);
        if (message.length <= IsoTpConfig.MAX_LENGTH) {
            return frame(((long) FrameType.FIRST << 60) | ((long) message.length << 48), 2, message, 0, count);
        }
        return frame(((long) FrameType.FIRST << 60) | ((long) message.length << 16), 2 + ESCAPE_BYTES, message, 0,
                count);
    }

    CanFrame consecutive(int sequence, byte[] message, int from, int count) {
        return frame(((long) FrameType.CONSECUTIVE << 60) | ((long) sequence << 56), 1, message, from, count);
    }

    CanFrame flowControl(int status) {
        long head = ((long) FrameType.FLOW_CONTROL << 60) | ((long) status << 56) | ((long) config.blockSize() << 48)
                | ((long) config.separation() << 40);
        return frame(head, 3, NOTHING, 0, 0);
    }

    /**
     * @param head control information in the highest bytes
     * @param size how many of them
     */
    private CanFrame frame(long head, int size, byte[] message, int from, int count) {
        return plain ? word(head, size, message, from, count) : bytes(head, size, message, from, count);
    }

    /** The usual case: eight bytes in one word. */
    private CanFrame word(long head, int size, byte[] message, int from, int count) {
        long word;
        if (from + Long.BYTES <= message.length && count == Long.BYTES - size) {
            word = (long) LONG.get(message, from) >>> (8 * size);
        } else {
            int used = size + count;
            word = used == Long.BYTES ? 0 : filler >>> (8 * used);
            for (int i = 0; i < count; i++) {
                word |= (message[from + i] & 0xFFL) << (56 - 8 * (size + i));
            }
        }
        return CanFrame.packed(config.sends(), head | word, Long.BYTES);
    }

    private CanFrame bytes(long head, int size, byte[] message, int from, int count) {
        int used = prefix + size + count;
        byte[] data = new byte[length(used)];
        if (prefix > 0) {
            data[0] = (byte) config.address().sendsByte();
        }
        for (int i = 0; i < size; i++) {
            data[prefix + i] = (byte) (head >>> (56 - 8 * i));
        }
        System.arraycopy(message, from, data, prefix + size, count);
        Arrays.fill(data, used, data.length, (byte) filler);
        return config.frames().fd()
                ? CanFrame.fd(config.sends(), config.frames().switches(), data)
                : CanFrame.of(config.sends(), data);
    }

    private int length(int used) {
        if (used > CanFrame.MAX_LENGTH) {
            return CanFrame.fdLength(used);
        }
        return config.padding() == IsoTpConfig.NO_PADDING ? used : CanFrame.MAX_LENGTH;
    }
}
