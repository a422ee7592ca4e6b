package dev.uptanebench.ecu.verify;

import static dev.uptanebench.vehicle.uptane.RepositoryName.DIRECTOR;
import static dev.uptanebench.vehicle.uptane.RepositoryName.IMAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.uptanebench.vehicle.repository.ImageRepository;
import dev.uptanebench.vehicle.repository.RepositoryEditor;
import dev.uptanebench.vehicle.delta.Delta;
import dev.uptanebench.vehicle.encryption.ImageIdentity;
import dev.uptanebench.vehicle.encryption.Sealed;
import dev.uptanebench.vehicle.encryption.Sealing;
import dev.uptanebench.vehicle.kernel.RandomStream;
import dev.uptanebench.vehicle.uptane.DeltaImage;
import dev.uptanebench.vehicle.uptane.EncryptedImage;
import dev.uptanebench.vehicle.uptane.Extras;
import dev.uptanebench.vehicle.requirement.Check;
import dev.uptanebench.vehicle.requirement.Checks;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.Ed25519Signatures;
import dev.uptanebench.vehicle.uptane.MetaFile;
import dev.uptanebench.vehicle.uptane.RepositoryMap;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.RoleKeys;
import dev.uptanebench.vehicle.uptane.RoleType;
import dev.uptanebench.vehicle.uptane.Root;
import dev.uptanebench.vehicle.uptane.SigningKey;
import dev.uptanebench.vehicle.uptane.Signers;
import dev.uptanebench.vehicle.uptane.Snapshot;
import dev.uptanebench.vehicle.uptane.Target;
import dev.uptanebench.vehicle.uptane.Targets;
import dev.uptanebench.vehicle.uptane.TimeMessage;
import dev.uptanebench.vehicle.uptane.Timestamp;
import dev.uptanebench.vehicle.uptane.dialect.TufJson;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.FieldRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One situation for each check in which exactly that check must refuse. Delete any check, and a line of this table fails
 * by its name. Requirements and attacks stand here as the Standard has them.
 */
class EveryCheckTest {
    /** A window that says it makes 2^31 - 9 bytes, by a RUN of so many. */
    private static final Bytes HUGE = Bytes.hex("d6c3c40000001087fffffff700010600610087fffffff7");
    private static final ImageVerification.Memory RUNNING = new ImageVerification.Memory(() -> Scene.image("v2"), 4096);
    private static final TufJson DIALECT = new TufJson();
    private static final RepositoryName SUPPLIER = new RepositoryName("supplier");

    /** Something that is offered to the verifier. */
    @FunctionalInterface
    interface Attempt {
        void with(Checks checks) throws Rejected, Unavailable;
    }

    /** How a publication goes wrong. */
    @FunctionalInterface
    interface Wrong {
        void in(Scene scene, RepositoryEditor editor);
    }

    /**
     * A line of the table.
     *
     * @param also the check by which the Standard refuses the same a second time, null where there is none
     */
    record Situation(Check check, String name, String requirement, String attack, @Nullable Check also,
            Attempt attempt) {
        @Override
        public String toString() {
            return check + ": " + name;
        }
    }

    /** The same for files of a repository, with what it takes to look into the store afterwards. */
    record Published(Check check, String name, String requirement, String attack, @Nullable Check also,
            RepositoryName repository, Map<RoleType, Integer> thresholds, Wrong wrong) {

        Scene scene() {
            Scene scene = new Scene(thresholds);
            wrong.in(scene, scene.editor(repository));
            return scene;
        }

        Situation situation() {
            return new Situation(check, repository + " " + name, requirement, attack, also,
                    checks -> scene().verify(checks));
        }

        @Override
        public String toString() {
            return check + ": " + repository + " " + name;
        }
    }

    private static final List<Published> PUBLISHED = new ArrayList<>();
    private static final List<Situation> OTHERS = new ArrayList<>();

    private static void inBoth(Check check, String name, String requirement, String attack, Wrong wrong) {
        for (RepositoryName repository : RepositoryName.BASIC) {
            PUBLISHED.add(new Published(check, name, requirement, attack, null, repository, Map.of(), wrong));
        }
    }

    private static void twice(Check check, Check also, String name, String requirement, String attack, Wrong wrong) {
        for (RepositoryName repository : RepositoryName.BASIC) {
            PUBLISHED.add(new Published(check, name, requirement, attack, also, repository, Map.of(), wrong));
        }
    }

    private static void inDirector(Check check, String name, String requirement, String attack, Wrong wrong) {
        PUBLISHED.add(new Published(check, name, requirement, attack, null, DIRECTOR, Map.of(), wrong));
    }

    private static void add(Check check, String name, String requirement, String attack, Attempt attempt) {
        OTHERS.add(new Situation(check, name, requirement, attack, null, attempt));
    }

    static {
        root();
        timestamp();
        snapshot();
        targets();
        types();
        signers();
        maps();
        orders();
        time();
        partial();
        image();
        encryptedImage();
        delta();
    }

