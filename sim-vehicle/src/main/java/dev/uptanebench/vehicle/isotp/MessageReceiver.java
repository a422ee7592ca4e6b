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

    private final IsoTpConfig config;
    private final IsoTpUser user;
    private final CanFrame goOn;
    private final CanFrame tooLong;
    /** Has room for one word more than the message, so that frames are stored whole. */
    private byte[] buffer = NOTHING;
    private int length;
    private int at;
    private int sequence;
    private int blockLeft;
    private long started;
    private long deadline = Long.MAX_VALUE;

    MessageReceiver(IsoTpConfig config, IsoTpUser user) {
        this.config = config;
        this.user = user;
        this.goOn = flowControl(FrameType.CONTINUE);
        this.tooLong = flowControl(FrameType.OVERFLOW);
    }

    long deadline() {
        return deadline;
    }

    void single(CanFrame frame, long now) {
        int size = singleLength(frame);
        if (size == 0) {
            return;
        }
        interrupt();
        user.received(Arrays.copyOfRange(frame.data(), 1, 1 + size), now);
    }

    /** Length of the message in a single frame, 0 if the frame is none. */
    static int singleLength(CanFrame frame) {
        int size = frame.byteAt(0);
        return size <= FrameType.SINGLE_BYTES && size < frame.length() ? size : 0;
    }

    void first(CanFrame frame, long now) {
        if (frame.length() < CanFrame.MAX_LENGTH) {
            return;
        }
        long announced = (frame.payload() >>> 48) & 0xFFF;
        boolean escaped = announced == 0;
        if (escaped) {
            announced = (frame.payload() >>> 16) & 0xFFFF_FFFFL;
        }
        if (announced <= (escaped ? IsoTpConfig.MAX_LENGTH : FrameType.SINGLE_BYTES)) {
            return; // a shorter form exists and is mandatory (9.6.3)
        }
        interrupt();
        if (announced > config.longest()) {
            user.sendFlowControl(tooLong);
            user.failed(IsoTpFailure.TOO_LONG);
            return;
        }
        length = (int) announced;
        buffer = new byte[length + Long.BYTES];
        LONG.set(buffer, 0, frame.payload() << 16);
        at = FrameType.FIRST_BYTES;
        sequence = 0;
        started = now;
        user.started(length);
        grant(now);
    }

    void consecutive(CanFrame frame, long now) {
        if (length == 0) {
            return;
        }
        int count = Math.min(FrameType.SINGLE_BYTES, length - at);
        if (frame.length() <= count) {
            return; // too short to be ours; N_Cr will tell
        }
        sequence = (sequence + 1) & 0xF;
        if ((frame.byteAt(0) & 0xF) != sequence) {
            end();
            user.failed(IsoTpFailure.WRONG_SEQUENCE);
            return;
        }
        LONG.set(buffer, at, frame.payload() << 8);
        at += count;
        if (at == length) {
            byte[] message = Arrays.copyOf(buffer, length);
            end();
            user.received(message, started);
        } else if (blockLeft != 0 && --blockLeft == 0) {
            grant(now);
        } else {
            deadline = now + config.timeout();
        }
    }

    void expire(long now) {
        if (now >= deadline) {
            end();
            user.failed(IsoTpFailure.TIMEOUT_CR);
        }
    }

    private void grant(long now) {
        blockLeft = config.blockSize();
        deadline = now + config.timeout();
        user.sendFlowControl(goOn);
    }

    private void interrupt() {
        if (length != 0) {
            end();
            user.failed(IsoTpFailure.INTERRUPTED);
        }
    }

    void end() {
        length = 0;
        buffer = NOTHING;
        deadline = Long.MAX_VALUE;
    }

    private CanFrame flowControl(int status) {
        byte[] data = new byte[CanFrame.MAX_LENGTH];
        Arrays.fill(data, (byte) config.padding());
        data[0] = (byte) ((FrameType.FLOW_CONTROL << 4) | status);
        data[1] = (byte) config.blockSize();
        data[2] = (byte) config.separation();
        return CanFrame.of(config.sends(), data);
    }
}
