package dev.uptanebench.bench.serve;

import dev.uptanebench.attack.run.WallClock;
import dev.uptanebench.ecu.verify.DirectorTargets;
import dev.uptanebench.ecu.verify.FullVerification;
import dev.uptanebench.ecu.verify.ImageVerification;
import dev.uptanebench.ecu.verify.Installed;
import dev.uptanebench.ecu.verify.MappedRepositories;
import dev.uptanebench.ecu.verify.MetadataSource;
import dev.uptanebench.ecu.verify.MetadataStore;
import dev.uptanebench.ecu.verify.Ordered;
import dev.uptanebench.ecu.verify.Rejected;
import dev.uptanebench.ecu.verify.Unavailable;
import dev.uptanebench.ecu.verify.Verified;
import dev.uptanebench.vehicle.encryption.EcuKey;
import dev.uptanebench.vehicle.encryption.Sealing;
import dev.uptanebench.vehicle.kernel.Limits;
import dev.uptanebench.vehicle.repository.ImageName;
import dev.uptanebench.vehicle.requirement.Check;
import dev.uptanebench.vehicle.requirement.Checks;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.InstallationReport;
import dev.uptanebench.vehicle.uptane.Metadata;
import dev.uptanebench.vehicle.uptane.PublicKey;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.RoleType;
import dev.uptanebench.vehicle.uptane.SigningKey;
import dev.uptanebench.vehicle.uptane.TufSignatures;
import dev.uptanebench.vehicle.uptane.VersionReport;
import dev.uptanebench.vehicle.uptane.dialect.Dialect;
import dev.uptanebench.vehicle.uptane.dialect.Feature;
import dev.uptanebench.vehicle.uptane.dialect.KnownDialect;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A vehicle that is started from nothing but its provisioning folder, over HTTP: its Primary verifies fully as the bench's
 * own does, and each ECU checks, decrypts and puts together its images.
 */
public final class ProvisionedVehicle implements AutoCloseable {
    private static final int OK = 200;
    private static final long ROOM = 1 << 20;

    private final JsonNode provision;
    private final Dialect dialect;
    private final HttpClient client = HttpClient.newHttpClient();
    private final SortedMap<String, JsonNode> ecus = new TreeMap<>();
    private final Map<String, Bytes> runs = new TreeMap<>();
    private final Memory store = new Memory();
    private final FullVerification verification;
    private final List<PublicKey> timeSources = new ArrayList<>();
    private long counter = WallClock.now().toEpochMilli();

    private ProvisionedVehicle(JsonNode provision) throws IOException {
        this.provision = provision;
        dialect = Arrays.stream(KnownDialect.values())
                .filter(known -> known.id().equals(provision.path("dialect").stringValue())).findFirst().orElseThrow()
                .dialect();
        own(provision.path("primary"));
        provision.path("secondaries").forEach(this::own);
        store.map = Bytes.of(Files.readAllBytes(Path.of(provision.path("map").stringValue())));
        SortedSet<RepositoryName> repositories = new TreeSet<>(List.of(RepositoryName.DIRECTOR));
        provision.path("imageRepositories").propertyNames().forEach(name -> repositories.add(new RepositoryName(name)));
        for (RepositoryName repository : repositories) {
            store.files.put(repository + "/root",
                    Bytes.of(Files.readAllBytes(Path.of(described(repository).path("root").stringValue()))));
        }
        verification = new FullVerification(Checks.all(), Limits.standard(),
                new MappedRepositories(dialect, Checks.all(), new TufSignatures(), store),
                new DirectorTargets(checks(), provision.path("vin").stringValue(), ecus.keySet()),
                listed -> Optional.ofNullable(listed).ifPresent(timeSources::add), any -> {}, ecus.keySet());
    }

    /** A dialect without vehicle identifiers leaves them to the URL. */
    private Checks checks() {
        return dialect.features().contains(Feature.VEHICLE_IDENTIFIER)
                ? Checks.all()
                : Checks.all().without(Check.TARGETS_VEHICLE);
    }

    /** @param folder with {@code provision.json} */
    public static ProvisionedVehicle of(Path folder) throws IOException {
        return new ProvisionedVehicle(
                JsonMapper.builder().build().readTree(Files.readString(folder.resolve("provision.json"))));
    }

    private void own(JsonNode ecu) {
        String serial = ecu.path("serial").stringValue();
        ecus.put(serial, ecu);
        runs.put(serial, Bytes.utf8("as delivered: " + serial));
    }

    private JsonNode described(RepositoryName repository) {
        return repository.equals(RepositoryName.DIRECTOR)
                ? provision.path("director")
                : provision.path("imageRepositories").path(repository.id());
    }

    /** What the time source's key was found to be, in the order in which Roots said so. */
    public List<PublicKey> timeSources() {
        return List.copyOf(timeSources);
    }

