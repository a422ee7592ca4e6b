package dev.uptanebench.vehicle.link;

import dev.uptanebench.vehicle.doip.DoipFailure;
import dev.uptanebench.vehicle.doip.DoipTester;
import dev.uptanebench.vehicle.doip.EntityConfig;
import dev.uptanebench.vehicle.doip.Line;
import dev.uptanebench.vehicle.doip.TesterConfig;
import dev.uptanebench.vehicle.doip.TesterUser;
import dev.uptanebench.vehicle.ethernet.Dialer;
import dev.uptanebench.vehicle.ethernet.LineListener;
import dev.uptanebench.vehicle.kernel.Timer;
import dev.uptanebench.vehicle.kernel.World;
import dev.uptanebench.vehicle.uds.Bytes;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * A tester's end of DoIP. Connects when there is something to say and no connection; a message counts as sent when the entity
 * has acknowledged it.
 */
final class DoipTesterLink implements MessageChannel {
    private final World world;
    private final Dialer dialer;
    private final TesterConfig config;
    private final MessageListener listener;
    private final Queue<Outgoing> waiting = new ArrayDeque<>();
    private @Nullable Session session;
    private boolean deaf;

    private record Outgoing(Bytes message, Runnable onSent) {}

    DoipTesterLink(World world, Dialer dialer, TesterConfig config, MessageListener listener) {
        this.world = world;
        this.dialer = dialer;
        this.config = config;
        this.listener = listener;
    }

    @Override
    public boolean send(byte[] message, Runnable whenSent) {
        if (message.length == 0 || message.length > EntityConfig.LONGEST_REQUEST) {
            throw new IllegalArgumentException(
                    "a message has 1 to " + EntityConfig.LONGEST_REQUEST + " bytes, not " + message.length);
        }
        if (waiting.size() >= MessageLink.QUEUE_MESSAGES) {
            return false;
        }
        waiting.add(new Outgoing(new Bytes(message), whenSent));
        Session open = session;
        if (open == null) {
            session = new Session();
            session.dial();
        } else {
            open.next();
        }
        return true;
    }

    @Override
    public void reset() {
        waiting.clear();
        Session open = session;
        session = null;
        if (open != null) {
            open.close();
        }
    }

    @Override
    public void deaf(boolean wanted) {
        deaf = wanted;
    }

    /** One connection, from dialling to its end. */
    private final class Session implements TesterUser {
        private final Timer timer = world.timer(this::expire);
        private @Nullable DoipTester tester;
        private @Nullable Outgoing leaving;

        void dial() {
            dialer.dial(this::opened, () -> failed(new DoipFailure.NotConnected(), true));
        }

        private LineListener opened(Line line) {
            if (session == this) {
                tester = new DoipTester(config, line, this, world.now());
            } else {
                line.close();
            }
            return new Arrivals();
        }

        void next() {
            DoipTester ready = tester;
            if (ready != null && ready.idle() && !waiting.isEmpty()) {
                Outgoing first = waiting.remove();
                leaving = first;
                ready.send(first.message().array(), world.now());
            }
        }

        void close() {
            timer.clear();
            if (tester != null) {
                tester.close();
            }
        }

        private void expire() {
            if (tester != null) {
                tester.expire(world.now());
            }
        }

        /** What comes over the line. */
        private final class Arrivals implements LineListener {
            @Override
            public void received(byte[] bytes) {
                if (tester != null && !deaf) {
                    tester.received(bytes);
                }
            }

            @Override
            public void closed() {
                if (tester != null) {
                    tester.closed();
                }
            }
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
        public void activated() {
            next();
        }

        @Override
        public void acknowledged() {
            Outgoing left = leaving;
            leaving = null;
            if (left != null) {
                left.onSent().run();
            }
            next();
        }

        @Override
        public void received(byte[] data) {
            if (session == this) {
                listener.received(data, world.now());
            }
        }

        @Override
        public void failed(DoipFailure failure, boolean over) {
            if (session != this) {
                return;
            }
            leaving = null;
            if (over) {
                session = null;
                waiting.clear();
            }
            listener.failed(new Loss.OnEthernet(failure));
            if (!over) {
                next();
            }
        }
    }
}
