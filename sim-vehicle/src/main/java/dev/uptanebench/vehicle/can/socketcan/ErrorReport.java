package dev.uptanebench.vehicle.can.socketcan;

import dev.uptanebench.vehicle.can.CanError;
import dev.uptanebench.vehicle.can.ControllerState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An error frame of the kernel (linux/can/error.h): what a controller noticed. It tells neither which frame was destroyed
 * nor, mostly, at which bit.
 *
 * @param errors in the words of {@link CanError.Kind} where there is one
 * @param state null if it says nothing of the controller's state
 */
record ErrorReport(List<String> errors, @Nullable ControllerState state) {
    private static final int CONTROLLER = 0x4;
    private static final int PROTOCOL = 0x8;
    private static final int ACKNOWLEDGEMENT = 0x20;
    private static final int BUS_OFF = 0x40;
    private static final int RESTARTED = 0x100;
    private static final int COUNTERS = 0x200;
    private static final int WARNING = 0x04 | 0x08;
    private static final int PASSIVE = 0x10 | 0x20;
    private static final int ACTIVE = 0x40;
    private static final int BIT = 0x01 | 0x08 | 0x10;
    private static final int FORM = 0x02;
    private static final int STUFF = 0x04;
    private static final int CHECKSUM_PLACE = 0x08;
    private static final int BUS_OFF_COUNT = 256;
    private static final int BYTES = 8;

    /** @param reported the bits of the error frame's identifier */
    static ErrorReport of(int reported, byte[] given) {
        byte[] data = java.util.Arrays.copyOf(given, BYTES);
        List<String> errors = new ArrayList<>();
        if ((reported & PROTOCOL) != 0) {
            errors.add(kind(data[2], data[3]));
        }
        if ((reported & ACKNOWLEDGEMENT) != 0) {
            errors.add(CanError.Kind.ACKNOWLEDGEMENT.words());
        }
        return new ErrorReport(errors, state(reported, data));
    }

    private static String kind(int type, int place) {
        if ((type & STUFF) != 0) {
            return CanError.Kind.STUFF.words();
        }
        if ((type & FORM) != 0) {
            return CanError.Kind.FORM.words();
        }
        if ((type & BIT) != 0) {
            return CanError.Kind.BIT.words();
        }
        return place == CHECKSUM_PLACE ? CanError.Kind.CHECKSUM.words() : "protocol error";
    }

    private static @Nullable ControllerState state(int reported, byte[] data) {
        boolean counted = (reported & COUNTERS) != 0;
        int transmit = counted ? data[6] & 0xFF : 0;
        int receive = counted ? data[7] & 0xFF : 0;
        if ((reported & BUS_OFF) != 0) {
            return new ControllerState(ControllerState.Confinement.BUS_OFF, BUS_OFF_COUNT, receive);
        }
        int status = (reported & CONTROLLER) != 0 ? data[1] : 0;
        if ((status & PASSIVE) != 0) {
            return new ControllerState(ControllerState.Confinement.ERROR_PASSIVE, transmit, receive);
        }
        if ((status & WARNING) != 0) {
            return new ControllerState(ControllerState.Confinement.ERROR_WARNING, transmit, receive);
        }
        boolean active = (status & ACTIVE) != 0 || (reported & RESTARTED) != 0;
        return active ? new ControllerState(ControllerState.Confinement.ERROR_ACTIVE, transmit, receive) : null;
    }
}
