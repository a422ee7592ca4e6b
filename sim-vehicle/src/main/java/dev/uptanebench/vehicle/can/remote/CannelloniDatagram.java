package dev.uptanebench.vehicle.can.remote;

import dev.uptanebench.vehicle.can.CanFrame;
import dev.uptanebench.vehicle.can.CanId;
import dev.uptanebench.vehicle.kernel.Limits;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * Frames in one datagram, as cannelloni's UDP format of version 2 has them (doc/udp_format.md). Everything is big-endian:
 * version, operation, sequence number, and the count of frames in two bytes; for each frame its identifier with the flags of
 * Linux, its length, for CAN FD with the highest bit set and followed by flags, and its data. A remote frame has none.
 *
 * @param sequence 0 to 255
 */
public record CannelloniDatagram(int sequence, List<CanFrame> frames) {
    private static final int VERSION = 2;
    private static final int DATA = 0;
    private static final int HEAD = 5;
    private static final int EXTENDED = 0x8000_0000;
    private static final int REMOTE = 0x4000_0000;
    private static final int ERROR = 0x2000_0000;
    private static final int ID_BITS = 0x1FFF_FFFF;
    private static final int FD = 0x80;
    private static final int SWITCHES = 1;
    private static final int PASSIVE = 2;

    public CannelloniDatagram {
        frames = List.copyOf(frames);
    }

    /** As many frames of that queue as one datagram takes; they are removed from it. */
    static CannelloniDatagram of(int sequence, Queue<CanFrame> queue) {
        List<CanFrame> frames = new ArrayList<>();
        int size = HEAD;
        for (CanFrame next = queue.peek(); next != null && size + size(next) <= Limits.DATAGRAM_BYTES; next = queue
                .peek()) {
            size += size(next);
            frames.add(next);
            queue.remove();
        }
        return new CannelloniDatagram(sequence, frames);
    }

    private static int size(CanFrame frame) {
        return Integer.BYTES + 1 + (frame.fd() ? 1 : 0) + (frame.remote() ? 0 : frame.length());
    }

    /** The datagram's bytes. */
    public byte[] toBytes() {
        ByteBuffer out = ByteBuffer.allocate(HEAD + frames.stream().mapToInt(CannelloniDatagram::size).sum());
        out.put((byte) VERSION).put((byte) DATA).put((byte) sequence).putShort((short) frames.size());
        for (CanFrame frame : frames) {
            out.putInt(frame.id().raw() | (frame.remote() ? REMOTE : 0));
            out.put((byte) (frame.length() | (frame.fd() ? FD : 0)));
            if (frame.fd()) {
                out.put((byte) ((frame.switches() ? SWITCHES : 0) | (frame.errorPassive() ? PASSIVE : 0)));
            }
            out.put(frame.data());
        }
        return out.array();
    }

    /**
     * Reads a datagram; error frames of Linux are left out.
     *
     * @throws MalformedDatagram if it is anything else, or any frame in it is none of CAN's
     */
    public static CannelloniDatagram parse(byte[] bytes) throws MalformedDatagram {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            need(in.get() == VERSION, "it is not of version 2");
            need(in.get() == DATA, "it holds no frames");
            int sequence = in.get() & 0xFF;
            int count = in.getShort() & 0xFFFF;
            List<CanFrame> frames = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                frame(in, frames);
            }
            need(!in.hasRemaining(), "there is something behind its last frame");
            return new CannelloniDatagram(sequence, frames);
        } catch (BufferUnderflowException e) {
            throw new MalformedDatagram("it ends too early");
        } catch (IllegalArgumentException e) {
            throw new MalformedDatagram(String.valueOf(e.getMessage()));
        }
    }

    private static void frame(ByteBuffer in, List<CanFrame> frames) {
        int raw = in.getInt();
        int length = in.get() & 0xFF;
        boolean fd = (length & FD) != 0;
        int flags = fd ? in.get() : 0;
        boolean remote = (raw & REMOTE) != 0;
        byte[] data = new byte[remote ? 0 : length & ~FD];
        in.get(data);
        if ((raw & ERROR) == 0) {
            CanId id = new CanId(raw & ID_BITS, (raw & EXTENDED) != 0);
            frames.add(remote ? CanFrame.remote(id, length) : fd ? fd(id, flags, data) : CanFrame.of(id, data));
        }
    }

    private static CanFrame fd(CanId id, int flags, byte[] data) {
        CanFrame frame = CanFrame.fd(id, (flags & SWITCHES) != 0, data);
        return (flags & PASSIVE) == 0 ? frame : frame.fromErrorPassive();
    }

    private static void need(boolean holds, String otherwise) throws MalformedDatagram {
        if (!holds) {
            throw new MalformedDatagram(otherwise);
        }
    }
}