    private static void root() {
        inBoth(Check.ROOT_SIZE, "Root is larger than X", "U-5.4.4.3-s2.2", "endless-data",
                (scene, editor) -> {
                    scene.publish();
                    scene.serve(editor.repository(), RoleType.ROOT,
                            Scene.padded(editor.sign(editor.nextRoot(Scene.NOW)), 64 * 1024));
                });
        inBoth(Check.ROOT_SIGNATURES, "Root is signed by its own keys alone", "U-5.4.4.3-s2.3", "arbitrary-software",
                (scene, editor) -> {
                    scene.publish();
                    RepositoryEditor forger = editor.copy();
                    forger.signWith(RoleType.ROOT, List.of(scene.thief()));
                    scene.serve(editor.repository(), RoleType.ROOT, forger.sign(forger.nextRoot(Scene.NOW)));
                });
        inBoth(Check.ROOT_SIGNATURES, "Root is signed by the keys of the former Root alone", "U-5.4.4.3-s2.3",
                "arbitrary-software", (scene, editor) -> {
                    scene.publish();
                    RepositoryEditor other = editor.copy();
                    other.signWith(RoleType.ROOT, List.of(scene.thief()));
                    scene.serve(editor.repository(), RoleType.ROOT,
                            DIALECT.encode(other.nextRoot(Scene.NOW), editor.keys(RoleType.ROOT)));
                });
        for (long version : List.of(1L, 3L)) {
            inBoth(Check.ROOT_VERSION, "Root 2 says it is " + version, "U-5.4.4.3-s2.4", "rollback",
                    (scene, editor) -> {
                        scene.publish();
                        editor.version(RoleType.ROOT, version - 1);
                        scene.serve(editor.repository(), RoleType.ROOT, editor.sign(editor.nextRoot(Scene.NOW)));
                    });
        }
        inBoth(Check.ROOT_EXPIRY, "the latest Root has just expired", "U-5.4.4.3-s3", "freeze", (scene, editor) -> {
            editor.lifetime(RoleType.ROOT, Duration.ofHours(1));
            scene.publish();
            scene.rotate(editor.repository());
            scene.now = Scene.NOW.plus(Duration.ofHours(1));
        });
    }

    private static void timestamp() {
        inBoth(Check.TIMESTAMP_SIZE, "Timestamp is larger than Y", "U-5.4.4.4-s1", "endless-data",
                (scene, editor) -> {
                    scene.publish();
                    scene.serve(editor.repository(), RoleType.TIMESTAMP,
                            Scene.padded(scene.published(editor.repository()).timestampFile(), 16 * 1024));
                });
        inBoth(Check.TIMESTAMP_SIGNATURES, "Timestamp is signed by a thief", "U-5.4.4.4-s2", "arbitrary-software",
                (scene, editor) -> signedByThief(scene, editor, RoleType.TIMESTAMP));
        inBoth(Check.TIMESTAMP_ROLLBACK, "Timestamp goes back to 1", "U-5.4.4.4-s3", "rollback",
                (scene, editor) -> goesBack(scene, editor, RoleType.TIMESTAMP));
        inBoth(Check.TIMESTAMP_EXPIRY, "Timestamp has just expired", "U-5.4.4.4-s4", "freeze",
                (scene, editor) -> expired(scene, editor, RoleType.TIMESTAMP));
    }

    private static void snapshot() {
        inBoth(Check.SNAPSHOT_SIZE, "Snapshot is larger than any may be", "U-5.4.4.5-s1", "endless-data",
                (scene, editor) -> {
                    scene.publish();
                    Bytes large = Scene.padded(scene.published(editor.repository()).snapshotFile(), 64 * 1024);
                    scene.serve(editor.repository(), RoleType.SNAPSHOT, large);
                    scene.speakOf(editor.repository(), scene.published(editor.repository()).snapshot(), large);
                });
        twice(Check.SNAPSHOT_SIZE, Check.SNAPSHOT_MATCHES_TIMESTAMP, "Snapshot is larger than Timestamp says",
                "U-5.4.4.5-s1", "endless-data", (scene, editor) -> {
                    scene.publish();
                    scene.serve(editor.repository(), RoleType.SNAPSHOT,
                            Scene.padded(scene.published(editor.repository()).snapshotFile(), 1));
                });
        inBoth(Check.SNAPSHOT_MATCHES_TIMESTAMP, "Snapshot is not the one Timestamp hashes", "U-5.4.4.5-s2",
                "mix-and-match", (scene, editor) -> {
                    scene.publish();
                    Snapshot now = scene.published(editor.repository()).snapshot();
                    scene.serve(editor.repository(), RoleType.SNAPSHOT,
                            editor.sign(new Snapshot(now.version(), now.expires().minusSeconds(1), now.files())));
                });
        inBoth(Check.SNAPSHOT_MATCHES_TIMESTAMP, "Snapshot has another version than Timestamp says", "U-5.4.4.5-s2",
                "mix-and-match", (scene, editor) -> {
                    scene.publish();
                    Bytes file = scene.published(editor.repository()).snapshotFile();
                    scene.serve(editor.repository(), RoleType.SNAPSHOT, file);
                    scene.serve(editor.repository(), RoleType.TIMESTAMP, editor.sign(new Timestamp(9,
                            Scene.NOW.plus(Duration.ofDays(1)), MetaFile.of(4, file))));
                });
        inBoth(Check.SNAPSHOT_MATCHES_TIMESTAMP, "Timestamp gives no hash of Snapshot", "U-5.4.4.5-s2",
                "mix-and-match", (scene, editor) -> {
                    scene.publish();
                    scene.serve(editor.repository(), RoleType.TIMESTAMP, editor.sign(new Timestamp(9,
                            Scene.NOW.plus(Duration.ofDays(1)), MetaFile.of(3))));
                });
        inBoth(Check.SNAPSHOT_SIGNATURES, "Snapshot is signed by a thief", "U-5.4.4.5-s3", "arbitrary-software",
                (scene, editor) -> signedByThief(scene, editor, RoleType.SNAPSHOT));
        inBoth(Check.SNAPSHOT_ROLLBACK, "Snapshot goes back to 1", "U-5.4.4.5-s4", "rollback",
                (scene, editor) -> goesBack(scene, editor, RoleType.SNAPSHOT));
        inBoth(Check.SNAPSHOT_ENTRY_ROLLBACK, "Snapshot lists an older delegated file", "U-5.4.4.5-s5", "rollback",
                (scene, editor) -> {
                    editor.delegatedFiles().put(Scene.DELEGATED, MetaFile.of(4));
                    scene.publish();
                });
        twice(Check.SNAPSHOT_ENTRY_ROLLBACK, Check.TARGETS_ROLLBACK, "Snapshot lists older Targets", "U-5.4.4.5-s5",
                "rollback", (scene, editor) -> goesBack(scene, editor, RoleType.TARGETS));
        inBoth(Check.SNAPSHOT_ENTRY_DROPPED, "Snapshot no longer lists a delegated file", "U-5.4.4.5-s6", "rollback",
                (scene, editor) -> {
                    editor.delegatedFiles().clear();
                    scene.publish();
                });
        inBoth(Check.SNAPSHOT_EXPIRY, "Snapshot has just expired", "U-5.4.4.5-s7", "freeze",
                (scene, editor) -> expired(scene, editor, RoleType.SNAPSHOT));
    }

