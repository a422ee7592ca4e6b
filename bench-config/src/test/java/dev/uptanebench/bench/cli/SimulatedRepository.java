package dev.uptanebench.bench.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.uptanebench.vehicle.repository.KeyRing;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.MetaFile;
import dev.uptanebench.vehicle.uptane.Metadata;
import dev.uptanebench.vehicle.uptane.PublicKey;
import dev.uptanebench.vehicle.uptane.RoleKeys;
import dev.uptanebench.vehicle.uptane.RoleType;
import dev.uptanebench.vehicle.uptane.Root;
import dev.uptanebench.vehicle.uptane.Signers;
import dev.uptanebench.vehicle.uptane.SigningKey;
import dev.uptanebench.vehicle.uptane.Snapshot;
import dev.uptanebench.vehicle.uptane.Target;
import dev.uptanebench.vehicle.uptane.Targets;
import dev.uptanebench.vehicle.uptane.Timestamp;
import dev.uptanebench.vehicle.uptane.dialect.TufJson;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A TUF repository behind a real server, for a test to publish from explicitly. Everything begins as version 1 with one
 * key for each role. A publication of a Targets file is listed by the next Snapshot, that of Snapshot by the next
 * Timestamp, unless the test says otherwise in between.
 */
final class SimulatedRepository implements AutoCloseable {
    static final TufJson DIALECT = new TufJson();

    final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    final KeyRing ring = new KeyRing(11, DIALECT);
    final SortedMap<String, SimulatedRole> roles = new TreeMap<>();
    final SortedMap<String, byte[]> images = new TreeMap<>();
    /** Every request for metadata, such as {@code 2.root}, {@code timestamp}, {@code 1.supplier%2Fa}. */
    final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    final List<String> askedForImages = Collections.synchronizedList(new ArrayList<>());
    boolean consistent = true;
    /** Whether Snapshot and Timestamp state lengths and hashes. */
    boolean hashes;
    private final HttpServer server;
    private int keys;

    SimulatedRepository() {
        for (RoleType role : RoleType.values()) {
            roles.put(role.id(), new SimulatedRole(role.id(), now.plus(Duration.ofDays(30)), newKey()));
        }
        publish("targets", "snapshot", "timestamp", "root");
        server = listening();
        server.createContext("/metadata/", this::metadata);
        server.createContext("/targets/", this::image);
        server.start();
    }

    private static HttpServer listening() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI metadataUrl() {
        return URI.create("http://localhost:" + server.getAddress().getPort() + "/metadata/");
    }

    URI imagesUrl() {
        return URI.create("http://localhost:" + server.getAddress().getPort() + "/targets/");
    }

    SigningKey newKey() {
        return ring.key("key " + ++keys);
    }

    SimulatedRole role(String name) {
        SimulatedRole role = roles.get(name);
        if (role == null) {
            throw new IllegalArgumentException("no role " + name);
        }
        return role;
    }

    SimulatedRole root() {
        return role("root");
    }

    SimulatedRole timestamp() {
        return role("timestamp");
    }

    SimulatedRole snapshot() {
        return role("snapshot");
    }

    SimulatedRole targets() {
        return role("targets");
    }

    /** The newest published file of a role. */
    byte[] file(String role) {
        return role(role).published.getLast();
    }

    /** Makes a delegated role, if there is none yet, and has another role delegate to it. */
    SimulatedRole delegate(String from, String name, boolean terminating, String... paths) {
        SimulatedRole role = roles.computeIfAbsent(name,
                wanted -> new SimulatedRole(wanted, now.plus(Duration.ofDays(30)), newKey()));
        role(from).delegations.add(new Targets.Delegation(name, signers(role), List.of(paths), terminating));
        return role;
    }

    private static Signers signers(SimulatedRole role) {
        SortedMap<String, PublicKey> listed = new TreeMap<>();
        role.listed.forEach(key -> listed.put(key.publicKey().id(), key.publicKey()));
        return new Signers(listed, new RoleKeys(List.copyOf(listed.keySet()), role.threshold));
    }

