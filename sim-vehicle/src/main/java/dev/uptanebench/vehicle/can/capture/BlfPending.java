package dev.uptanebench.vehicle.can.capture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Unpacked bytes of containers; objects lie across them as it comes. Appending costs what is appended. */
final class BlfPending {
    private byte[] bytes = new byte[1 << 17];
    private int from;
    private int to;

    void append(byte[] more) {
        if (to + more.length > bytes.length) {
            int kept = to - from;
            byte[] target = kept + more.length <= bytes.length / 2
                    ? bytes
                    : new byte[Math.max(bytes.length, 2 * (kept + more.length))];
            System.arraycopy(bytes, from, target, 0, kept);
            bytes = target;
            from = 0;
            to = kept;
        }
        System.arraycopy(more, 0, bytes, to, more.length);
        to += more.length;
    }

    int remaining() {
        return to - from;
    }

    /** What lies there, little-endian, without taking it. */
    ByteBuffer peek() {
        return ByteBuffer.wrap(bytes, from, to - from).slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    void skip(int count) {
        from += count;
    }
}