    private static void targets() {
        inBoth(Check.TARGETS_SIZE, "Targets are larger than Z", "U-5.4.4.6-s1", "endless-data", (scene, editor) -> {
            scene.publish();
            scene.serve(editor.repository(), RoleType.TARGETS,
                    Scene.padded(scene.published(editor.repository()).targetsFile(), 256 * 1024));
        });
        inBoth(Check.TARGETS_VERSION, "Targets are newer than Snapshot says", "U-5.4.4.6-s2", "mix-and-match",
                (scene, editor) -> {
                    scene.publish();
                    scene.serve(editor.repository(), RoleType.TARGETS, editor.sign(editor.nextTargets(Scene.NOW)));
                });
        inBoth(Check.TARGETS_SIGNATURES, "Targets are signed by a thief", "U-5.4.4.6-s3", "arbitrary-software",
                (scene, editor) -> signedByThief(scene, editor, RoleType.TARGETS));
        inBoth(Check.TARGETS_ROLLBACK, "Targets go back to 1 after a rotation that forgot Snapshot", "U-5.4.4.6-s4",
                "rollback", (scene, editor) -> {
                    editor.signWith(RoleType.TIMESTAMP, List.of(scene.ring.key("new timestamp")));
                    goesBack(scene, editor, RoleType.TARGETS);
                    scene.rotate(editor.repository());
                });
        inBoth(Check.TARGETS_EXPIRY, "Targets have just expired", "U-5.4.4.6-s5", "freeze",
                (scene, editor) -> expired(scene, editor, RoleType.TARGETS));
        inDirector(Check.TARGETS_NO_DELEGATIONS, "Targets delegate", "U-5.4.4.6-s6", "director-delegation",
                (scene, editor) -> {
                    editor.delegations().add(delegation());
                    scene.publish();
                });
        inDirector(Check.TARGETS_UNIQUE_ECUS, "Targets order two images for one ECU", "U-5.4.4.6-s7", "duplicate-ecu",
                (scene, editor) -> {
                    Target listed = ImageRepository.target(Scene.image("v1"), List.of(Scene.HARDWARE), 3);
                    scene.images().targets().put("twin.bin", listed);
                    editor.targets().put("twin.bin", forEcu(listed, "P"));
                    scene.publish();
                });
        inDirector(Check.TARGETS_KNOWN_ECUS, "Targets name an ECU the vehicle does not have", "U-5.4.4.6-s8",
                "wrong-ecu", (scene, editor) -> {
                    editor.targets().put("other.bin",
                            forEcu(ImageRepository.target(Scene.image("v1"), List.of(), 1), "X"));
                    scene.publish();
                });
        inDirector(Check.TARGETS_VEHICLE, "Targets are for another vehicle", "U-5.2.3.1-3", "replay-director",
                (scene, editor) -> {
                    editor.vehicle("OTHER");
                    scene.publish();
                });
        inDirector(Check.TARGETS_VEHICLE, "Targets name neither image nor vehicle", "U-5.2.3.1-3", "replay-director",
                (scene, editor) -> {
                    editor.vehicle(null);
                    editor.targets().clear();
                    scene.publish();
                });
    }

    private static void types() {
        for (RoleType role : RoleType.values()) {
            inBoth(Check.ROLE_TYPE, role + " says it is of another role", "U-5.2.1-3", "role-confusion",
                    (scene, editor) -> {
                        RepositoryName repository = editor.repository();
                        scene.publish();
                        if (role == RoleType.ROOT) {
                            scene.serve(repository, role, retyped(scene, editor, role,
                                    editor.sign(editor.nextRoot(Scene.NOW))));
                            return;
                        }
                        Bytes file = switch (role) {
                            case ROOT, TIMESTAMP -> scene.published(repository).timestampFile();
                            case SNAPSHOT -> scene.published(repository).snapshotFile();
                            case TARGETS -> scene.published(repository).targetsFile();
                        };
                        Bytes other = retyped(scene, editor, role, file);
                        scene.serve(repository, role, other);
                        if (role == RoleType.SNAPSHOT) {
                            scene.speakOf(repository, scene.published(repository).snapshot(), other);
                        }
                    });
        }
    }

    private static Bytes retyped(Scene scene, RepositoryEditor editor, RoleType role, Bytes file) {
        return scene.resigned(file, "\"_type\":\"" + role.id() + "\"", "\"_type\":\"mirrors\"", editor.keys(role));
    }

    /** Refused as what these signatures are for: uniqueness is a part of every threshold (since 1.2.0). */
    private static void signers() {
        Map<RoleType, String> steps = Map.of(RoleType.ROOT, "U-5.4.4.3-s2.3", RoleType.TIMESTAMP, "U-5.4.4.4-s2",
                RoleType.SNAPSHOT, "U-5.4.4.5-s3", RoleType.TARGETS, "U-5.4.4.6-s3");
        for (RoleType role : RoleType.values()) {
            for (RepositoryName repository : RepositoryName.BASIC) {
                PUBLISHED.add(new Published(Check.UNIQUE_SIGNERS, role + " is signed twice by one of two keys",
                        steps.getOrDefault(role, ""), "arbitrary-software", null, repository, Map.of(role, 2),
                        (scene, editor) -> {
                            SigningKey one = editor.keys(role).getFirst();
                            if (role == RoleType.ROOT) {
                                scene.publish();
                                Root next = editor.nextRoot(Scene.NOW);
                                scene.serve(repository, role, DIALECT.encode(next, List.of(one, one)));
                            } else {
                                editor.signWith(role, List.of(one, one));
                                scene.publish();
                            }
                        }));
            }
        }
        for (boolean otherSpelling : List.of(false, true)) {
            PUBLISHED.add(new Published(Check.UNIQUE_SIGNERS,
                    "Root lists one key under two ids" + (otherSpelling ? " in two spellings" : ""), "U-5.4.4.6-s3",
                    "arbitrary-software", null, DIRECTOR, Map.of(), (scene, editor) -> aliased(scene, otherSpelling)));
        }
    }