    void addImage(String role, String name, String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        addImage(role, name, bytes, Map.of("sha256", Bytes.of(bytes).sha256()));
    }

    void addImage(String role, String name, byte[] bytes, Map<String, String> stated) {
        role(role).targets.put(name,
                new Target(bytes.length, new TreeMap<>(stated), new TreeMap<>(), List.of(), null));
        images.put(name, bytes);
    }

    /** Raises the version of each, signs it and has it served. */
    void publish(String... names) {
        for (String name : names) {
            SimulatedRole role = role(name);
            role.version++;
            Metadata metadata = metadata(role);
            Bytes file = DIALECT.encode(metadata, role.signing);
            role.published.add(file.toArray());
            MetaFile listed = hashes ? MetaFile.of(role.version, file) : MetaFile.of(role.version);
            switch (metadata) {
                case Targets targets -> snapshot().meta.put(name + ".json", listed);
                case Snapshot snapshot -> timestamp().meta.put("snapshot.json", listed);
                case Root root -> {
                }
                case Timestamp timestamp -> {
                }
            }
        }
    }

    private Metadata metadata(SimulatedRole role) {
        return switch (role.name) {
            case "root" -> rootMetadata(role);
            case "timestamp" -> new Timestamp(role.version, role.expires,
                    role.meta.getOrDefault("snapshot.json", MetaFile.of(1)));
            case "snapshot" -> new Snapshot(role.version, role.expires, role.meta);
            default -> new Targets(role.version, role.expires, role.targets, role.delegations, null, null);
        };
    }

    private Root rootMetadata(SimulatedRole root) {
        SortedMap<String, PublicKey> all = new TreeMap<>();
        Map<RoleType, RoleKeys> entitled = new EnumMap<>(RoleType.class);
        for (RoleType type : RoleType.values()) {
            SimulatedRole role = role(type.id());
            role.listed.forEach(key -> all.put(key.publicKey().id(), key.publicKey()));
            entitled.put(type, new RoleKeys(role.listed.stream().map(key -> key.publicKey().id()).toList(),
                    role.threshold));
        }
        return new Root(root.version, root.expires, consistent, all, entitled);
    }

    /** Serves something else in place of a role's newest file. */
    void serveInstead(String role, String file) {
        role(role).published.set(role(role).published.size() - 1, file.getBytes(StandardCharsets.UTF_8));
    }

    private void metadata(HttpExchange exchange) throws IOException {
        String name = last(exchange, "/metadata/").replaceFirst("\\.json$", "");
        asked.add(name);
        answer(exchange, find(name));
    }

    private byte[] find(String name) {
        int dot = name.indexOf('.');
        boolean numbered = dot > 0 && name.substring(0, dot).chars().allMatch(Character::isDigit);
        SimulatedRole role = roles
                .get(URLDecoder.decode(numbered ? name.substring(dot + 1) : name, StandardCharsets.UTF_8));
        boolean wanted = name.equals("timestamp") || numbered == (consistent || name.endsWith(".root"));
        if (role == null || !wanted) {
            return new byte[0];
        }
        int index = numbered ? Integer.parseInt(name.substring(0, dot)) - 1 : role.published.size() - 1;
        return index >= 0 && index < role.published.size() ? role.published.get(index) : new byte[0];
    }

    private void image(HttpExchange exchange) throws IOException {
        String path = last(exchange, "/targets/");
        askedForImages.add(path);
        int slash = path.lastIndexOf('/') + 1;
        String file = consistent ? path.substring(path.indexOf('.', slash) + 1) : path.substring(slash);
        answer(exchange, images.getOrDefault(
                URLDecoder.decode(path.substring(0, slash) + file, StandardCharsets.UTF_8), new byte[0]));
    }

    private static String last(HttpExchange exchange, String context) {
        return exchange.getRequestURI().getRawPath().substring(context.length());
    }

    /** Nothing is 404. */
    private static void answer(HttpExchange exchange, byte[] body) throws IOException {
        exchange.sendResponseHeaders(body.length == 0 ? 404 : 200, body.length == 0 ? -1 : body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
