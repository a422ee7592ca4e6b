package dev.uptanebench.vehicle.doip;

import dev.uptanebench.vehicle.uds.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A DoIP node: it announces itself, answers who looks for it, and lets testers in, one connection each, as many as it has
 * sockets for. A tester that wants in where there is no room, or that seems to be in already, makes it ask whether those
 * who are in are still alive.
 */
public final class DoipEntity {
    private static final long NEVER = Long.MAX_VALUE;
    private static final Bytes NOTHING = new Bytes(new byte[0]);

    private final EntityConfig config;
    private final DoipTimes times;
    private final EntityUser user;
    private final List<Connection> connections = new ArrayList<>();
    private final List<Candidate> candidates = new ArrayList<>();
    private final Discovery discovery;

    public DoipEntity(EntityConfig config, EntityUser user) {
        this.config = config;
        this.times = config.times();
        this.user = user;
        this.discovery = new Discovery(config, user);
    }

    /** It is there from now on, and says so. */
    public void start(long now) {
        discovery.start(now);
        wake();
    }

    /** A datagram has come; {@code reply} sends one to whoever sent it. */
    public void datagram(byte[] bytes, Consumer<byte[]> reply, long now) {
        discovery.datagram(bytes, reply, registered().size(), now);
        wake();
    }

    /**
     * A tester has connected.
     *
     * @param secured by TLS
     * @return what is to be told what comes over the line; it may have been closed again already
     */
    public Connection opened(Line line, boolean secured, long now) {
        Connection connection = new Connection(line, secured, now);
        connections.add(connection);
        if (connections.size() - registered().size() > config.unregistered()) {
            end(connection, now);
        }
        wake();
        return connection;
    }

    /** Time has passed. */
    public void expire(long now) {
        discovery.expire(now);
        for (Connection connection : List.copyOf(connections)) {
            if (now >= connection.deadline()) {
                end(connection, now);
            }
        }
        wake();
    }

    /** How many connections are there, active or not. */
    public int connected() {
        return connections.size();
    }

    private List<Connection> registered() {
        return connections.stream().filter(each -> each.tester >= 0).toList();
    }

    private boolean room(int bytes) {
        return bytes <= config.memory() - connections.stream().mapToInt(each -> each.stream.held()).sum();
    }

    private void wake() {
        long next = discovery.deadline();
        for (Connection each : connections) {
            next = Math.min(next, each.deadline());
        }
        user.wakeAt(next);
    }

    /** Somebody who waits until others have said whether they are alive. */
    private record Candidate(Connection connection, int version, DoipMessage.ActivationRequest request,
            List<Connection> unanswered, ActivationCode otherwise) {}

    private void activate(Connection connection, int version, DoipMessage.ActivationRequest request, long now) {
        if (candidates.stream().anyMatch(each -> each.connection() == connection)) {
            return; // its answer is on its way
        }
        connection.quietUntil = NEVER;
        if (connection.tester >= 0 && connection.tester != request.source()) {
            conclude(connection, version, request, ActivationCode.DIFFERENT_SOURCE, now);
        } else if (!LogicalAddress.isTester(request.source())) {
            conclude(connection, version, request, ActivationCode.UNKNOWN_SOURCE, now);
        } else if (!config.activations().contains(request.activation())) {
            conclude(connection, version, request, ActivationCode.UNSUPPORTED_TYPE, now);
        } else if (config.secured().contains(request.activation()) && !connection.secured) {
            conclude(connection, version, request, ActivationCode.TLS_REQUIRED, now);
        } else if (connection.tester >= 0) {
            conclude(connection, version, request, ActivationCode.ACTIVATED, now);
        } else {
            findSocket(connection, version, request, now);
        }
    }

    /** The TCP_DATA socket handler: is there a place for that source? */
    private void findSocket(Connection connection, int version, DoipMessage.ActivationRequest request, long now) {
        List<Connection> registered = registered();
        Optional<Connection> same = registered.stream().filter(each -> each.tester == request.source()).findFirst();
        if (same.isPresent()) {
            checkAlive(new Candidate(connection, version, request, new ArrayList<>(List.of(same.get())),
                    ActivationCode.SOURCE_ACTIVE_ELSEWHERE), now);
        } else if (registered.size() >= config.sockets()) {
            checkAlive(new Candidate(connection, version, request, new ArrayList<>(registered),
                    ActivationCode.ALL_SOCKETS_TAKEN), now);
        } else {
            conclude(connection, version, request, user.approve(request), now);
        }
    }

    private void checkAlive(Candidate candidate, long now) {
        candidates.add(candidate);
        for (Connection other : candidate.unanswered()) {
            if (other.aliveUntil == NEVER) {
                other.aliveUntil = now + times.aliveCheck();
                other.say(candidate.version(), new DoipMessage.AliveCheckRequest());
            }
        }
    }

    private void conclude(Connection connection, int version, DoipMessage.ActivationRequest request,
            ActivationCode code, long now) {
        if (code == ActivationCode.ACTIVATED) {
            connection.tester = request.source();
            connection.version = version;
            connection.heard(now);
        } else if (connection.tester < 0) {
            connection.quietUntil = now + times.initialInactivity();
        }
        connection.say(version, new DoipMessage.ActivationResponse(request.source(), config.address(), code.code(),
                NOTHING));
        user.activation(request.source(), code);
        if (code.closing()) {
            end(connection, now);
        }
    }