    /** Root 2 asks for two keys for Targets, which are one. */
    private static void aliased(Scene scene, boolean otherSpelling) {
        RepositoryEditor editor = scene.director();
        byte[] seed = Bytes.hex("07".repeat(32)).toArray();
        SigningKey key = SigningKey.ofSeed(seed, any -> "one");
        SigningKey alias = SigningKey.ofSeed(seed, any -> "two");
        editor.signWith(RoleType.TARGETS, List.of(key, alias));
        scene.publish();
        Root next = editor.nextRoot(Scene.NOW);
        Map<RoleType, RoleKeys> roles = new java.util.EnumMap<>(next.roles());
        roles.put(RoleType.TARGETS, new RoleKeys(List.of("one", "two"), 2));
        Bytes file = editor.sign(new Root(next.version(), next.expires(), true, next.keys(), roles));
        String value = key.publicKey().value();
        int second = file.toUtf8().lastIndexOf(value);
        String text = otherSpelling
                ? file.toUtf8().substring(0, second) + value.toUpperCase(java.util.Locale.ROOT)
                        + file.toUtf8().substring(second + value.length())
                : file.toUtf8();
        scene.serve(DIRECTOR, RoleType.ROOT,
                scene.resigned(Bytes.utf8(text), "", "", editor.keys(RoleType.ROOT)));
    }

    private static RepositoryMap map(List<String> paths, RepositoryName... repositories) {
        SortedMap<RepositoryName, List<String>> servers = new TreeMap<>();
        Stream.of(DIRECTOR, IMAGE, SUPPLIER).forEach(name -> servers.put(name, List.of("http://backend/" + name)));
        return new RepositoryMap(servers,
                List.of(new RepositoryMap.Mapping(paths, List.of(repositories), true)));
    }

    /** 5.2.6, and TAP 4 for more than two repositories. */
    private static void maps() {
        add(Check.MAP_AGREEMENT, "one of two Image repositories does not list the image", "U-5.2.6-3",
                "arbitrary-software", checks -> {
                    Scene scene = new Scene(Map.of(), map(List.of("*"), DIRECTOR, IMAGE, SUPPLIER));
                    scene.editor(SUPPLIER).targets().remove("v3.bin");
                    scene.publish();
                    scene.verify(checks);
                });
        add(Check.MAP_AGREEMENT, "one of two Image repositories describes other bytes", "U-5.2.6-3",
                "arbitrary-software", checks -> {
                    Scene scene = new Scene(Map.of(), map(List.of("*"), DIRECTOR, SUPPLIER, IMAGE));
                    scene.editor(SUPPLIER).targets().put("v3.bin",
                            ImageRepository.target(Scene.image("evil"), List.of(Scene.HARDWARE), 3));
                    scene.publish();
                    scene.verify(checks);
                });
        add(Check.MAP_AGREEMENT, "no mapping covers the image", "U-5.2.6-3", "arbitrary-software", checks -> {
            Scene scene = new Scene(Map.of(), map(List.of("*"), DIRECTOR, IMAGE));
            scene.store.provisionMap(DIALECT.encode(map(List.of("w*"), DIRECTOR, IMAGE)));
            scene.publish();
            scene.verify(checks);
        });
        for (RepositoryName alone : List.of(DIRECTOR, IMAGE)) {
            add(Check.MAP_FIT, "the map lets " + alone + " decide alone", "U-5.2.6-2", "map-tamper", checks -> {
                Scene scene = new Scene();
                scene.store.provisionMap(DIALECT.encode(map(List.of("*"), alone)));
                scene.publish();
                scene.verify(checks);
            });
        }
    }

    private static void orders() {
        inDirector(Check.IMAGE_LISTED, "the Image repository does not list the image", "U-5.4.4.2-s10.1",
                "arbitrary-software", (scene, editor) -> {
                    scene.images().targets().remove("v3.bin");
                    scene.publish();
                });
        inDirector(Check.IMAGE_SAME_IN_BOTH, "the Director orders other bytes", "U-5.4.4.2-s10.2.1",
                "arbitrary-software", (scene, editor) -> {
                    scene.order("v3", ImageRepository.target(Scene.image("evil"), List.of(), 3));
                    scene.publish();
                });
        inDirector(Check.IMAGE_SAME_IN_BOTH, "the Director orders another length", "U-5.4.4.2-s10.2.1",
                "arbitrary-software", (scene, editor) -> {
                    Target listed = ImageRepository.target(Scene.image("v3"), List.of(), 3);
                    scene.order("v3", new Target(99, listed.hashes(), new TreeMap<>(), List.of(), 3L));
                    scene.publish();
                });
        inDirector(Check.IMAGE_SAME_IN_BOTH, "the Director leaves out one of two hashes", "U-5.4.4.2-s10.2.1",
                "arbitrary-software", (scene, editor) -> {
                    SortedMap<String, String> one = new TreeMap<>(Map.of("sha256", Scene.image("v3").sha256()));
                    scene.order("v3", new Target(100, one, new TreeMap<>(), List.of(), 3L));
                    scene.publish();
                });
        inDirector(Check.IMAGE_CUSTOM_SAME, "the image is not for that hardware", "U-5.4.4.2-s10.2.2", "wrong-hardware",
                (scene, editor) -> {
                    scene.images().targets().put("v3.bin",
                            ImageRepository.target(Scene.image("v3"), List.of("H-2"), 3));
                    scene.publish();
                });
        for (Long counter : new Long[]{4L, null}) {
            inDirector(Check.IMAGE_CUSTOM_SAME, "the Director's release counter is " + counter, "U-5.4.4.2-s10.2.2",
                    "wrong-hardware", (scene, editor) -> {
                        scene.runs = new Installed("v2.bin", scene.runs.sha256(), 100, 0);
                        Target listed = ImageRepository.target(Scene.image("v3"), List.of(), 3);
                        scene.order("v3", new Target(100, listed.hashes(), new TreeMap<>(), List.of(), counter));
                        scene.publish();
                    });
        }
        inDirector(Check.IMAGE_COUNTER_IN_METADATA, "both repositories go back to an older image",
                "U-5.4.4.2-s10.2.3", "rollback", (scene, editor) -> {
                    scene.release("v3", 1);
                    scene.publish();
                });
        inDirector(Check.IMAGE_COUNTER_IN_METADATA, "both repositories stop counting", "U-5.4.4.2-s10.2.3", "rollback",
                (scene, editor) -> {
                    uncounted(scene);
                    scene.publish();
                });
    }

