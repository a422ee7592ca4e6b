package dev.uptanebench.vehicle.isotp;

import dev.uptanebench.vehicle.can.CanFrame;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** The receiving half: puts one message together and tells its sender when to go on. */
final class MessageReceiver {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final byte[] NOTHING = {};
    /** What is set aside on the word of a first frame; beyond, memory grows with what has really come. */
    private static final int SET_ASIDE = 8192;
    private static final int ESCAPE_BYTES = 4;

    private enum State {
        IDLE,
        /** A flow control is on its way; N_Ar runs. */
        GRANTING,
        /** The user has no room, and the sender has been told to wait; N_Br runs. */
        HOLDING,
        /** The next frame is due; N_Cr runs. */
        RECEIVING
    }

    private final IsoTpConfig config;
    private final IsoTpUser user;
    private final CanFrame goOn;
    private final CanFrame wait;
    private final CanFrame tooLong;
    private State state = State.IDLE;
    /** Has room for one word more than what has come, so that classical frames are stored whole. */
    private byte[] buffer = NOTHING;
    private int frameLength;
    private int length;
    private int at;
    private int sequence;
    private int blockLeft;
    private int waits;
    private long started;
    private long deadline = Long.MAX_VALUE;

    MessageReceiver(IsoTpConfig config, IsoTpUser user) {
        this.config = config;
        this.user = user;
        FrameBuilder frames = new FrameBuilder(config);
        this.goOn = frames.flowControl(FrameType.CONTINUE);
        this.wait = frames.flowControl(FrameType.WAIT);
        this.tooLong = frames.flowControl(FrameType.OVERFLOW);
    }

    long deadline() {
        return deadline;
    }

    /** @param prefix address bytes in front; likewise below */
    void single(CanFrame frame, int prefix, long now) {
        int found = SingleFrame.find(frame, prefix);
        if (found == 0) {
            return;
        }
        interrupt();
        if ((found & 0xFF) > config.longest()) {
            user.failed(IsoTpFailure.TOO_LONG);
        } else {
            user.received(SingleFrame.message(frame, found), now);
        }
    }

    void first(CanFrame frame, int prefix, long now) {
        if (frame.length() < CanFrame.MAX_LENGTH) {
            return;
        }
        long announced = ((frame.byteAt(prefix) & 0xFL) << 8) | frame.byteAt(prefix + 1);
        boolean escaped = announced == 0;
        if (escaped) {
            announced = (frame.payload() >>> (16 - 8 * prefix)) & 0xFFFF_FFFFL;
        }
        if (announced <= (escaped ? IsoTpConfig.MAX_LENGTH : mostInSingleFrame(frame.length(), prefix))) {
            return; // a shorter form exists and is mandatory (9.6.3)
        }
        interrupt();
        if (announced > config.longest()) {
            user.sendFlowControl(tooLong);
            user.failed(IsoTpFailure.TOO_LONG);
            return;
        }
        begin((int) announced, frame, prefix + (escaped ? 2 + ESCAPE_BYTES : 2), now);
    }

    private static int mostInSingleFrame(int frameLength, int prefix) {
        return frameLength - (frameLength == CanFrame.MAX_LENGTH ? 1 : 2) - prefix;
    }

    private void begin(int announced, CanFrame frame, int head, long now) {
        length = announced;
        frameLength = frame.length();
        buffer = new byte[Math.min(length, SET_ASIDE) + Long.BYTES];
        at = frameLength - head;
        frame.copyTo(buffer, 0, head, at);
        sequence = 0;
        started = now;
        user.started(length);
        offer(now);
    }

    void consecutive(CanFrame frame, int prefix, long now) {
        if (state == State.IDLE || state == State.HOLDING) {
            return;
        }
        int count = Math.min(frameLength - 1 - prefix, length - at);
        if (frame.length() < prefix + 1 + count) {
            return; // too short to be ours; N_Cr will tell
        }
        sequence = (sequence + 1) & 0xF;
        if ((frame.byteAt(prefix) & 0xF) != sequence) {
            fail(IsoTpFailure.WRONG_SEQUENCE);
            return;
        }
        store(frame, prefix, count);
        if (at == length) {
            byte[] message = Arrays.copyOf(buffer, length);
            end();
            user.received(message, started);
        } else if (blockLeft != 0 && --blockLeft == 0) {
            offer(now);
        } else {
            await(now);
        }
    }

    private void store(CanFrame frame, int prefix, int count) {
        if (buffer.length < at + count + Long.BYTES) {
            buffer = Arrays.copyOf(buffer, (int) Math.min(2L * buffer.length, (long) length + Long.BYTES));
        }
        if (prefix == 0 && frameLength == CanFrame.MAX_LENGTH) {
            LONG.set(buffer, at, frame.payload() << 8);
        } else {
            frame.copyTo(buffer, at, prefix + 1, count);
        }
        at += count;
    }

    void expire(long now) {
        if (now < deadline) {
            return;
        }
        switch (state) {
            case IDLE -> deadline = Long.MAX_VALUE;
            case GRANTING -> fail(IsoTpFailure.TIMEOUT_AR);
            case HOLDING -> decide(now);
            case RECEIVING -> fail(IsoTpFailure.TIMEOUT_CR);
        }
    }

    void ready(long now) {
        if (state == State.HOLDING) {
            decide(now);
        }
    }

    void flowControlSent(long now) {
        if (state == State.GRANTING) {
            await(now);
        }
    }

    private void await(long now) {
        state = State.RECEIVING;
        deadline = now + config.times().cr();
    }

    /** The first frame, or a block, is complete. */
    private void offer(long now) {
        waits = 0;
        decide(now);
    }

    private void decide(long now) {
        if (user.ready()) {
            state = State.GRANTING;
            blockLeft = config.blockSize();
            deadline = now + config.times().ar();
            user.sendFlowControl(goOn);
        } else if (++waits > config.waits()) {
            fail(IsoTpFailure.NEVER_READY);
        } else {
            state = State.HOLDING;
            deadline = now + config.times().br();
            user.sendFlowControl(wait);
        }
    }

    private void interrupt() {
        if (state != State.IDLE) {
            fail(IsoTpFailure.INTERRUPTED);
        }
    }

    private void fail(IsoTpFailure failure) {
        end();
        user.failed(failure);
    }

    void end() {
        state = State.IDLE;
        length = 0;
        buffer = NOTHING;
        deadline = Long.MAX_VALUE;
    }
}
