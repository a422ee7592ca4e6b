package dev.uptanebench.vehicle.can.capture;

import dev.uptanebench.vehicle.can.CanFrame;
import dev.uptanebench.vehicle.can.CanId;
import dev.uptanebench.vehicle.can.ErrorFrame;
import dev.uptanebench.vehicle.can.capture.CapturedFrame.Direction;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The body of an object about CAN.
 *
 * @param channel from 1
 */
record BlfMessage(int channel, Direction direction, CapturedFrame.Content content) {
    private static final int REMOTE_64 = 0x0010;
    private static final int FD_64 = 0x1000;
    private static final int SWITCHES_64 = 0x2000;
    private static final int PASSIVE_64 = 0x4000;

    static boolean known(int type) {
        return switch (type) {
            case Blf.CAN_MESSAGE, Blf.CAN_MESSAGE_2, Blf.CAN_ERROR, Blf.CAN_ERROR_EXTENDED, Blf.CAN_FD_MESSAGE,
                    Blf.CAN_FD_MESSAGE_64, Blf.CAN_FD_ERROR_64 ->
                true;
            default -> false;
        };
    }

    /**
     * Reads from the buffer's position on.
     *
     * @throws IllegalArgumentException if it says something that CAN does not know
     * @throws java.nio.BufferUnderflowException if it is too short
     */
    static BlfMessage read(int type, ByteBuffer in) {
        return switch (type) {
            case Blf.CAN_MESSAGE, Blf.CAN_MESSAGE_2 -> classical(in);
            case Blf.CAN_FD_MESSAGE -> canFd(in);
            case Blf.CAN_FD_MESSAGE_64 -> canFd64(in);
            case Blf.CAN_ERROR_EXTENDED -> error(in);
            case Blf.CAN_FD_ERROR_64 -> noticed(in.get() & 0xFF, ErrorFrame.UNSPECIFIED);
            default -> noticed(in.getShort() & 0xFFFF, ErrorFrame.UNSPECIFIED);
        };
    }

    private static BlfMessage classical(ByteBuffer in) {
        int channel = in.getShort() & 0xFFFF;
        int flags = in.get();
        int code = in.get();
        CanId id = id(in.getInt());
        byte[] data = bytes(in, Frames.length(code));
        return new BlfMessage(channel, direction(flags), carried((flags & Blf.REMOTE) != 0
                ? CanFrame.remote(id, Frames.length(code))
                : CanFrame.of(id, data)));
    }

    private static BlfMessage canFd(ByteBuffer in) {
        int channel = in.getShort() & 0xFFFF;
        int flags = in.get();
        int code = in.get();
        CanId id = id(in.getInt());
        in.getInt(); // duration
        in.get(); // length in bits
        int kind = in.get();
        int length = in.get() & 0xFF;
        in.position(in.position() + 5);
        if ((flags & Blf.REMOTE) != 0) {
            return new BlfMessage(channel, direction(flags), carried(CanFrame.remote(id, Frames.length(code))));
        }
        byte[] data = bytes(in, Math.min(length, CanFrame.MAX_FD_LENGTH));
        return new BlfMessage(channel, direction(flags), carried((kind & Blf.FD) == 0
                ? CanFrame.of(id, data)
                : Frames.fd(id, (kind & Blf.SWITCHES) != 0, (kind & Blf.PASSIVE) != 0, data)));
    }

    private static BlfMessage canFd64(ByteBuffer in) {
        int channel = in.get() & 0xFF;
        int code = in.get();
        int length = in.get() & 0xFF;
        in.get(); // how often it was tried
        CanId id = id(in.getInt());
        in.getInt(); // duration
        int flags = in.getInt();
        in.position(in.position() + 18); // bit timings, offsets of BRS and delimiter, length in bits
        int way = in.get();
        in.position(in.position() + 5);
        Direction direction = way == 0 ? Direction.RECEIVED : Direction.SENT;
        if ((flags & REMOTE_64) != 0) {
            return new BlfMessage(channel, direction, carried(CanFrame.remote(id, Frames.length(code))));
        }
        byte[] data = bytes(in, Math.min(length, CanFrame.MAX_FD_LENGTH));
        return new BlfMessage(channel, direction, carried((flags & FD_64) == 0
                ? CanFrame.of(id, data)
                : Frames.fd(id, (flags & SWITCHES_64) != 0, (flags & PASSIVE_64) != 0, data)));
    }

    /** Without flags of Vector's own, identifier and data are Linux's classes and details; so python-can writes it, too. */
    private static BlfMessage error(ByteBuffer in) {
        int channel = in.getShort() & 0xFFFF;
        in.getShort();
        int flags = in.getInt();
        in.getInt(); // error code, position, length code
        in.getInt(); // duration
        int classes = in.getInt() & ErrorFrame.CLASSES;
        int more = in.getInt() & 0xFFFF;
        long details = in.order(ByteOrder.BIG_ENDIAN).getLong();
        return noticed(channel, flags == 0 && more == 0 && classes != 0
                ? new ErrorFrame(classes, details)
                : ErrorFrame.UNSPECIFIED);
    }

    private static BlfMessage noticed(int channel, ErrorFrame error) {
        return new BlfMessage(channel, Direction.UNKNOWN, new CapturedFrame.Noticed(error));
    }

    private static CapturedFrame.Content carried(CanFrame frame) {
        return new CapturedFrame.Carried(frame);
    }

    private static CanId id(int word) {
        return new CanId(word & ErrorFrame.CLASSES, (word & Blf.EXTENDED) != 0);
    }

    private static Direction direction(int flags) {
        return (flags & Blf.SENT) == 0 ? Direction.RECEIVED : Direction.SENT;
    }

    private static byte[] bytes(ByteBuffer in, int length) {
        byte[] data = new byte[length];
        in.get(data);
        return data;
    }
}