    /** Releases v3 without a release counter. */
    static void uncounted(Scene scene) {
        Target counted = ImageRepository.target(Scene.image("v3"), List.of(Scene.HARDWARE), 3);
        Target listed = new Target(100, counted.hashes(), new TreeMap<>(), counted.hardwareIds(), null);
        scene.images().targets().put("v3.bin", listed);
        scene.order("v3", listed);
    }

    private static void time() {
        SigningKey source = new Scene().ring.key("time");
        SigningKey thief = new Scene().thief();
        add(Check.TIME_SIGNATURE, "a thief signs the time", "U-5.4.4.1-s1", "time-spoof-primary", checks -> time(checks,
                source, DIALECT.encode(new TimeMessage(Scene.NOW, List.of("nonce")), thief)));
        add(Check.TIME_NONCE, "the time was asked for by another nonce", "U-5.4.3.1-1", "time-spoof-primary",
                checks -> time(checks, source,
                        DIALECT.encode(new TimeMessage(Scene.NOW, List.of("other", "nonces")), source)));
        add(Check.TIME_NOT_EARLIER, "the time goes back", "U-5.4-10", "time-rollback", checks -> time(checks, source,
                DIALECT.encode(new TimeMessage(Scene.NOW.minusSeconds(1), List.of("nonce")), source)));
    }

    private static void time(Checks checks, SigningKey source, Bytes message) throws Rejected {
        new TimeVerification(DIALECT, checks, new Ed25519Signatures(), source.publicKey()).verify(message, "nonce",
                Scene.NOW);
    }

    /** 5.4.4.1: the same rules of 5.4.4.6, asked of the Director's Targets alone. */
    private static void partial() {
        addPartial(Check.ROLE_TYPE, "Targets say they are of another role", "U-5.2.1-3", "role-confusion",
                (scene, editor) -> {
                    scene.publish();
                    scene.serve(DIRECTOR, RoleType.TARGETS,
                            retyped(scene, editor, RoleType.TARGETS, scene.published(DIRECTOR).targetsFile()));
                });
        addPartial(Check.TARGETS_SIGNATURES, "Targets are signed by a thief", "U-5.4.4.6-s3", "arbitrary-software",
                (scene, editor) -> signedByThief(scene, editor, RoleType.TARGETS));
        addPartial(Check.TARGETS_ROLLBACK, "Targets go back to 1", "U-5.4.4.6-s4", "rollback",
                (scene, editor) -> goesBack(scene, editor, RoleType.TARGETS));
        addPartial(Check.TARGETS_EXPIRY, "Targets have just expired", "U-5.4.4.6-s5", "freeze",
                (scene, editor) -> expired(scene, editor, RoleType.TARGETS));
        addPartial(Check.TARGETS_NO_DELEGATIONS, "Targets delegate", "U-5.4.4.6-s6", "director-delegation",
                (scene, editor) -> {
                    editor.delegations().add(delegation());
                    scene.publish();
                });
        addPartial(Check.TARGETS_UNIQUE_ECUS, "Targets order two images for one ECU", "U-5.4.4.6-s7", "duplicate-ecu",
                (scene, editor) -> {
                    editor.targets().put("twin.bin",
                            forEcu(ImageRepository.target(Scene.image("v1"), List.of(), 3), "P"));
                    scene.publish();
                });
        addPartial(Check.TARGETS_VEHICLE, "Targets are for another vehicle", "U-5.2.3.1-3", "replay-director",
                (scene, editor) -> {
                    editor.vehicle("OTHER");
                    scene.publish();
                });
        OTHERS.add(new Situation(Check.UNIQUE_SIGNERS, "partial: Targets are signed twice by one of two keys",
                "U-5.4.4.6-s3", "arbitrary-software", null, checks -> {
                    Scene scene = new Scene(Map.of(RoleType.TARGETS, 2));
                    SigningKey one = scene.director().keys(RoleType.TARGETS).getFirst();
                    scene.director().signWith(RoleType.TARGETS, List.of(one, one));
                    scene.publish();
                    verifyPartially(scene, checks);
                }));
    }

    private static void addPartial(Check check, String name, String requirement, String attack, Wrong wrong) {
        add(check, "partial: " + name, requirement, attack, checks -> {
            Scene scene = new Scene();
            wrong.in(scene, scene.director());
            verifyPartially(scene, checks);
        });
    }

    private static void verifyPartially(Scene scene, Checks checks) throws Rejected, Unavailable {
        if (!(scene.fetch(DIRECTOR, RoleType.TARGETS, scene.published(DIRECTOR).targets().version(),
                Long.MAX_VALUE) instanceof MetadataSource.File file)) {
            throw new IllegalStateException("no Targets");
        }
        new PartialVerification("P", DIALECT, checks, new Ed25519Signatures(),
                scene.published(DIRECTOR).root().signers(RoleType.TARGETS), scene.store,
                new DirectorTargets(checks, Scene.VIN, null), any -> {}).verify(file.bytes(), scene.now);
    }

