package dev.uptanebench.bench.fuzz;

import dev.uptanebench.vehicle.doip.DoipCodec;
import dev.uptanebench.vehicle.doip.DoipEntity;
import dev.uptanebench.vehicle.doip.DoipMessage;
import dev.uptanebench.vehicle.doip.DoipStream;
import dev.uptanebench.vehicle.doip.DoipTester;
import dev.uptanebench.vehicle.doip.DoipFailure;
import dev.uptanebench.vehicle.doip.EntityConfig;
import dev.uptanebench.vehicle.doip.EntityUser;
import dev.uptanebench.vehicle.doip.Line;
import dev.uptanebench.vehicle.doip.TesterConfig;
import dev.uptanebench.vehicle.doip.TesterUser;
import dev.uptanebench.vehicle.doip.VehicleIdentity;
import java.util.Arrays;
import java.util.List;

public final class DoipFuzz {
    private static final int LONGEST = 8192;
    private static final EntityConfig ENTITY = EntityConfig.of(0x1001,
            VehicleIdentity.of("WUB00000000000001", new byte[6], new byte[6]));

    private DoipFuzz() {}

    /**
     * What is read and written again has to be read as the same; an entity and a tester must bear it, at once or torn at the
     * place that the first byte says; and what they say has to be readable.
     */
    public static void fuzzerTestOneInput(byte[] data) {
        DoipCodec.readDatagram(data, LONGEST);
        for (DoipCodec.Part part : new DoipStream(LONGEST, _ -> true).take(data)) {
            if (part instanceof DoipCodec.Message(int version, DoipMessage message)) {
                byte[] again = DoipCodec.write(version, message);
                if (!new DoipStream(LONGEST, _ -> true).take(again).equals(List.of(part))) {
                    throw new AssertionError("read as something else the second time");
                }
            }
        }
        int cut = data.length == 0 ? 0 : Math.min(data[0] & 0xFF, data.length);
        feed(data, data.length);
        feed(data, cut);
        DoipTester tester = new DoipTester(TesterConfig.of(0x0E80, 0x1001), READABLE, new Silent(), 0);
        tester.received(data);
        tester.expire(Long.MAX_VALUE - 1);
    }

    private static void feed(byte[] data, int cut) {
        DoipEntity entity = new DoipEntity(ENTITY, new Answering());
        DoipEntity.Connection connection = entity.opened(READABLE, false, 0);
        connection.received(Arrays.copyOf(data, cut), 0);
        connection.received(Arrays.copyOfRange(data, cut, data.length), 1);
        entity.datagram(data, READABLE::send, 2);
        entity.expire(Long.MAX_VALUE - 1);
        connection.closed(3);
        if (entity.connected() != 0) {
            throw new AssertionError("a connection is left that nobody has");
        }
    }

    private static final Line READABLE = new Line() {
        @Override
        public void send(byte[] message) {
            boolean tcp = new DoipStream(LONGEST, _ -> true).take(message).stream()
                    .anyMatch(DoipCodec.Message.class::isInstance);
            if (!tcp && !(DoipCodec.readDatagram(message, LONGEST) instanceof DoipCodec.Message)) {
                throw new AssertionError("what was said is no message");
            }
        }

        @Override
        public void close() {}
    };

    private static final class Answering implements EntityUser {
        @Override
        public void wakeAt(long time) {}

        @Override
        public void announce(byte[] datagram) {}

        @Override
        public long spread(long most) {
            return 0;
        }

        @Override
        public void request(DoipEntity.Connection from, byte[] data, boolean functional) {
            from.respond(data, 1);
        }
    }

    private static final class Silent implements TesterUser {
        @Override
        public void wakeAt(long time) {}

        @Override
        public void activated() {}

        @Override
        public void acknowledged() {}

        @Override
        public void received(byte[] data) {}

        @Override
        public void failed(DoipFailure failure, boolean over) {}
    }
}
