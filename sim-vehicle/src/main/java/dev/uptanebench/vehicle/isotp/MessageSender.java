package dev.uptanebench.vehicle.isotp;

import dev.uptanebench.vehicle.can.CanFrame;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;

/** The sending half: cuts one message into frames at the pace its receiver allows. */
final class MessageSender {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final byte[] NOTHING = {};
    private static final int LONGEST_SEPARATION = 0x7F;
    private static final int MICROS_FROM = 0xF1;
    private static final int MICROS_TO = 0xF9;

    private enum State {
        IDLE,
        LEAVING,
        AWAITING_FLOW,
        PAUSING
    }

    private final IsoTpConfig config;
    private final IsoTpUser user;
    private final long filler;
    private State state = State.IDLE;
    private byte[] message = NOTHING;
    private int at;
    private int sequence;
    private int blockLeft;
    private long separation;
    private int waits;
    private long deadline = Long.MAX_VALUE;

    MessageSender(IsoTpConfig config, IsoTpUser user) {
        this.config = config;
        this.user = user;
        this.filler = config.padding() * 0x0101_0101_0101_0101L;
    }

    boolean idle() {
        return state == State.IDLE;
    }

    long deadline() {
        return deadline;
    }

    void start(byte[] bytes, long now) {
        message = bytes;
        sequence = 0;
        waits = 0;
        if (bytes.length <= FrameType.SINGLE_BYTES) {
            at = bytes.length;
            emit(packed((long) bytes.length << 56, 1, 0, bytes.length), now);
        } else {
            at = FrameType.FIRST_BYTES;
            long head = ((long) FrameType.FIRST << 60) | ((long) bytes.length << 48);
            blockLeft = 1; // a first frame is a block of its own
            emit(packed(head, 2, 0, FrameType.FIRST_BYTES), now);
        }
    }

    void frameSent(long now) {
        if (state != State.LEAVING) {
            return; // it was given up before it left
        }
        if (at == message.length) {
            end();
            user.sent();
        } else if (blockLeft != 0 && --blockLeft == 0) {
            state = State.AWAITING_FLOW;
            deadline = now + config.timeout();
        } else if (separation > 0) {
            state = State.PAUSING;
            deadline = now + separation;
        } else {
            next(now);
        }
    }

    void flowControl(CanFrame frame, long now) {
        if (state != State.AWAITING_FLOW || frame.length() < 3) {
            return;
        }
        switch (frame.byteAt(0) & 0xF) {
            case FrameType.CONTINUE -> {
                waits = 0;
                blockLeft = frame.byteAt(1);
                separation = separation(frame.byteAt(2));
                next(now);
            }
            case FrameType.WAIT -> {
                if (++waits > config.waits()) {
                    fail(IsoTpFailure.TOO_MANY_WAITS);
                } else {
                    deadline = now + config.timeout();
                }
            }
            case FrameType.OVERFLOW -> fail(IsoTpFailure.RECEIVER_OVERFLOW);
            default -> fail(IsoTpFailure.INVALID_FLOW_STATUS);
        }
    }

    void expire(long now) {
        if (now < deadline) {
            return;
        }
        switch (state) {
            case IDLE -> deadline = Long.MAX_VALUE;
            case LEAVING -> fail(IsoTpFailure.TIMEOUT_A);
            case AWAITING_FLOW -> fail(IsoTpFailure.TIMEOUT_BS);
            case PAUSING -> next(now);
        }
    }

    void abandon() {
        end();
    }

    private void next(long now) {
        sequence = (sequence + 1) & 0xF;
        int count = Math.min(FrameType.SINGLE_BYTES, message.length - at);
        long head = ((long) FrameType.CONSECUTIVE << 60) | ((long) sequence << 56);
        CanFrame frame = packed(head, 1, at, count);
        at += count;
        emit(frame, now);
    }

    private void emit(CanFrame frame, long now) {
        state = State.LEAVING;
        deadline = now + config.timeout();
        user.send(frame);
    }

    /** {@code count} bytes of the message behind {@code skip} bytes of control information, filled up with padding. */
    private CanFrame packed(long head, int skip, int from, int count) {
        long word;
        if (from + Long.BYTES <= message.length && count == Long.BYTES - skip) {
            word = (long) LONG.get(message, from) >>> (8 * skip);
        } else {
            int used = skip + count;
            word = used == Long.BYTES ? 0 : filler >>> (8 * used);
            for (int i = 0; i < count; i++) {
                word |= (message[from + i] & 0xFFL) << (56 - 8 * (skip + i));
            }
        }
        return CanFrame.packed(config.sends(), head | word, Long.BYTES);
    }

    /** Nanoseconds; reserved values mean the longest (9.6.5). */
    private static long separation(int value) {
        if (value >= MICROS_FROM && value <= MICROS_TO) {
            return TimeUnit.MICROSECONDS.toNanos(100L * (value - MICROS_FROM + 1));
        }
        return TimeUnit.MILLISECONDS.toNanos(Math.min(value, LONGEST_SEPARATION));
    }

    private void fail(IsoTpFailure failure) {
        end();
        user.failed(failure);
    }

    private void end() {
        state = State.IDLE;
        message = NOTHING;
        deadline = Long.MAX_VALUE;
    }
}