    private static void image() {
        Bytes good = Scene.image("v3");
        Target target = ImageRepository.target(good, List.of(), 3);
        Installed before = new Installed("v2.bin", Scene.image("v2").sha256(), 100, 2);
        add(Check.IMAGE_FOR_THIS_ECU, "the order is for another ECU", "U-5.4.3.4-s2", "wrong-ecu",
                checks -> verifier(checks).requireOrder(new Ordered("S", Scene.HARDWARE, "v3.bin", target), before));
        add(Check.IMAGE_HARDWARE, "the order is for other hardware", "U-5.4.3.4-s3", "wrong-hardware",
                checks -> verifier(checks).requireOrder(new Ordered("P", "H-2", "v3.bin", target), before));
        for (String filename : List.of("", "/etc/passwd", "../v3.bin", "a/../../v3.bin", "a\\v3.bin", "a\u0000.bin",
                "a\n.bin")) {
            add(Check.IMAGE_FILENAME, "the file name is " + filename.replaceAll("\\p{Cntrl}", "?"), "U-5.4.3.4-s4",
                    "wrong-software",
                    checks -> verifier(checks).requireOrder(new Ordered("P", Scene.HARDWARE, filename, target),
                            before));
        }
        add(Check.IMAGE_RELEASE_COUNTER, "the order is of an older image", "U-5.4.3.4-s5", "rollback",
                checks -> verifier(checks).requireOrder(new Ordered("P", Scene.HARDWARE, "v1.bin",
                        ImageRepository.target(Scene.image("v1"), List.of(), 1)), before));
        add(Check.IMAGE_RELEASE_COUNTER, "the order has no counter where there was one", "U-5.4.3.4-s5", "rollback",
                checks -> verifier(checks).requireOrder(new Ordered("P", Scene.HARDWARE, "v3.bin",
                        new Target(100, target.hashes(), new TreeMap<>(), List.of(), null)), before));
        add(Check.IMAGE_HASHES, "other bytes of the same length arrive", "U-5.4.3.4-s7", "arbitrary-software",
                checks -> verifier(checks).requireImage(new Ordered("P", Scene.HARDWARE, "v3.bin", target),
                        Scene.image("evil"), RUNNING));
        for (String wrong : List.of("sha256", "sha512")) {
            SortedMap<String, String> hashes = new TreeMap<>(target.hashes());
            hashes.put(wrong, "00".repeat(wrong.equals("sha256") ? 32 : 64));
            add(Check.IMAGE_HASHES, "only the " + wrong + " is wrong", "U-5.4.3.4-s7", "arbitrary-software",
                    checks -> verifier(checks).requireImage(new Ordered("P", Scene.HARDWARE, "v3.bin",
                            new Target(100, hashes, new TreeMap<>(), List.of(), 3L)), good, RUNNING));
        }
        add(Check.IMAGE_HASHES, "no hash is of a known kind", "U-5.4.3.4-s7", "arbitrary-software",
                checks -> verifier(checks).requireImage(new Ordered("P", Scene.HARDWARE, "v3.bin",
                        new Target(100, new TreeMap<>(Map.of("md5", "00")), new TreeMap<>(), List.of(), 3L)), good,
                        RUNNING));
        for (long length : List.of(99L, 101L)) {
            add(Check.IMAGE_LENGTH, "100 bytes arrive where " + length + " were ordered", "U-5.4.3.4-2",
                    "endless-data", checks -> verifier(checks).requireImage(new Ordered("P", Scene.HARDWARE, "v3.bin",
                            new Target(length, target.hashes(), new TreeMap<>(), List.of(), 3L)), good, RUNNING));
        }
    }

    private static void encryptedImage() {
        Bytes clear = Scene.image("v3");
        Target target = ImageRepository.target(clear, List.of(), 3);
        Installed before = new Installed("v2.bin", Scene.image("v2").sha256(), 100, 2);
        add(Check.IMAGE_CONFIDENTIAL, "an order in the clear comes to an ECU that has secrets", "U-5.2.3.1.1-7",
                "eavesdrop", checks -> keeper(checks, Sealing.Way.WRAPPED)
                        .requireOrder(new Ordered("P", Scene.HARDWARE, "v3.bin", target), before));
        add(Check.IMAGE_CONFIDENTIAL, "the Primary has it in the clear for another", "U-5.2.3.1.1-7", "eavesdrop",
                checks -> ImageVerification.requireConfidential(checks,
                        new Ordered("S", Scene.HARDWARE, "v3.bin", target)));
        for (Sealing.Way way : Sealing.Way.values()) {
            Sealed sealed = sealed(way, "P", clear);
            Ordered order = ordered(target, sealed.description());
            add(Check.IMAGE_DECRYPTED, "it was encrypted for another ECU, " + way, "U-5.4.3.4-s6.b",
                    "encrypted-image-swap", checks -> {
                        Sealed others = sealed(way, "S", clear);
                        keeper(checks.without(Check.IMAGE_HASHES), way)
                                .requireImage(ordered(target, others.description()), others.bytes(), RUNNING);
                    });
            add(Check.ENCRYPTED_HASHES, "another encrypted image comes, " + way, "U-5.2.3.1.1-6",
                    "encrypted-image-swap", checks -> keeper(
                            checks.without(Check.IMAGE_DECRYPTED, Check.IMAGE_HASHES), way)
                            .requireImage(order, sealed(way, "P", Scene.image("evil")).bytes(), RUNNING));
            Sealed evil = sealed(way, "P", clear, Scene.image("evil"));
            add(Check.IMAGE_HASHES, "another image was encrypted, " + way, "U-5.4.3.4-s7", "arbitrary-software",
                    checks -> keeper(checks, way).requireImage(ordered(target, evil.description()), evil.bytes(),
                            RUNNING));
        }
        EncryptedImage outside = sealed(Sealing.Way.DIRECT, "P", clear).description();
        add(Check.IMAGE_FILENAME, "the encrypted image lies elsewhere", "U-5.4.3.4-s4", "wrong-software",
                checks -> keeper(checks, Sealing.Way.DIRECT).requireOrder(ordered(target, new EncryptedImage(
                        "../" + outside.filename(), outside.length(), outside.hashes(), outside.encryption())),
                        before));
        add(Check.IMAGE_LENGTH, "more is sent than the Director says of the encrypted image", "U-5.4.3.4-2",
                "endless-data",
                checks -> ImageVerification.requireSent(checks, ordered(target, new EncryptedImage(outside.filename(),
                        outside.length() - 1, outside.hashes(), outside.encryption())),
                        sealed(Sealing.Way.DIRECT, "P", clear).bytes()));
    }