    /** A tester that was asked is alive: whoever waited for its place does not get it. */
    private void alive(Connection connection, long now) {
        connection.aliveUntil = NEVER;
        for (Candidate candidate : List.copyOf(candidates)) {
            if (candidate.unanswered().remove(connection) && candidate.unanswered().isEmpty()
                    && candidates.remove(candidate)) {
                conclude(candidate.connection(), candidate.version(), candidate.request(), candidate.otherwise(), now);
            }
        }
    }

    private void end(Connection connection, long now) {
        if (connections.contains(connection)) {
            connection.line.close();
            forget(connection, now);
        }
    }

    private void forget(Connection connection, long now) {
        connections.remove(connection);
        candidates.removeIf(each -> each.connection() == connection);
        if (connection.tester < 0) {
            return;
        }
        for (Candidate candidate : List.copyOf(candidates)) { // there is a place now: for the first who waits
            if (candidates.remove(candidate)) {
                findSocket(candidate.connection(), candidate.version(), candidate.request(), now);
            }
        }
    }

    /** What one connection's owner tells of it. */
    public final class Connection {
        private final Line line;
        private final boolean secured;
        private final DoipStream stream;
        private int tester = -1;
        private int version = DoipCodec.VERSION_2019;
        /** End of the inactivity timer that runs: the initial one, or the general one. */
        private long quietUntil;
        private long aliveUntil = NEVER;

        private Connection(Line line, boolean secured, long now) {
            this.line = line;
            this.secured = secured;
            this.stream = new DoipStream(config.longest(), DoipEntity.this::room);
            this.quietUntil = now + times.initialInactivity();
        }

        /** Logical address of the tester that it was activated for; empty where it was not. */
        public OptionalInt tester() {
            return tester < 0 ? OptionalInt.empty() : OptionalInt.of(tester);
        }

        /** Bytes have come. */
        public void received(byte[] bytes, long now) {
            if (tester >= 0) {
                heard(now);
            }
            for (DoipCodec.Part part : stream.take(bytes)) {
                if (!connections.contains(this)) {
                    break;
                }
                take(part, now);
            }
            wake();
        }

        /** The line is gone. */
        public void closed(long now) {
            if (connections.contains(this)) {
                forget(this, now);
                wake();
            }
        }

        /** Sends a diagnostic message to its tester; nothing happens if that is gone. */
        public void respond(byte[] data, long now) {
            if (connections.contains(this) && tester >= 0) {
                heard(now);
                say(version, new DoipMessage.Diagnostic(config.address(), tester, new Bytes(data)));
                wake();
            }
        }

        private void heard(long now) {
            quietUntil = now + times.generalInactivity();
        }

        private long deadline() {
            return Math.min(quietUntil, aliveUntil);
        }

        private void say(int spokenVersion, DoipMessage message) {
            line.send(DoipCodec.write(DoipHeader.answering(spokenVersion), message));
        }

        private void take(DoipCodec.Part part, long now) {
            switch (part) {
                case DoipCodec.Refused(int spokenVersion, int type, HeaderFault fault) -> {
                    if (type != PayloadType.HEADER_NACK.code()) {
                        say(spokenVersion, new DoipMessage.HeaderNack(fault.code()));
                    }
                    if (fault.closing()) {
                        end(this, now);
                    }
                }
                case DoipCodec.Message(int spokenVersion, DoipMessage message) -> take(spokenVersion, message, now);
            }
        }

        private void take(int spokenVersion, DoipMessage message, long now) {
            switch (message) {
                case DoipMessage.ActivationRequest request -> activate(this, spokenVersion, request, now);
                case DoipMessage.AliveCheckResponse(int source) -> {
                    if (tester < 0 || source == tester) {
                        alive(this, now);
                    } else {
                        end(this, now); // it speaks for another
                    }
                }
                case DoipMessage.Diagnostic diagnostic -> pass(spokenVersion, diagnostic, now);
                case DoipMessage.HeaderNack _,DoipMessage.DiagnosticAck _,DoipMessage.DiagnosticNack _ -> {
                    // nothing that an entity would have to do anything about
                }
                default -> say(spokenVersion, new DoipMessage.HeaderNack(HeaderFault.UNKNOWN_TYPE.code()));
            }
        }

        /** The diagnostic message handler: acknowledged, or refused and why. */
        private void pass(int spokenVersion, DoipMessage.Diagnostic message, long now) {
            DiagnosticFault fault = fault(message);
            if (fault != null) {
                say(spokenVersion, new DoipMessage.DiagnosticNack(message.target(), message.source(), fault.code(),
                        NOTHING));
                if (fault == DiagnosticFault.INVALID_SOURCE) {
                    end(this, now);
                }
                return;
            }
            say(spokenVersion, new DoipMessage.DiagnosticAck(message.target(), message.source(), 0, NOTHING));
            user.request(this, message.data().array(), message.target() != config.address());
        }

        private @Nullable DiagnosticFault fault(DoipMessage.Diagnostic message) {
            if (tester < 0 || message.source() != tester) {
                return DiagnosticFault.INVALID_SOURCE;
            }
            if (message.target() != config.address() && !config.groups().contains(message.target())) {
                return DiagnosticFault.UNKNOWN_TARGET;
            }
            if (message.data().length() > config.longestRequest()) {
                return DiagnosticFault.TOO_LARGE;
            }
            return user.hindrance(message.target()).orElse(null);
        }
    }
}