    /** What is new for its ECUs, after full verification. */
    public List<Ordered> orders() throws Rejected, Unavailable {
        Map<String, Installed> installed = new HashMap<>();
        runs.forEach((serial, image) -> installed.put(serial, new Installed("", image.sha256(), image.length(), 0)));
        return verification.verify(new Web(), WallClock.now(), installed);
    }

    /** What is sent for an order. */
    public Bytes fetched(Ordered order) throws Unavailable {
        String path = ImageName.of(dialect, String.valueOf(order.sentHashes().get("sha256")), order.sentFilename());
        return get(described(order.listedBy().getFirst()).path("url").stringValue() + "/targets/" + path)
                .orElseThrow(() -> new Unavailable("no " + path));
    }

    /** Fetches, checks and installs an image. */
    public Bytes installed(Ordered order) throws Rejected, Unavailable {
        Bytes before = Objects.requireNonNull(runs.get(order.serial()));
        ImageVerification checks = new ImageVerification(Checks.all(), order.serial(),
                Objects.requireNonNull(ecus.get(order.serial())).path("hardwareId").stringValue(), key(order.serial()));
        checks.requireOrder(order, new Installed("", before.sha256(), before.length(), 0));
        Bytes image = checks.requireImage(order, fetched(order), new ImageVerification.Memory(() -> before, ROOM));
        runs.put(order.serial(), image);
        return image;
    }

    private @Nullable EcuKey key(String serial) {
        JsonNode encryption = Objects.requireNonNull(ecus.get(serial)).path("encryption");
        return encryption.isMissingNode()
                ? null
                : Sealing.Way.valueOf(encryption.path("way").stringValue().toUpperCase(java.util.Locale.ROOT))
                        .key(secret(encryption.path("secret").stringValue()));
    }

    private static byte[] secret(String file) {
        try {
            return HexFormat.of().parseHex(Files.readString(Path.of(file)));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Reports what every ECU runs. */
    public int report(@Nullable InstallationReport installation) throws IOException {
        counter++;
        Instant now = WallClock.now().truncatedTo(ChronoUnit.SECONDS);
        SortedMap<String, Bytes> reports = new TreeMap<>();
        runs.forEach((serial, image) -> reports.put(serial, dialect.encode(new VersionReport(serial, "any",
                image.length(), image.sha256(), List.of(), now, now, counter), signing(serial))));
        String primary = provision.path("primary").path("serial").stringValue();
        Bytes manifest = dialect.encode(provision.path("vin").stringValue(), primary, reports, installation,
                signing(primary));
        return send("PUT", described(RepositoryName.DIRECTOR).path("url").stringValue() + "/manifest",
                manifest.toArray()).statusCode();
    }

    private SigningKey signing(String serial) {
        return SigningKey.ofSeed(
                secret(Objects.requireNonNull(ecus.get(serial)).path("privateKey").stringValue()), dialect::keyId);
    }

    private HttpResponse<byte[]> send(String method, String url, byte[] body) throws IOException {
        try {
            return client.send(HttpRequest.newBuilder(URI.create(url))
                    .method(method, HttpRequest.BodyPublishers.ofByteArray(body)).build(),
                    HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private Optional<Bytes> get(String url) throws Unavailable {
        try {
            HttpResponse<byte[]> answer = send("GET", url, new byte[0]);
            return answer.statusCode() == OK ? Optional.of(Bytes.of(answer.body())) : Optional.empty();
        } catch (IOException e) {
            throw new Unavailable(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() {
        client.close();
    }

    private final class Web implements MetadataSource {
        @Override
        public Fetched fetch(RepositoryName repository, RoleType role, long version, long limit) throws Unavailable {
            return fetch(repository, dialect.fileName(role, version));
        }

        @Override
        public Fetched fetchDelegated(RepositoryName repository, String role, long version, long limit)
                throws Unavailable {
            return fetch(repository, dialect.delegatedFileName(role, version));
        }

        private Fetched fetch(RepositoryName repository, String name) throws Unavailable {
            Optional<Bytes> file = get(described(repository).path("url").stringValue() + '/' + name);
            return file.isPresent() ? new File(file.get()) : new Absent();
        }
    }

    /** What it trusts, as long as it lives. */
    private static final class Memory implements MetadataStore {
        private final Map<String, Bytes> files = new HashMap<>();
        private Bytes map = Bytes.utf8("");

        @Override
        public @Nullable Bytes load(RepositoryName repository, RoleType role) {
            return files.get(repository + "/" + role.id());
        }

        @Override
        public void save(RepositoryName repository, Verified<? extends Metadata> metadata) {
            files.put(repository + "/" + metadata.metadata().type().id(), metadata.file());
        }

        @Override
        public Bytes loadMap() {
            return map;
        }

        @Override
        public void dropAfterRotation(RepositoryName repository, RoleType role) {
            files.remove(repository + "/" + role.id());
        }
    }
}
