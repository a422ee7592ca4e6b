package dev.uptanebench.vehicle.can.parts;

import dev.uptanebench.vehicle.kernel.Sha256;
import dev.uptanebench.vehicle.can.CanFrame;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * SHA-256 over all frames of a bus. A frame adds 24 bytes, big-endian: identifier with SocketCAN's flags (bit 31 extended,
 * bit 30 remote) in 4, length in 4, data padded with zeros in 8, end time in 8. A CAN FD frame has bit 31 of its length set,
 * bit 30 for BRS and bit 29 for ESI, and the rest of its data follows behind. Bytes are gathered before they are hashed.
 */
public final class FrameDigest {
    private static final int FRAME_BYTES = 24;
    private static final long REMOTE = 1L << 62;
    private static final long FD = 1L << 31;
    private static final long SWITCHES = 1L << 30;
    private static final long PASSIVE = 1L << 29;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final MessageDigest sha256 = Sha256.begun();
    private final byte[] gathered = new byte[FRAME_BYTES * 256];
    private int size;
    private long frames;

    public void add(CanFrame frame, long end) {
        if (gathered.length - size < FRAME_BYTES + CanFrame.MAX_FD_LENGTH) {
            flush();
        }
        long head = ((long) frame.id().raw() << 32) | frame.length();
        if (frame.remote()) {
            head |= REMOTE;
        } else if (frame.fd()) {
            head |= FD | (frame.switches() ? SWITCHES : 0) | (frame.errorPassive() ? PASSIVE : 0);
        }
        LONG.set(gathered, size, head);
        LONG.set(gathered, size + 8, frame.payload());
        LONG.set(gathered, size + 16, end);
        size += FRAME_BYTES;
        int rest = frame.length() - CanFrame.MAX_LENGTH;
        if (rest > 0) {
            frame.copyTo(gathered, size, CanFrame.MAX_LENGTH, rest);
            size += rest;
        }
        frames++;
    }

    public long frames() {
        return frames;
    }

    /** The digest of everything so far; more may follow. */
    public String sha256() {
        flush();
        try {
            return HexFormat.of().formatHex(((MessageDigest) sha256.clone()).digest());
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the JDK's SHA-256 can be copied", e);
        }
    }

    private void flush() {
        sha256.update(gathered, 0, size);
        size = 0;
    }
}
