package dev.uptanebench.ecu.verify;

import dev.uptanebench.ecu.store.RecordedStore;
import dev.uptanebench.vehicle.history.Recorder;
import dev.uptanebench.vehicle.kernel.Limits;
import dev.uptanebench.vehicle.kernel.RandomStream;
import dev.uptanebench.vehicle.repository.DirectorRepository;
import dev.uptanebench.vehicle.repository.ImageRepository;
import dev.uptanebench.vehicle.repository.KeyRing;
import dev.uptanebench.vehicle.repository.Publication;
import dev.uptanebench.vehicle.repository.RepositoryEditor;
import dev.uptanebench.vehicle.requirement.Checks;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.TufSignatures;
import dev.uptanebench.vehicle.uptane.RepositoryMap;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.RoleType;
import dev.uptanebench.vehicle.uptane.Signature;
import dev.uptanebench.vehicle.uptane.SigningKey;
import dev.uptanebench.vehicle.uptane.Snapshot;
import dev.uptanebench.vehicle.uptane.Target;
import dev.uptanebench.vehicle.uptane.dialect.TufJson;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Two repositories and the Primary P of a vehicle that also has a Secondary S. P has verified the publications with the
 * images v1 and v2 and runs v2; v3 is released for it but not published. A delegated file stands in every Snapshot.
 */
final class Scene implements MetadataSource {
    static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    static final String VIN = "VIN";
    static final String HARDWARE = "H-1";
    static final String DELEGATED = "supplier.json";

    final TufJson dialect = new TufJson();
    final KeyRing ring = new KeyRing(7, dialect);
    final Recorder recorder = new Recorder(() -> 0);
    final RecordedStore store = new RecordedStore(recorder, "P");
    final List<String> asked = new ArrayList<>();
    final List<Rejection> overruled = new ArrayList<>();
    private final Map<RepositoryName, RepositoryEditor> editors = new HashMap<>();
    private final Map<RepositoryName, Publication> published = new HashMap<>();
    private final Map<RepositoryName, List<SigningKey>> rootKeys = new HashMap<>();
    private final RepositoryMap map;
    private final Map<String, Bytes> files = new HashMap<>();
    private final Map<String, Fetched> instead = new HashMap<>();
    Installed runs = new Installed("", image("factory").sha256(), 100, 0);
    Instant now = NOW;

    Scene() {
        this(Map.of());
    }

    Scene(Map<RoleType, Integer> thresholds) {
        this(thresholds, RepositoryMap.basic(name -> "http://backend/" + name));
    }

    /** A vehicle with that map. */
    Scene(Map<RoleType, Integer> thresholds, RepositoryMap map) {
        this.map = map;
        store.provisionMap(dialect.encode(map));
        for (RepositoryName repository : map.servers().keySet()) {
            Map<RoleType, Duration> lifetimes = new EnumMap<>(RoleType.class);
            for (RoleType role : RoleType.values()) {
                lifetimes.put(role, Duration.ofDays(365));
            }
            RepositoryEditor editor = new RepositoryEditor(repository, ring, lifetimes, thresholds,
                    repository.equals(RepositoryName.DIRECTOR) ? VIN : null);
            editor.delegatedFiles().put(DELEGATED, dev.uptanebench.vehicle.uptane.MetaFile.of(5));
            editors.put(repository, editor);
            rootKeys.put(repository, editor.keys(RoleType.ROOT));
        }
        release("v1", 1);
        publish();
        for (RepositoryName repository : map.servers().keySet()) {
            store.provision(repository, published(repository).root(), published(repository).rootFile());
        }
        verified();
        release("v2", 2);
        publish();
        verified();
        runs = new Installed("v2.bin", image("v2").sha256(), 100, 2);
        release("v3", 3);
        asked.clear();
    }

    static Bytes image(String label) {
        return Bytes.of(RandomStream.of(1, label).nextBytes(100));
    }

    RepositoryEditor editor(RepositoryName repository) {
        return known(editors.get(repository));
    }

    RepositoryEditor director() {
        return editor(RepositoryName.DIRECTOR);
    }

    RepositoryEditor images() {
        return editor(RepositoryName.IMAGE);
    }

    Publication published(RepositoryName repository) {
        return known(published.get(repository));
    }

    SigningKey thief() {
        return ring.key("thief");
    }

    /** Lists an image in both repositories and orders it for P; not published yet. */
    void release(String label, long counter) {
        Target listed = ImageRepository.target(image(label), List.of(HARDWARE), counter);
        map.imageRepositories().forEach(repository -> editor(repository).targets().put(label + ".bin", listed));
        order(label, listed);
    }

    /** The Director's side alone. */
    void order(String label, Target target) {
        DirectorRepository.order(director().targets(), label + ".bin", target, "P", HARDWARE);
    }

    void publish() {
        for (RepositoryName repository : map.servers().keySet()) {
            publish(repository);
        }
    }

    void publish(RepositoryName repository) {
        put(repository, editor(repository).publish(NOW, published.get(repository)));
    }

    void refresh(RepositoryName repository) {
        put(repository, editor(repository).refresh(NOW, published(repository)));
    }

