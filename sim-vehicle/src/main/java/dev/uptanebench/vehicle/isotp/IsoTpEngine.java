package dev.uptanebench.vehicle.isotp;

import dev.uptanebench.vehicle.can.CanFrame;
import java.util.Optional;

/**
 * One end of an ISO-TP conversation (ISO 15765-2:2016), full duplex: at most one message leaves and one arrives at a time.
 * Several ends share a port without knowing of each other. Times are nanoseconds on whatever clock the caller has, as
 * long as it does not go back.
 *
 * <p>What comes out of turn: a single or first frame ends the message that was arriving and begins another; consecutive
 * frames and flow controls nobody waits for, and frames of an unknown kind, are ignored (9.8.3).
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
     * Starts to send a message; the array must not change until it has left.
     *
     * @throws IllegalArgumentException if it is empty, too long for ISO-TP, or too long for a single frame and meant for
     *     everybody
     * @throws IllegalStateException if another one has not left yet
     */
    public void send(byte[] message, long now) {
        int most = config.address().functional() ? sender.singleBytes() : IsoTpConfig.LARGEST;
        if (message.length == 0 || message.length > most) {
            throw new IllegalArgumentException("a message has 1 to " + most + " bytes, not " + message.length);
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

    /** A frame given to {@link IsoTpUser#sendFlowControl} has left. */
    public void flowControlSent(long now) {
        receiver.flowControlSent(now);
        wake();
    }

    /** The user has room again after {@link IsoTpUser#ready} has said no. */
    public void ready(long now) {
        receiver.ready(now);
        wake();
    }

    /** A frame has arrived; those that are not for this end, or not ISO-TP, are ignored. */
    public void frame(CanFrame frame, long now) {
        IsoTpAddress address = config.address();
        int prefix = address.prefix();
        if (frame.remote() || frame.length() <= prefix || !frame.id().equals(address.receives())
                || (prefix > 0 && frame.byteAt(0) != address.receivesByte())) {
            return;
        }
        int type = frame.byteAt(prefix) >> 4;
        if (type != FrameType.SINGLE && address.functional()) {
            return; // to everybody there are single frames only (10.3.1)
        }
        switch (type) {
            case FrameType.SINGLE -> receiver.single(frame, prefix, now);
            case FrameType.FIRST -> receiver.first(frame, prefix, now);
            case FrameType.CONSECUTIVE -> receiver.consecutive(frame, prefix, now);
            case FrameType.FLOW_CONTROL -> sender.flowControl(frame, prefix, now);
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

    /** The message in a single frame of normal addressing, whatever its identifier. */
    public static Optional<byte[]> single(CanFrame frame) {
        int found = frame.remote() || frame.length() == 0 ? 0 : SingleFrame.find(frame, 0);
        return found == 0 ? Optional.empty() : Optional.of(SingleFrame.message(frame, found));
    }

    private void wake() {
        user.wakeAt(Math.min(sender.deadline(), receiver.deadline()));
    }
}
