package dev.uptanebench.vehicle.isotp;

import dev.uptanebench.vehicle.can.CanFrame;
import java.util.concurrent.TimeUnit;

/** The sending half: cuts one message into frames at the pace its receiver allows. */
final class MessageSender {
    private static final byte[] NOTHING = {};
    private static final int FLOW_BYTES = 3;
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
    private final FrameBuilder frames;
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
        this.frames = new FrameBuilder(config);
    }

    boolean idle() {
        return state == State.IDLE;
    }

    long deadline() {
        return deadline;
    }

    /** Most bytes of a message that needs no flow control. */
    int singleBytes() {
        return frames.singleBytes();
    }

    void start(byte[] bytes, long now) {
        message = bytes;
        sequence = 0;
        waits = 0;
        if (bytes.length <= frames.singleBytes()) {
            at = bytes.length;
            emit(frames.single(bytes), now);
        } else {
            at = frames.firstBytes(bytes.length);
            blockLeft = 1; // a first frame is a block of its own
            emit(frames.first(bytes), now);
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
            deadline = now + config.times().bs();
        } else if (separation > 0) {
            state = State.PAUSING;
            deadline = now + separation;
        } else {
            next(now);
        }
    }

    /** @param prefix address bytes in front */
    void flowControl(CanFrame frame, int prefix, long now) {
        if (state != State.AWAITING_FLOW || frame.length() < prefix + FLOW_BYTES) {
            return;
        }
        switch (frame.byteAt(prefix) & 0xF) {
            case FrameType.CONTINUE -> {
                waits = 0;
                blockLeft = frame.byteAt(prefix + 1);
                separation = separation(frame.byteAt(prefix + 2));
                next(now);
            }
            case FrameType.WAIT -> {
                if (++waits > config.waits()) {
                    fail(IsoTpFailure.TOO_MANY_WAITS);
                } else {
                    deadline = now + config.times().bs();
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
        int count = Math.min(frames.consecutiveBytes(), message.length - at);
        CanFrame frame = frames.consecutive(sequence, message, at, count);
        at += count;
        emit(frame, now);
    }

    private void emit(CanFrame frame, long now) {
        state = State.LEAVING;
        deadline = now + config.times().as();
        user.send(frame);
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
