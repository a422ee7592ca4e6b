package dev.uptanebench.vehicle.can.capture;

import dev.uptanebench.vehicle.can.CanFrame;
import dev.uptanebench.vehicle.can.CanId;
import dev.uptanebench.vehicle.can.ErrorFrame;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A packet of LINKTYPE_CAN_SOCKETCAN (227): identifier and flags in four bytes, big-endian, length, CAN FD flags, two
 * reserved bytes, data.
 */
final class SocketCan {
    /** Bytes before the data. */
    static final int HEADER = 8;
    /** Most bytes of a packet. */
    static final int MOST = HEADER + CanFrame.MAX_FD_LENGTH;

    private static final int EXTENDED = 0x8000_0000;
    private static final int REMOTE = 0x4000_0000;
    private static final int ERROR = 0x2000_0000;
    private static final int SWITCHES = 1;
    private static final int PASSIVE = 2;
    private static final int FD = 4;

    private SocketCan() {}

    /** @throws IllegalArgumentException if it is none; the message says what is wrong */
    static CapturedFrame.Content read(byte[] packet) {
        if (packet.length < HEADER) {
            throw new IllegalArgumentException("a packet of " + packet.length + " bytes is no CAN frame");
        }
        ByteBuffer in = ByteBuffer.wrap(packet);
        int word = in.getInt();
        int length = in.get() & 0xFF;
        int flags = in.get();
        boolean fd = (flags & FD) != 0 || packet.length == MOST;
        if ((word & ERROR) != 0) {
            byte[] details = Arrays.copyOfRange(packet, HEADER, 2 * HEADER);
            return new CapturedFrame.Noticed(
                    new ErrorFrame(word & ErrorFrame.CLASSES, ByteBuffer.wrap(details).getLong()));
        }
        boolean extended = (word & EXTENDED) != 0;
        CanId id = new CanId(word & ErrorFrame.CLASSES, extended);
        if ((word & REMOTE) != 0) {
            return new CapturedFrame.Carried(CanFrame.remote(id, length));
        }
        if (length > packet.length - HEADER) {
            throw new IllegalArgumentException("a frame of " + length + " bytes, of which "
                    + (packet.length - HEADER) + " were captured");
        }
        byte[] data = new byte[length];
        in.get(HEADER, data);
        return new CapturedFrame.Carried(fd
                ? Frames.fd(id, (flags & SWITCHES) != 0, (flags & PASSIVE) != 0, data)
                : CanFrame.of(id, data));
    }

    static byte[] write(CapturedFrame.Content content) {
        return switch (content) {
            case CapturedFrame.Carried(CanFrame frame) -> write(frame);
            case CapturedFrame.Noticed(ErrorFrame error) -> ByteBuffer.allocate(2 * HEADER)
                    .putInt(error.classes() | ERROR).put((byte) 8)
                    .putLong(HEADER, error.details()).array();
        };
    }

    private static byte[] write(CanFrame frame) {
        byte[] data = frame.data(); // none of a remote frame, whatever it asks for
        byte[] packet = new byte[HEADER + data.length];
        ByteBuffer out = ByteBuffer.wrap(packet);
        out.putInt(frame.id().raw() | (frame.remote() ? REMOTE : 0)).put((byte) frame.length());
        if (frame.fd()) {
            out.put((byte) (FD | (frame.switches() ? SWITCHES : 0) | (frame.errorPassive() ? PASSIVE : 0)));
        }
        System.arraycopy(data, 0, packet, HEADER, data.length);
        return packet;
    }
}