    private static void delta() {
        Bytes running = RUNNING.running().get();
        byte[] changed = running.toArray();
        changed[50]++;
        Bytes wanted = Bytes.of(changed);
        Target target = ImageRepository.target(wanted, List.of(), 3);
        Delta good = Delta.between(running, wanted, "v3.bin");
        Delta evil = Delta.between(running, Scene.image("evil"), "v3.bin");
        add(Check.DELTA_RESULT, "the Director's delta makes another image", "U-5.4.3.4-s7", "delta-tamper",
                checks -> verifier(checks).requireImage(ordered(target, evil), evil.bytes(), RUNNING));
        add(Check.DELTA_RESULT, "it is meant for another image", "U-5.4.3.4-s7", "delta-tamper",
                checks -> verifier(checks).requireImage(ordered(target, good), good.bytes(),
                        new ImageVerification.Memory(() -> Scene.image("evil"), 4096)));
        Delta none = new Delta(new DeltaImage("v3.delta", wanted.length(), target.hashes()), wanted);
        add(Check.DELTA_RESULT, "it is no delta", "U-5.4.3.4-s7", "delta-tamper",
                checks -> verifier(checks).requireImage(ordered(target, none), none.bytes(), RUNNING));
        Delta huge = new Delta(
                new DeltaImage("v3.delta", HUGE.length(), new TreeMap<>(Map.of("sha256", HUGE.sha256()))), HUGE);
        Target endless = new Target(Integer.MAX_VALUE, target.hashes(), target.ecus(), List.of(), 3L);
        add(Check.DELTA_RESULT, "it makes more than the ECU has room for", "U-5.4.3.4-s7", "delta-tamper",
                checks -> verifier(checks).requireImage(ordered(endless, huge), huge.bytes(), RUNNING));
        add(Check.IMAGE_HASHES, "another delta comes", "U-5.4.3.4-s7", "arbitrary-software",
                checks -> verifier(checks.without(Check.DELTA_RESULT, Check.IMAGE_LENGTH))
                        .requireImage(ordered(target, good), evil.bytes(), RUNNING));
        add(Check.IMAGE_FILENAME, "the delta lies elsewhere", "U-5.4.3.4-s4", "wrong-software",
                checks -> verifier(checks).requireOrder(ordered(target, new Delta(new DeltaImage("../v3.delta",
                        good.description().length(), good.description().hashes()), good.bytes())),
                        new Installed("v2.bin", running.sha256(), 100, 2)));
    }

    private static Ordered ordered(Target target, Delta delta) {
        return new Ordered("P", Scene.HARDWARE, "v3.bin",
                new Target(target.length(), target.hashes(), new TreeMap<>(Map.of("P", Scene.HARDWARE)), List.of(),
                        target.releaseCounter(), new TreeMap<>(), new TreeMap<>(Map.of("P", delta.description())),
                        Extras.NONE));
    }

    private static Sealed sealed(Sealing.Way way, String serial, Bytes clear) {
        return sealed(way, serial, clear, clear);
    }

    /** @param named the image that metadata describes */
    private static Sealed sealed(Sealing.Way way, String serial, Bytes named, Bytes clear) {
        return Sealing.of(way, secret(serial)).seal(new ImageIdentity(serial, "v3.bin", named.sha256()), clear,
                RandomStream.of(1, serial)::nextBytes);
    }

    private static byte[] secret(String serial) {
        return RandomStream.bytes(1, serial);
    }

    private static Ordered ordered(Target target, EncryptedImage encrypted) {
        return new Ordered("P", Scene.HARDWARE, "v3.bin",
                new Target(target.length(), target.hashes(), new TreeMap<>(Map.of("P", Scene.HARDWARE)), List.of(),
                        target.releaseCounter(), new TreeMap<>(Map.of("P", encrypted)), new TreeMap<>(), Extras.NONE));
    }

    private static ImageVerification keeper(Checks checks, Sealing.Way way) {
        return new ImageVerification(checks, "P", Scene.HARDWARE, way.key(secret("P")));
    }

    private static ImageVerification verifier(Checks checks) {
        return new ImageVerification(checks, "P", Scene.HARDWARE);
    }

    private static void signedByThief(Scene scene, RepositoryEditor editor, RoleType role) {
        editor.signWith(role, List.of(scene.thief()));
        scene.publish();
    }

    private static void goesBack(Scene scene, RepositoryEditor editor, RoleType role) {
        editor.version(role, 0);
        scene.publish();
    }

    /** It expires at the very moment of verification: the time has to be before. */
    private static void expired(Scene scene, RepositoryEditor editor, RoleType role) {
        editor.lifetime(role, Duration.ofHours(1));
        scene.publish();
        scene.now = Scene.NOW.plus(Duration.ofHours(1));
    }

    private static Targets.Delegation delegation() {
        return new Targets.Delegation("supplier", new Signers(new TreeMap<>(), new RoleKeys(List.of(), 1)),
                List.of("*"), false);
    }

    private static Target forEcu(Target listed, String serial) {
        return new Target(listed.length(), listed.hashes(), new TreeMap<>(Map.of(serial, Scene.HARDWARE)), List.of(),
                listed.releaseCounter());
    }

