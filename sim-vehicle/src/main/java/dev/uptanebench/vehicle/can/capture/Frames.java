package dev.uptanebench.vehicle.can.capture;

import dev.uptanebench.vehicle.can.CanFrame;
import dev.uptanebench.vehicle.can.CanId;

/** CAN frames as the fields of a file say. */
final class Frames {
    private static final int[] LENGTHS = {0, 1, 2, 3, 4, 5, 6, 7, 8, 12, 16, 20, 24, 32, 48, 64};

    private Frames() {}

    /** @throws IllegalArgumentException if no CAN FD frame has that many bytes */
    static CanFrame fd(CanId id, boolean switches, boolean passive, byte[] data) {
        CanFrame frame = CanFrame.fd(id, switches, data);
        return passive ? frame.fromErrorPassive() : frame;
    }

    /** Bytes that a length code stands for in a CAN FD frame. */
    static int fdLength(int code) {
        return LENGTHS[code & 0xF];
    }

    /** Bytes that a length code stands for in a classical frame: the codes from 9 on are allowed and mean 8. */
    static int length(int code) {
        return Math.min(code & 0xF, CanFrame.MAX_LENGTH);
    }
}
