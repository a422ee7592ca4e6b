package dev.uptanebench.vehicle.doip;

import dev.uptanebench.vehicle.uds.Bytes;

/**
 * A tester's side of one connection to one entity: activates routing, sends one message after the other, answers when it is
 * asked whether it is alive. Everything that the entity sends may be hostile.
 */
public final class DoipTester {
    private static final int VERSION = DoipCodec.VERSION_2019;
    private static final long NEVER = Long.MAX_VALUE;
    private static final Bytes NOTHING = new Bytes(new byte[0]);

    private final TesterConfig config;
    private final Line line;
    private final TesterUser user;
    private final DoipStream stream;
    private State state = State.ACTIVATING;
    private long deadline;

    private enum State {
        ACTIVATING,
        IDLE,
        /** A message has been sent and is not acknowledged. */
        SENDING,
        OVER
    }

    /** The line has just been connected; routing activation is asked for. */
    public DoipTester(TesterConfig config, Line line, TesterUser user, long now) {
        this.config = config;
        this.line = line;
        this.user = user;
        this.stream = new DoipStream(config.longest(), _ -> true);
        say(new DoipMessage.ActivationRequest(config.address(), config.activation(), NOTHING));
        awaitUntil(now + config.times().control());
    }

    /** Whether {@link #send} may be called. */
    public boolean idle() {
        return state == State.IDLE;
    }

    /**
     * Sends a diagnostic message.
     *
     * @throws IllegalStateException if routing is not active, or the former message is not acknowledged
     */
    public void send(byte[] data, long now) {
        if (!idle()) {
            throw new IllegalStateException("the former message is still under way");
        }
        state = State.SENDING;
        say(new DoipMessage.Diagnostic(config.address(), config.entity(), new Bytes(data)));
        awaitUntil(now + config.times().acknowledgement());
    }

    /** Bytes have come. */
    public void received(byte[] bytes) {
        for (DoipCodec.Part part : stream.take(bytes)) {
            if (state == State.OVER) {
                break;
            }
            switch (part) {
                case DoipCodec.Refused(_, _, HeaderFault fault) -> {
                    if (fault.closing()) {
                        end(new DoipFailure.Malformed(fault));
                    }
                }
                case DoipCodec.Message(_, DoipMessage message) -> take(message);
            }
        }
    }

    /** The line is gone. */
    public void closed() {
        if (state != State.OVER) {
            over(new DoipFailure.Closed());
        }
    }

    /** Ends the connection; nothing more is told of it. */
    public void close() {
        if (state != State.OVER) {
            state = State.OVER;
            awaitUntil(NEVER);
            line.close();
        }
    }

    /** Time has passed. */
    public void expire(long now) {
        if (now < deadline) {
            return;
        }
        switch (state) {
            case ACTIVATING -> end(new DoipFailure.Silent("answer to the routing activation"));
            case SENDING -> end(new DoipFailure.Silent("acknowledgement"));
            case IDLE, OVER -> {
                // nothing is awaited
            }
        }
    }

    private void take(DoipMessage message) {
        switch (message) {
            case DoipMessage.ActivationResponse response when state == State.ACTIVATING ->
                activated(response.code());
            case DoipMessage.AliveCheckRequest _ -> say(new DoipMessage.AliveCheckResponse(config.address()));
            case DoipMessage.DiagnosticAck ack when own(ack.answering(), ack.tester()) -> {
                state = State.IDLE;
                awaitUntil(NEVER);
                user.acknowledged();
            }
            case DoipMessage.DiagnosticNack nack when own(nack.answering(), nack.tester()) -> {
                state = State.IDLE;
                awaitUntil(NEVER);
                user.failed(new DoipFailure.NotTaken(nack.code()), false);
            }
            case DoipMessage.HeaderNack(int code) when state == State.SENDING || state == State.ACTIVATING ->
                end(new DoipFailure.Refused(code));
            case DoipMessage.Diagnostic(int source, int target, Bytes data) when source == config.entity()
                    && target == config.address() ->
                user.received(data.array());
            default -> {
                // nothing that was asked for
            }
        }
    }

    private boolean own(int answering, int asked) {
        return state == State.SENDING && answering == config.entity() && asked == config.address();
    }

    private void activated(int code) {
        if (code == ActivationCode.ACTIVATED.code()) {
            state = State.IDLE;
            awaitUntil(NEVER);
            user.activated();
        } else {
            end(new DoipFailure.Denied(code));
        }
    }

    private void end(DoipFailure failure) {
        line.close();
        over(failure);
    }

    private void over(DoipFailure failure) {
        state = State.OVER;
        awaitUntil(NEVER);
        user.failed(failure, true);
    }

    private void say(DoipMessage message) {
        line.send(DoipCodec.write(VERSION, message));
    }

    private void awaitUntil(long time) {
        deadline = time;
        user.wakeAt(time);
    }
}
