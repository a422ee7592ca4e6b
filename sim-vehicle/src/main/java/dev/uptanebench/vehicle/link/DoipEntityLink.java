package dev.uptanebench.vehicle.link;

import dev.uptanebench.vehicle.doip.ActivationCode;
import dev.uptanebench.vehicle.doip.DoipEntity;
import dev.uptanebench.vehicle.doip.EntityUser;
import dev.uptanebench.vehicle.doip.Line;
import dev.uptanebench.vehicle.ethernet.Host;
import dev.uptanebench.vehicle.ethernet.LineListener;
import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.history.Recorder;
import dev.uptanebench.vehicle.kernel.RandomStream;
import dev.uptanebench.vehicle.kernel.Timer;
import dev.uptanebench.vehicle.kernel.World;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An ECU's end of DoIP: the entity, and the ECU behind it. Several testers may be connected; an answer goes to the one that
 * asked. When the ECU starts, so does the entity: connections from before are closed, and it announces itself.
 */
final class DoipEntityLink implements MessageChannel {
    private final World world;
    private final DoipEntityCarrier place;
    private final MessageListener listener;
    private final RandomStream chance;
    private final Timer timer;
    private final List<Line> lines = new ArrayList<>();
    private Life life;
    private DoipEntity.@Nullable Connection asker;
    private boolean deaf;

    DoipEntityLink(DoipEntityCarrier place, MessageListener listener) {
        this.world = place.world();
        this.place = place;
        this.listener = listener;
        this.chance = world.random("doip " + place.serial());
        this.timer = world.timer(this::expire);
        this.life = new Life();
        place.port().host(new Outside());
        life.entity.start(world.now());
    }

    @Override
    public boolean send(byte[] message, Runnable whenSent) {
        DoipEntity.Connection asked = asker;
        if (asked == null) {
            return false;
        }
        asked.respond(message, world.now());
        whenSent.run();
        return true;
    }

    @Override
    public void reset() {
        asker = null;
    }

    /** Whoever is connected does not notice that nobody listens any more, until the ECU is there again. */
    @Override
    public void deaf(boolean wanted) {
        boolean back = deaf && !wanted;
        deaf = wanted;
        if (wanted) {
            timer.clear();
        }
        if (back) {
            restarted();
        }
    }

    @Override
    public void restarted() {
        asker = null;
        List.copyOf(lines).forEach(Line::close);
        lines.clear();
        life = new Life();
        life.entity.start(world.now());
    }

    private void expire() {
        if (!deaf) {
            life.entity.expire(world.now());
        }
    }

    /** The ECU from one start to the next, and what its entity wants of it. */
    private final class Life implements EntityUser {
        private final DoipEntity entity = new DoipEntity(place.config(), this);

        @Override
        public void wakeAt(long time) {
            if (life != this) {
                return; // it has started anew meanwhile
            }
            if (time == Long.MAX_VALUE) {
                timer.clear();
            } else {
                timer.set(time);
            }
        }

        @Override
        public void announce(byte[] datagram) {
            place.port().announce(datagram);
        }

        @Override
        public long spread(long most) {
            return chance.nextInt((int) Math.min(most, Integer.MAX_VALUE - 1) + 1);
        }

        @Override
        public void activation(int tester, ActivationCode code) {
            Recorder recorder = place.recorder();
            recorder.record(new Event.RoutingActivation(place.port().network(), place.serial(), tester, code.code()));
        }

        @Override
        public void request(DoipEntity.Connection from, byte[] data, boolean functional) {
            DoipEntity.Connection before = asker;
            boolean busy = listener.busy();
            asker = from;
            if (functional) {
                listener.forEverybody(data, world.now());
            } else {
                listener.received(data, world.now());
            }
            if (busy) {
                asker = before; // who is still owed an answer
            }
        }
    }

    /** What the network wants of the entity. */
    private final class Outside implements Host {
        @Override
        public LineListener accepted(Line line, boolean secured) {
            lines.add(line);
            return new Arrivals(line, life.entity.opened(line, secured, world.now()), life);
        }

        @Override
        public void datagram(byte[] bytes, Consumer<byte[]> reply) {
            if (!deaf) {
                life.entity.datagram(bytes, reply, world.now());
            }
        }
    }

    /** What comes over one line. */
    private final class Arrivals implements LineListener {
        private final Line line;
        private final DoipEntity.Connection connection;
        private final Life owner;

        Arrivals(Line line, DoipEntity.Connection connection, Life owner) {
            this.line = line;
            this.connection = connection;
            this.owner = owner;
        }

        @Override
        public void received(byte[] bytes) {
            if (!deaf && owner == life) {
                connection.received(bytes, world.now());
            }
        }

        @Override
        public void closed() {
            lines.remove(line);
            if (owner == life) {
                connection.closed(world.now());
            }
        }
    }
}
