package dev.uptanebench.vehicle.doip;

import dev.uptanebench.vehicle.uds.Bytes;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** An entity of address 1001 on a clock that the test moves, and what it says. */
final class Entities implements EntityUser {
    static final VehicleIdentity IDENTITY = VehicleIdentity.of("WUB00000000000001",
            HexFormat.of().parseHex("020000000001"), HexFormat.of().parseHex("020000000002"));
    static final EntityConfig CONFIG = EntityConfig.of(0x1001, IDENTITY);
    static final Bytes NOTHING = new Bytes(new byte[0]);

    final DoipEntity entity;
    final List<DoipMessage> announced = new ArrayList<>();
    final List<String> requests = new ArrayList<>();
    ActivationCode approval = ActivationCode.ACTIVATED;
    Optional<DiagnosticFault> hindrance = Optional.empty();
    long now;
    private long wake = Long.MAX_VALUE;

    Entities(EntityConfig config) {
        entity = new DoipEntity(config, this);
    }

    /** Lets time pass, in which the entity does what it is to do at its time. */
    void pass(long millis) {
        long end = now + TimeUnit.MILLISECONDS.toNanos(millis);
        while (wake <= end) {
            now = Math.max(now, wake);
            entity.expire(now);
        }
        now = end;
    }

    Peer connect() {
        return new Peer(false);
    }

    Peer connectSecurely() {
        return new Peer(true);
    }

    /** A connection that is active for that tester. */
    Peer activated(int tester) {
        Peer peer = connect();
        peer.activate(tester);
        peer.said.clear();
        return peer;
    }

    List<DoipMessage> datagram(String digits) {
        List<DoipMessage> replies = new ArrayList<>();
        entity.datagram(HexFormat.of().parseHex(digits.replace(" ", "")),
                reply -> replies.add(message(DoipCodec.readDatagram(reply, 100))), now);
        return replies;
    }

    private static DoipMessage message(DoipCodec.Part part) {
        if (part instanceof DoipCodec.Message whole) {
            return whole.message();
        }
        throw new AssertionError("an entity said what cannot be read: " + part);
    }

    @Override
    public void wakeAt(long time) {
        wake = time;
    }

    @Override
    public void announce(byte[] datagram) {
        announced.add(message(DoipCodec.readDatagram(datagram, 100)));
    }

    @Override
    public long spread(long most) {
        return most / 2;
    }

    @Override
    public ActivationCode approve(DoipMessage.ActivationRequest request) {
        return approval;
    }

    @Override
    public Optional<DiagnosticFault> hindrance(int target) {
        return hindrance;
    }

    @Override
    public void request(DoipEntity.Connection from, byte[] data, boolean functional) {
        requests.add(HexFormat.of().formatHex(data) + (functional ? " to all" : ""));
        from.respond(new byte[]{(byte) (data[0] + 0x40)}, now);
    }

    /** Who is connected. */
    final class Peer implements Line {
        final List<DoipMessage> said = new ArrayList<>();
        boolean closed;
        private final DoipStream stream = new DoipStream(10_000, _ -> true);
        private final DoipEntity.Connection connection;

        private Peer(boolean secured) {
            connection = entity.opened(this, secured, now);
        }

        @Override
        public void send(byte[] message) {
            stream.take(message).forEach(part -> said.add(message(part)));
        }

        @Override
        public void close() {
            closed = true;
        }

        void says(DoipMessage message) {
            says(DoipCodec.write(DoipCodec.VERSION_2012, message));
        }

        void says(byte[] bytes) {
            connection.received(bytes, now);
        }

        void activate(int tester) {
            says(new DoipMessage.ActivationRequest(tester, 0, NOTHING));
        }

        void asks(int source, int target, String digits) {
            says(new DoipMessage.Diagnostic(source, target, new Bytes(HexFormat.of().parseHex(digits))));
        }

        void vanishes() {
            connection.closed(now);
        }

        /** The code of the last routing activation response. */
        ActivationCode answer() {
            return said.stream().filter(DoipMessage.ActivationResponse.class::isInstance)
                    .map(DoipMessage.ActivationResponse.class::cast).reduce((_, last) -> last)
                    .flatMap(response -> ActivationCode.of(response.code())).orElseThrow();
        }
    }
}
