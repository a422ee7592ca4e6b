package dev.uptanebench.vehicle.isotp;

import dev.uptanebench.vehicle.can.CanFrame;
import java.util.Arrays;
import java.util.Optional;

/**
 * One end of an ISO-TP connection, full duplex: at most one message leaves and one arrives at a time. Times are
 * nanoseconds on whatever clock the caller has, as long as it does not go back.
 */
public final class IsoTpEngine {
    private final IsoTpConfig config;
    private final IsoTpUser user;
    private final MessageSender sender;
    private final MessageReceiver receiver;

    public IsoTpEngine(IsoTpConfig config, IsoTpUser user) {
        this.config = config;
        this.user = user;
        this.sender = new MessageSender(config, user);
        this.receiver = new MessageReceiver(config, user);
    }

    /** Whether {@link #send} may be called. */
    public boolean idle() {
        return sender.idle();
    }

    /**
     * Starts to send a message of 1 to 4095 bytes; the array must not change until it has left.
     *
     * @throws IllegalArgumentException if it is empty or longer
     * @throws IllegalStateException if another one has not left yet
     */
    public void send(byte[] message, long now) {
        if (message.length == 0 || message.length > IsoTpConfig.MAX_LENGTH) {
            throw new IllegalArgumentException("a message has 1 to 4095 bytes, not " + message.length);
        }
        if (!sender.idle()) {
            throw new IllegalStateException("the former message has not left yet");
        }
        sender.start(message, now);
        wake();
    }

    /** A frame given to {@link IsoTpUser#send} has left. */
    public void frameSent(long now) {
        sender.frameSent(now);
        wake();
    }

    /** A frame has arrived; those that are not for this end, or not ISO-TP, are ignored. */
    public void frame(CanFrame frame, long now) {
        if (frame.remote() || frame.length() == 0 || !frame.id().equals(config.receives())) {
            return;
        }
        switch (frame.byteAt(0) >> 4) {
            case FrameType.SINGLE -> receiver.single(frame, now);
            case FrameType.FIRST -> receiver.first(frame, now);
            case FrameType.CONSECUTIVE -> receiver.consecutive(frame, now);
            case FrameType.FLOW_CONTROL -> sender.flowControl(frame, now);
            default -> {
                return; // reserved by 9.6.1
            }
        }
        wake();
    }

    /** The deadline given to {@link IsoTpUser#wakeAt} has come. */
    public void expire(long now) {
        sender.expire(now);
        receiver.expire(now);
        wake();
    }

    /** Forgets both messages without a word, as a node that loses its power does. */
    public void reset() {
        sender.abandon();
        receiver.end();
        wake();
    }

    /** The message in a single frame, whatever its identifier; functional requests come in no other form. */
    public static Optional<byte[]> single(CanFrame frame) {
        if (frame.remote() || frame.length() == 0) {
            return Optional.empty();
        }
        int size = MessageReceiver.singleLength(frame);
        return size == 0 ? Optional.empty() : Optional.of(Arrays.copyOfRange(frame.data(), 1, 1 + size));
    }

    private void wake() {
        user.wakeAt(Math.min(sender.deadline(), receiver.deadline()));
    }
}