    static Stream<Situation> situations() {
        return Stream.concat(PUBLISHED.stream().map(Published::situation), OTHERS.stream());
    }

    static Stream<Published> published() {
        return PUBLISHED.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("situations")
    @Tag("U-5.1.2.1-7")
    @Tag("U-5.4.4.2-4")
    @Tag("U-5.4.4.2-5")
    @Tag("U-5.4.2.3-1")
    @Tag("U-5.2.3.1.1-2")
    @Tag("U-5.2.6-3")
    @Tag("U-5.2.6-4")
    @Tag("U-5.4-2")
    @Tag("U-5.4.2.2-1")
    @Tag("U-5.4.3-s4")
    void withEveryCheckOnItIsRefusedByNameAndAttack(Situation situation) {
        assertThatThrownBy(() -> situation.attempt().with(Checks.all()))
                .isInstanceOfSatisfying(Rejected.class, rejected -> {
                    assertThat(rejected.rejection().requirement().id()).isEqualTo(situation.requirement());
                    assertThat(rejected.rejection().attack().id()).isEqualTo(situation.attack());
                });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("situations")
    @Tag("U-5.4-9")
    @Tag("U-5.4.4.1-1")
    void withoutThatCheckNothingElseRefusesItButTheSecondPlaceOfTheStandard(Situation situation) {
        Throwable refusal = catchThrowable(() -> situation.attempt().with(Checks.all().without(situation.check())));

        Check also = situation.also();
        if (also == null) {
            assertThat(refusal).isNull();
        } else {
            assertThat(refusal).isInstanceOfSatisfying(Rejected.class,
                    rejected -> assertThat(rejected.rejection().requirement()).isEqualTo(also.requirement()));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("published")
    void whatIsRefusedIsNotStored(Published published) {
        Scene scene = published.scene();
        Map<String, Bytes> before = stored(scene);

        Throwable refusal = catchThrowable(() -> scene.verify(Checks.all()));

        assertThat(refusal).isInstanceOf(Rejected.class);
        String subject = ((Rejected) refusal).rejection().subject();
        Map<String, Bytes> after = stored(scene);
        if (!subject.startsWith("image v") && published.check() != Check.ROOT_EXPIRY) { // an expired Root stays latest
            assertThat(after.get(subject)).isEqualTo(before.get(subject));
        }
        assertThat(after.get("image targets")).isIn(before.get("image targets"),
                scene.published(IMAGE).targetsFile());
    }

    private static Map<String, Bytes> stored(Scene scene) {
        Map<String, Bytes> all = new TreeMap<>();
        for (RepositoryName repository : RepositoryName.BASIC) {
            for (RoleType role : RoleType.values()) {
                Bytes file = scene.store.load(repository, role);
                if (file != null) {
                    all.put(repository.id() + ' ' + role.id(), file);
                }
            }
        }
        return all;
    }

    /** Whether bytes are too many or too slow is seen where they arrive; verification only gives the refusal its name. */
    private static final Set<Check> AT_THE_RECEIVING_PORT = EnumSet.of(Check.IMAGE_SIZE, Check.RETRIEVAL_RATE);

    @Test
    void noCheckThatVerificationUsesIsMissingFromTheTable() throws IOException, URISyntaxException {
        Set<Check> tried = situations().map(Situation::check).collect(Collectors.toSet());

        Set<Check> used = usedByVerification();
        assertThat(used).contains(Check.TIME_NONCE, Check.UNIQUE_SIGNERS, Check.IMAGE_HASHES);
        used.removeAll(AT_THE_RECEIVING_PORT);
        assertThat(tried).containsExactlyInAnyOrderElementsOf(used);
    }

    /** Every constant that the compiled package refers to. */
    private static Set<Check> usedByVerification() throws IOException, URISyntaxException {
        Path classes = Path.of(TrustedMetadata.class.getProtectionDomain().getCodeSource().getLocation().toURI())
                .resolve(TrustedMetadata.class.getPackageName().replace('.', '/'));
        Set<Check> used = EnumSet.noneOf(Check.class);
        try (Stream<Path> files = Files.list(classes)) {
            for (Path file : files.filter(any -> any.toString().endsWith(".class")).toList()) {
                for (PoolEntry entry : ClassFile.of().parse(file).constantPool()) {
                    if (entry instanceof FieldRefEntry field
                            && field.owner().asInternalName().equals(Check.class.getName().replace('.', '/'))) {
                        used.add(Check.valueOf(field.name().stringValue()));
                    }
                }
            }
        }
        return used;
    }

    @Test
    void aSizeAndARateAreRefusedByNameAndAttack() {
        Ordered order = new Ordered("P", Scene.HARDWARE, "v3.bin",
                ImageRepository.target(Scene.image("v3"), List.of(), 3));

        assertThat(ImageVerification.tooLarge(order).rejection())
                .extracting(any -> any.requirement().id(), any -> any.attack().id())
                .containsExactly("U-5.4.3.3-s4.b", "endless-data");
        assertThat(ImageVerification.tooSlow(order, 1).rejection())
                .extracting(any -> any.requirement().id(), any -> any.attack().id())
                .containsExactly("U-5.4-3", "slow-retrieval");
    }

    @ParameterizedTest
    @MethodSource("slowRoles")
    void aFileThatComesTooSlowlyIsRefusedAsSlowRetrieval(RoleType role) {
        Scene scene = new Scene();
        scene.publish();
        scene.answer(DIRECTOR, role, new MetadataSource.TooSlow("3 bytes/s"));

        assertThatThrownBy(() -> scene.verify(Checks.all())).isInstanceOfSatisfying(Rejected.class,
                rejected -> assertThat(rejected.rejection().requirement().id()).isEqualTo("U-5.4-3"));
    }

    static Stream<RoleType> slowRoles() {
        return Stream.of(RoleType.values());
    }
}
