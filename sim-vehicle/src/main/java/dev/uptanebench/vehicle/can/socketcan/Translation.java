package dev.uptanebench.vehicle.can.socketcan;

import dev.uptanebench.vehicle.can.CanFrame;
import dev.uptanebench.vehicle.can.CanId;
import dev.uptanebench.vehicle.can.IdFilter;
import tel.schich.javacan.CanFilter;

/** Frames as we know them and as JavaCAN does. A {@link CanFrame} is always one that may be sent; JavaCAN's need not be. */
final class Translation {
    private static final int EXTENDED = 0x8000_0000;
    private static final int REMOTE = 0x4000_0000;
    private static final int STANDARD_BITS = 0x7FF;
    private static final int EXTENDED_BITS = 0x1FFF_FFFF;

    private Translation() {}

    static tel.schich.javacan.CanFrame out(CanFrame frame) {
        if (frame.remote()) {
            return tel.schich.javacan.CanFrame.createRaw(frame.id().raw() | REMOTE,
                    tel.schich.javacan.CanFrame.FD_NO_FLAGS, new byte[CanFrame.MAX_LENGTH], 0, frame.length());
        }
        byte flags = tel.schich.javacan.CanFrame.FD_NO_FLAGS;
        if (frame.fd()) {
            flags = (byte) (tel.schich.javacan.CanFrame.FD_FLAG_FD_FRAME
                    | (frame.switches() ? tel.schich.javacan.CanFrame.FD_FLAG_BIT_RATE_SWITCH : 0)
                    | (frame.errorPassive() ? tel.schich.javacan.CanFrame.FD_FLAG_ERROR_STATE_INDICATOR : 0));
        }
        return tel.schich.javacan.CanFrame.createRaw(frame.id().raw(), flags, frame.data(), 0, frame.length());
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