    /** The next Root, signed with the former keys of Root and the present ones. */
    void rotate(RepositoryName repository) {
        RepositoryEditor editor = editor(repository);
        List<SigningKey> before = known(rootKeys.get(repository));
        var root = editor.nextRoot(NOW);
        List<SigningKey> signing = new ArrayList<>(before);
        editor.keys(RoleType.ROOT).stream().filter(key -> !before.contains(key)).forEach(signing::add);
        rootKeys.put(repository, editor.keys(RoleType.ROOT));
        Publication now = published(repository);
        put(repository, now.with(root, dialect.encode(root, signing)));
    }

    private void put(RepositoryName repository, Publication publication) {
        published.put(repository, publication);
        files.put(name(repository, RoleType.ROOT, publication.root().version()), publication.rootFile());
        files.put(name(repository, RoleType.TIMESTAMP, 0), publication.timestampFile());
        files.put(name(repository, RoleType.SNAPSHOT, publication.snapshot().version()), publication.snapshotFile());
        files.put(name(repository, RoleType.TARGETS, publication.targets().version()), publication.targetsFile());
        publication.delegated().forEach((role, published) -> files
                .put(repository.id() + '/' + role + '/' + published.targets().version(), published.file()));
    }

    /** Serves that file whenever the role is asked for; a Root only when it is the one after the present one. */
    void serve(RepositoryName repository, RoleType role, Bytes file) {
        answer(repository, role, new MetadataSource.File(file));
    }

    /** The same for a delegated role of the Image repository. */
    void serve(String role, Bytes file) {
        instead.put("image/" + role, new MetadataSource.File(file));
    }

    @Override
    public Fetched fetchDelegated(RepositoryName repository, String role, long version, long limit) {
        String name = repository.id() + '/' + role + '/' + version;
        asked.add(name);
        Bytes file = instead.get(repository.id() + '/' + role) instanceof MetadataSource.File replaced
                ? replaced.bytes()
                : files.get(name);
        if (file == null) {
            return new MetadataSource.Absent();
        }
        return file.length() > limit ? new MetadataSource.TooLarge() : new MetadataSource.File(file);
    }

    void answer(RepositoryName repository, RoleType role, Fetched answer) {
        instead.put(repository.id() + '/' + role.id(), answer);
    }

    void genuineAgain() {
        instead.clear();
    }

    /** A Timestamp that speaks of that Snapshot file. */
    void speakOf(RepositoryName repository, Snapshot snapshot, Bytes file) {
        RepositoryEditor editor = editor(repository);
        serve(repository, RoleType.TIMESTAMP, editor.sign(editor.nextTimestamp(NOW, snapshot, file)));
    }

    /** The same file, its signed part changed and signed again. */
    Bytes resigned(Bytes file, String from, String to, List<SigningKey> keys) {
        String text = file.toUtf8();
        String signed = text.substring(text.indexOf("\"signed\":") + 9, text.length() - 1).replace(from, to);
        StringBuilder signatures = new StringBuilder();
        for (SigningKey key : keys) {
            Signature signature = key.sign(Bytes.utf8(signed));
            signatures.append(signatures.isEmpty() ? "" : ",").append("{\"keyid\":\"").append(signature.keyId())
                    .append("\",\"sig\":\"").append(signature.value().toHex()).append("\"}");
        }
        return Bytes.utf8("{\"signatures\":[" + signatures + "],\"signed\":" + signed + "}");
    }

    /** White space at the end changes the bytes but not what they say. */
    static Bytes padded(Bytes file, int bytes) {
        return Bytes.utf8(file.toUtf8() + " ".repeat(bytes));
    }

    @Override
    public Fetched fetch(RepositoryName repository, RoleType role, long version, long limit) {
        asked.add(name(repository, role, version));
        Fetched other = instead.get(repository.id() + '/' + role.id());
        Bytes file = files.get(name(repository, role, version));
        if (other != null && (role != RoleType.ROOT || version == published(repository).root().version() + 1)) {
            if (!(other instanceof MetadataSource.File replaced)) {
                return other;
            }
            file = replaced.bytes();
        }
        if (file == null) {
            return new MetadataSource.Absent();
        }
        return file.length() > limit ? new MetadataSource.TooLarge() : new MetadataSource.File(file);
    }

    TrustedMetadata trusted(RepositoryName repository, Checks checks) {
        return new TrustedMetadata(repository, dialect, checks, new TufSignatures(), store);
    }

    /** What P knows of its repositories, beginning with what its store holds. */
    MappedRepositories repositories(Checks checks) {
        return new MappedRepositories(dialect, checks, new TufSignatures(), store);
    }

    /** What P does in one cycle, beginning with what its store holds. */
    List<Ordered> verify(Checks checks) throws Rejected, Unavailable {
        return new FullVerification(checks, Limits.standard(), repositories(checks),
                new DirectorTargets(checks, VIN, Set.of("P", "S")), any -> {}, overruled::add, Set.of("P"))
                .verify(this, now, Map.of("P", runs));
    }

    private void verified() {
        try {
            verify(Checks.all());
        } catch (Rejected | Unavailable e) {
            throw new IllegalStateException(e);
        }
    }

    static String name(RepositoryName repository, RoleType role, long version) {
        return repository.id() + '/' + role.id() + '/' + version;
    }

    private static <T> T known(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("not there");
        }
        return value;
    }
}
