package dev.uptanebench.vehicle.can;

/**
 * What a controller notices beside frames, in the form that Linux and all its tools have for it (linux/can/error.h): an
 * error on the bus, or a change of its own state.
 *
 * @param classes what kinds of trouble, at most 29 bits
 * @param details eight bytes, the first in the highest eight bits
 */
public record ErrorFrame(int classes, long details) {
    /** Bits that {@code classes} may have. */
    public static final int CLASSES = 0x1FFF_FFFF;
    /** Something was wrong on the bus; nothing more is known. */
    public static final ErrorFrame UNSPECIFIED = new ErrorFrame(0x80, 0);

    private static final int CONTROLLER = 0x004;
    private static final int PROTOCOL = 0x008;
    private static final int ACKNOWLEDGEMENT = 0x020;
    private static final int BUS_OFF = 0x040;
    private static final int BUS_ERROR = 0x080;
    private static final int COUNTERS = 0x200;
    private static final int CRC_SEQUENCE = 0x08;
    private static final int MOST_COUNTED = 255;

    /** @throws IllegalArgumentException if the classes have more bits than there are */
    public ErrorFrame {
        if ((classes & ~CLASSES) != 0) {
            throw new IllegalArgumentException("error classes " + Integer.toHexString(classes) + " do not fit");
        }
    }

    /** A frame was destroyed. */
    public static ErrorFrame of(CanError.Kind kind) {
        return switch (kind) {
            case BIT -> protocol(0x01, 0);
            case FORM -> protocol(0x02, 0);
            case STUFF -> protocol(0x04, 0);
            case CHECKSUM -> protocol(0, CRC_SEQUENCE);
            case ACKNOWLEDGEMENT -> new ErrorFrame(ACKNOWLEDGEMENT | BUS_ERROR, 0);
        };
    }

    /** A controller's state is another one now. */
    public static ErrorFrame of(ControllerState state) {
        long counters = (long) Math.min(state.transmitErrors(), MOST_COUNTED) << 8
                | Math.min(state.receiveErrors(), MOST_COUNTED);
        boolean transmit = state.transmitErrors() >= state.receiveErrors();
        return switch (state.confinement()) {
            case ERROR_ACTIVE -> controller(0x40, counters);
            case ERROR_WARNING -> controller(transmit ? 0x08 : 0x04, counters);
            case ERROR_PASSIVE -> controller(transmit ? 0x20 : 0x10, counters);
            case BUS_OFF -> new ErrorFrame(BUS_OFF | COUNTERS, counters);
        };
    }

    private static ErrorFrame protocol(int type, int place) {
        return new ErrorFrame(PROTOCOL | BUS_ERROR, (long) type << 40 | (long) place << 32);
    }

    private static ErrorFrame controller(int status, long counters) {
        return new ErrorFrame(CONTROLLER | COUNTERS, (long) status << 48 | counters);
    }
}
