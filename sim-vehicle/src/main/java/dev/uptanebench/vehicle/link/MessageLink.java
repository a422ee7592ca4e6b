package dev.uptanebench.vehicle.link;

import dev.uptanebench.vehicle.can.CanFrame;
import dev.uptanebench.vehicle.can.CanPort;
import dev.uptanebench.vehicle.isotp.IsoTpConfig;
import dev.uptanebench.vehicle.isotp.IsoTpEngine;
import dev.uptanebench.vehicle.isotp.IsoTpFailure;
import dev.uptanebench.vehicle.isotp.IsoTpUser;
import dev.uptanebench.vehicle.kernel.Timer;
import dev.uptanebench.vehicle.kernel.World;
import dev.uptanebench.vehicle.uds.Bytes;
import java.util.ArrayDeque;
import java.util.Queue;

/** One end of an ISO-TP connection on a port. Messages leave one after the other, in order. */
public final class MessageLink implements MessageChannel {
    /** Most messages that wait for the one that is leaving. */
    public static final int QUEUE_MESSAGES = 16;

    private final World world;
    private final CanPort port;
    private final MessageListener listener;
    private final IsoTpEngine engine;
    private final Timer timer;
    private final Runnable frameSent;
    private final Runnable flowControlSent;
    private final Queue<Outgoing> waiting = new ArrayDeque<>();
    private Runnable onSent = () -> {};
    private boolean deaf;

    private record Outgoing(Bytes message, Runnable onSent) {}

    public MessageLink(World world, CanPort port, IsoTpConfig config, MessageListener listener) {
        this.world = world;
        this.port = port;
        this.listener = listener;
        this.engine = new IsoTpEngine(config, new EngineUser());
        this.timer = world.timer(() -> engine.expire(world.now()));
        this.frameSent = () -> engine.frameSent(world.now());
        this.flowControlSent = () -> engine.flowControlSent(world.now());
        port.onFrame(config.receives(), this::heard);
    }

    @Override
    public boolean send(byte[] message, Runnable whenSent) {
        if (engine.idle() && waiting.isEmpty()) {
            start(message, whenSent);
            return true;
        }
        return waiting.size() < QUEUE_MESSAGES && waiting.add(new Outgoing(new Bytes(message), whenSent));
    }

    @Override
    public void reset() {
        waiting.clear();
        engine.reset();
    }

    @Override
    public void deaf(boolean wanted) {
        deaf = wanted;
    }

    private void heard(CanFrame frame) {
        if (!deaf) {
            engine.frame(frame, world.now());
        }
    }

    private void start(byte[] message, Runnable whenSent) {
        onSent = whenSent;
        engine.send(message, world.now());
    }

    private void next() {
        if (engine.idle() && !waiting.isEmpty()) {
            Outgoing outgoing = waiting.remove();
            start(outgoing.message().array(), outgoing.onSent());
        }
    }

    private final class EngineUser implements IsoTpUser {
        @Override
        public void send(CanFrame frame) {
            port.send(frame, frameSent); // a port that does not take it shows as TIMEOUT_A
        }

        @Override
        public void sendFlowControl(CanFrame frame) {
            port.send(frame, flowControlSent);
        }

        @Override
        public void wakeAt(long time) {
            if (time == Long.MAX_VALUE) {
                timer.clear();
            } else {
                timer.set(time);
            }
        }

        @Override
        public void sent() {
            onSent.run();
            next();
        }

        @Override
        public void started(int length) {
            listener.started();
        }

        @Override
        public void received(byte[] message, long started) {
            listener.received(message, started);
        }

        @Override
        public void failed(IsoTpFailure failure) {
            listener.failed(new Loss.OnBus(failure));
            if (failure.sending()) {
                next();
            }
        }
    }
}
