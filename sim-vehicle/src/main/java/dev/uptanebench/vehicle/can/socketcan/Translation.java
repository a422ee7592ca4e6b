package dev.uptanebench.vehicle.can.socketcan;

import dev.uptanebench.vehicle.can.CanFrame;
import dev.uptanebench.vehicle.can.CanId;
import dev.uptanebench.vehicle.can.IdFilter;
import java.nio.ByteBuffer;
import tel.schich.javacan.CanFilter;

/** Frames as we know them and as JavaCAN does. A {@link CanFrame} is always one that may be sent; JavaCAN's need not be. */
final class Translation {
    private static final int EXTENDED = 0x8000_0000;
    private static final int REMOTE = 0x4000_0000;
    private static final int STANDARD_BITS = 0x7FF;
    private static final int HEAD_BYTES = 8;
    private static final int EXTENDED_BITS = 0x1FFF_FFFF;

    private Translation() {}

    /** Puts a frame, as the kernel's sockets take it, into a buffer of the machine's byte order, ready to be written. */
    static void out(CanFrame frame, ByteBuffer buffer) {
        buffer.clear();
        int room = frame.fd() ? CanFrame.MAX_FD_LENGTH : CanFrame.MAX_LENGTH;
        buffer.putInt(frame.remote() ? frame.id().raw() | REMOTE : frame.id().raw());
        buffer.put((byte) frame.length()).put(flags(frame)).putShort((short) 0);
        if (!frame.remote()) {
            buffer.put(frame.data());
        }
        while (buffer.position() < HEAD_BYTES + room) {
            buffer.put((byte) 0);
        }
        buffer.flip();
    }

    private static byte flags(CanFrame frame) {
        if (!frame.fd()) {
            return tel.schich.javacan.CanFrame.FD_NO_FLAGS;
        }
        return (byte) (tel.schich.javacan.CanFrame.FD_FLAG_FD_FRAME
                | (frame.switches() ? tel.schich.javacan.CanFrame.FD_FLAG_BIT_RATE_SWITCH : 0)
                | (frame.errorPassive() ? tel.schich.javacan.CanFrame.FD_FLAG_ERROR_STATE_INDICATOR : 0));
    }

    /** Frames of that format alone, remote ones included. */
    static CanFilter filter(IdFilter filter) {
        int bits = filter.id().extended() ? EXTENDED_BITS : STANDARD_BITS;
        return new CanFilter(filter.id().raw(), (filter.mask() & bits) | EXTENDED);
    }

    /** @throws IllegalArgumentException if a driver hands over something that is no frame */
    static CanFrame in(tel.schich.javacan.CanFrame frame) {
        int raw = frame.getRawId();
        boolean extended = (raw & EXTENDED) != 0;
        CanId id = new CanId(raw & (extended ? EXTENDED_BITS : STANDARD_BITS), extended);
        int length = frame.getDataLength();
        if ((raw & REMOTE) != 0) {
            return CanFrame.remote(id, length);
        }
        byte[] data = new byte[length];
        frame.getData(data, 0, length);
        if (!frame.isFDFrame()) {
            return CanFrame.of(id, data);
        }
        CanFrame fd = CanFrame.fd(id, (frame.getFlags() & tel.schich.javacan.CanFrame.FD_FLAG_BIT_RATE_SWITCH) != 0,
                data);
        boolean passive = (frame.getFlags() & tel.schich.javacan.CanFrame.FD_FLAG_ERROR_STATE_INDICATOR) != 0;
        return passive ? fd.fromErrorPassive() : fd;
    }
}
