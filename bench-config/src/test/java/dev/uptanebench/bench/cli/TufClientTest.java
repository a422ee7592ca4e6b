package dev.uptanebench.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.uptanebench.ecu.tuf.TufClient;
import dev.uptanebench.ecu.verify.Rejected;
import dev.uptanebench.ecu.verify.Unavailable;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.MetaFile;
import dev.uptanebench.vehicle.uptane.RoleType;
import dev.uptanebench.vehicle.uptane.SigningKey;
import dev.uptanebench.vehicle.uptane.dialect.MalformedMetadata;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The behaviours that the public TUF conformance suite asks of a client, and some more, over real sockets. The suite
 * sees exit codes, the folders and the requests; so does this.
 */
class TufClientTest {
    private static final String TOP = "2.root timestamp 1.snapshot 1.targets";

    @TempDir
    private Path folder;
    private final SimulatedRepository repository = new SimulatedRepository();

    @AfterEach
    void close() {
        repository.close();
    }

    private Path metadata() {
        return folder.resolve("metadata");
    }

    private int init(byte[] root) throws IOException {
        Path file = Files.write(folder.resolve("initial.json"), root);
        return Told.by("tuf-client", "--metadata-dir", metadata().toString(), "init", file.toString()).exit();
    }

    private void init() throws IOException {
        assertThat(init(repository.root().published.getFirst())).isZero();
    }

    private int refresh() {
        Told told = Told.by("tuf-client", "--metadata-url", repository.metadataUrl().toString(), "--metadata-dir",
                metadata().toString(), "refresh");
        assertThat(told.out()).isEmpty();
        assertThat(told.err().lines()).hasSize(told.exit() == 0 ? 0 : 1);
        return told.exit();
    }

    private int download(String... names) {
        List<String> arguments = new ArrayList<>(List.of("tuf-client", "--metadata-url",
                repository.metadataUrl().toString(), "--metadata-dir", metadata().toString(), "--target-dir",
                folder.resolve("images").toString(), "--target-base-url", repository.imagesUrl().toString()));
        for (String name : names) {
            arguments.addAll(List.of("--target-name", name));
        }
        arguments.add("download");
        return Told.by(arguments.toArray(String[]::new)).exit();
    }

    /** Refreshes and downloads at another time of day. */
    private boolean succeedsAt(Instant now, String... names) throws IOException {
        try (TufClient client = new TufClient(metadata(), repository.metadataUrl(), now)) {
            client.refresh();
            for (String name : names) {
                client.download(name, repository.imagesUrl(), folder.resolve("images"));
            }
            return true;
        } catch (Rejected | Unavailable e) {
            return false;
        }
    }

    /** What the client trusts, such as {@code root 2, timestamp 1}. */
    private String trusted() throws IOException, MalformedMetadata {
        if (!Files.exists(metadata())) {
            return "";
        }
        List<String> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(metadata())) {
            for (Path file : files.sorted().toList()) {
                Bytes bytes = Bytes.of(Files.readAllBytes(file));
                String name = String.valueOf(file.getFileName()).replace(".json", "");
                all.add(name + ' ' + switch (name) {
                    case "root" -> SimulatedRepository.DIALECT.root(bytes).payload().version();
                    case "timestamp" -> SimulatedRepository.DIALECT.timestamp(bytes).payload().version();
                    case "snapshot" -> SimulatedRepository.DIALECT.snapshot(bytes).payload().version();
                    default -> SimulatedRepository.DIALECT.targets(bytes).payload().version();
                });
            }
        }
        return String.join(", ", all);
    }

    private List<String> images() throws IOException {
        List<String> contents = new ArrayList<>();
        if (Files.exists(folder.resolve("images"))) {
            try (Stream<Path> files = Files.walk(folder.resolve("images"))) {
                for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                    contents.add(Files.readString(file));
                }
            }
        }
        return contents;
    }

    private String asked() {
        return String.join(" ", repository.asked);
    }

    private void everythingButRoot() {
        repository.publish("targets", "snapshot", "timestamp");
    }

    // what a refresh asks for, and keeps

    @Test
    void aRefreshAsksForEachFileOnceAndKeepsItByteForByte() throws Exception {
        repository.serveInstead("timestamp", new String(repository.file("timestamp"), StandardCharsets.UTF_8) + " \n");
        init();
        assertThat(asked()).isEmpty();

        assertThat(refresh()).isZero();
        assertThat(asked()).isEqualTo(TOP);
        for (RoleType role : RoleType.values()) {
            assertThat(metadata().resolve(role.id() + ".json")).hasBinaryContent(repository.file(role.id()));
        }
        try (Stream<Path> files = Files.list(metadata())) {
            assertThat(files).hasSize(4);
        }
    }

    @Test
    void aRefreshOfWhatIsUpToDateAsksForNoMoreThanItMust() throws Exception {
        init();
        refresh();
        repository.asked.clear();

        assertThat(refresh()).isZero();
        assertThat(asked()).isEqualTo("2.root timestamp");
    }

    @Test
    void aDownloadRefreshesFirst() throws Exception {
        init();

        assertThat(download("nothing of that name")).isEqualTo(1);
        assertThat(asked()).isEqualTo(TOP);
        assertThat(trusted()).isEqualTo("root 1, snapshot 1, targets 1, timestamp 1");
    }

    @Test
    void withoutConsistentSnapshotsNamesCarryNothingInFront() throws Exception {
        repository.consistent = false;
        repository.addImage("targets", "a/b.txt", "content");
        repository.publish("root", "targets", "snapshot", "timestamp");
        init();

        assertThat(download("a/b.txt")).isZero();
        assertThat(asked()).isEqualTo("2.root 3.root timestamp snapshot targets");
        assertThat(repository.askedForImages).containsExactly("a/b.txt");
        assertThat(images()).containsExactly("content");
    }

    // the Root to begin with

    @Test
    void aRootThatIsNotOneIsRefusedBeforeAnythingIsAsked() throws Exception {
        String root = new String(repository.file("root"), StandardCharsets.UTF_8);
        assertThat(init(root.replace("\"version\"", "\"x\"").getBytes(StandardCharsets.UTF_8))).isEqualTo(1);

        assertThat(refresh()).isEqualTo(1);
        assertThat(asked()).isEmpty();
    }

    @Test
    void aRootThatItsKeysDidNotSignIsRefusedBeforeAnythingIsAsked() throws Exception {
        SimulatedRole root = repository.root();
        root.signing.clear();
        root.signing.add(repository.newKey());
        root.beginAgainAt(1);
        repository.publish("root");
        assertThat(init(repository.file("root"))).isEqualTo(1);
        Files.createDirectories(metadata());
        Files.write(metadata().resolve("root.json"), repository.file("root"));

        assertThat(refresh()).isEqualTo(1);
        assertThat(asked()).isEmpty();
    }

    @Test
    void withoutAnyRootNothingIsAsked() {
        assertThat(refresh()).isEqualTo(1);
        assertThat(asked()).isEmpty();
    }

    // signatures

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"root | root 1", "timestamp | root 2", "snapshot | root 2, timestamp 2",
            "targets | root 2, snapshot 2, timestamp 2"})
    void aRoleThatIsNotSignedIsRefusedAndThoseBeforeItAreKept(String role, String kept) throws Exception {
        repository.role(role).signing.clear();
        init();
        repository.publish("root", "targets", "snapshot", "timestamp");

        assertThat(refresh()).isEqualTo(1);
        assertThat(trusted()).isEqualTo(kept);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"root | root 1", "snapshot | root 2, timestamp 2",
            "targets | root 2, snapshot 2, timestamp 2"})
    void aFileThatSaysAnotherVersionThanItsNameIsRefused(String role, String kept) throws Exception {
        init();
        repository.role(role).version++; // says 3, and is the second
        repository.publish("root", "targets");
        repository.snapshot().meta.put("targets.json", MetaFile.of(2));
        repository.publish("snapshot");
        repository.timestamp().meta.put("snapshot.json", MetaFile.of(2));
        repository.publish("timestamp");

        assertThat(refresh()).isEqualTo(1);
        assertThat(trusted()).isEqualTo(kept);
    }

    @Test
    void tooFewSignaturesAreRefused() throws Exception {
        SimulatedRole snapshot = repository.snapshot();
        snapshot.add(repository.newKey());
        snapshot.add(repository.newKey());
        snapshot.threshold = 3;
        repository.publish("root", "targets", "snapshot", "timestamp");
        init();
        assertThat(refresh()).isZero();

        snapshot.signing.removeLast();
        everythingButRoot();
        assertThat(refresh()).isEqualTo(1);
        assertThat(trusted()).isEqualTo("root 2, snapshot 2, targets 2, timestamp 3");
    }

    @Test
    void aThresholdThatNobodyCanReachIsNotReached() throws Exception {
        init();
        IntStream.range(0, 4).forEach(i -> repository.snapshot().add(repository.newKey()));
        repository.snapshot().threshold = 6;
        repository.publish("root", "snapshot", "timestamp");

        assertThat(refresh()).isEqualTo(1);
        assertThat(trusted()).isEqualTo("root 2, timestamp 2");
    }

    @Test
    void oneKeyThatIsListedManyTimesIsOneKey() throws Exception {
        init();
        SigningKey key = repository.newKey();
        IntStream.range(0, 9).forEach(i -> repository.snapshot().listed.add(key));
        repository.snapshot().signing.add(key);
        repository.snapshot().threshold = 6;
        repository.publish("root", "snapshot", "timestamp");
        repeatSignature("snapshot", 1, 8);

        assertThat(refresh()).isEqualTo(1);
        assertThat(trusted()).isEqualTo("root 2, timestamp 2");
    }

    @Test
    void aKeyIdThatSignsTwiceSpoilsTheFile() throws Exception { // TUF 1.0.34, 4.2.1
        init();
        repeatSignature("snapshot", 0, 1);

        assertThat(refresh()).isEqualTo(1);
        assertThat(trusted()).isEqualTo("root 1, timestamp 1");
    }

    private void repeatSignature(String role, int which, int times) {
        String file = new String(repository.file(role), StandardCharsets.UTF_8);
        int end = file.indexOf("],\"signed\":");
        String[] entries = file.substring(file.indexOf('[') + 1, end).split("(?<=\\}),");
        repository.serveInstead(role,
                file.substring(0, end) + ("," + entries[which]).repeat(times) + file.substring(end));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00ff", "30"})
    void aSignatureThatIsNotOneDoesNotHideTheOthers(String sig) throws Exception {
        init();
        SimulatedRole timestamp = repository.timestamp();
        String first = timestamp.signing.getFirst().publicKey().id();
        timestamp.add(repository.newKey());
        repository.publish("root", "timestamp");
        repository.serveInstead("timestamp", new String(repository.file("timestamp"), StandardCharsets.UTF_8)
                .replaceFirst("\"" + first + "\",\"sig\":\"[0-9a-f]+\"", "\"" + first + "\",\"sig\":\"" + sig + "\""));

        assertThat(refresh()).isZero();
        assertThat(trusted()).contains("timestamp 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ed25519", "ecdsa", "rsa"})
    void everyKindOfKeySignsRoot(String kind) throws Exception {
        init();
        SigningKey key = switch (kind) {
            case "rsa" -> repository.ring.rsa("root");
            case "ecdsa" -> repository.ring.ecdsa("root");
            default -> repository.ring.key("root");
        };
        repository.root().add(key);
        repository.root().threshold = 2;
        repository.publish("root");
        assertThat(refresh()).isZero();
        assertThat(trusted()).startsWith("root 2");

        repository.publish("root");
        String genuine = key.sign(SimulatedRepository.DIALECT.root(Bytes.of(repository.file("root"))).signingInput())
                .value().toHex();
        String other = key.sign(Bytes.utf8("something else")).value().toHex();
        repository.serveInstead("root",
                new String(repository.file("root"), StandardCharsets.UTF_8).replace(genuine, other));
        assertThat(refresh()).isEqualTo(1);
        assertThat(trusted()).startsWith("root 2");
    }

    /** Keys 0 to 9; a Root for each entry: its keys / threshold / who signs. The last may have to be refused. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"1/1/1 2/1/2,1 2/1/2 | true", "1/1/3,1,4 2/1/3,2,1,4 2/1/3,2,4 | true",
            "0,1,2,3,4/3/0,2,4 0,1,2,3,4/3/0,4,1 0,1,2,3,4/3/0,1,3 | true",
            "0,1,2,3,4/3/0,2,4 0,1,3,4,5/3/0,4,1 | true",
            "0,1,2,3,4/3/0,2,4 0,1,3,4,5/3/0,2,4,5 0,1,3,4,5/3/0,4,5 | true",
            "0,1,2,3,4/3/0,2,4 5,6,7,8,9/3/0,2,4,5,6,7 5,6,7,8,9/3/5,6,7 | true", "1,2,3/1/1 1,2,3/2/1,2 | true",
            "1,2,3/2/1,2 1,2,3/1/1,2 1,2,3/1/1 | true", "1/1/1 1,2/2/1,2 | true", "1/1/1 2/1/2,3,4 | false",
            "1/1/1 2/1/1,3,4 | false", "0,1,2,3,4/3/0,2,4 0,1,3,4,5/3/0,2,4 | false",
            "0,1,2,3,4/3/0,2,4 0,1,3,4,5/3/0,4,5 | false", "1,2,3/1/1 1,2,3/2/2 | false",
            "1,2,3/2/1,2 1,2,3/1/1 | false"})
    void rootsAreFollowedAsTheirKeysChange(String roots, boolean good) throws Exception {
        SimulatedRole root = repository.root();
        root.beginAgainAt(1);
        for (String version : roots.split(" ")) {
            String[] parts = version.split("/");
            root.listed.clear();
            root.signing.clear();
            root.listed.addAll(keys(parts[0]));
            root.threshold = Integer.parseInt(parts[1]);
            root.signing.addAll(keys(parts[2]));
            repository.publish("root");
        }
        init();

        assertThat(refresh()).isEqualTo(good ? 0 : 1);
        int last = root.published.size() - (good ? 1 : 2);
        assertThat(metadata().resolve("root.json")).hasBinaryContent(root.published.get(last));
    }

    private List<SigningKey> keys(String numbers) {
        return Arrays.stream(numbers.split(",")).map(number -> repository.ring.key("signer " + number)).toList();
    }

    static Stream<Arguments> rotations() {
        return Stream.of("timestamp", "snapshot", "targets")
                .flatMap(role -> Stream.of("2/1/2 true", "1/1/3,1,4 true", "2/1/1,3,4 false", "0,1,3,4,5/3/0,2,4 false",
                        "0,1,3,4,5/3/0,4 false", "0,1,2,3,4/3/0,2,4 true", "0,1,2,3,4/3/2,3,4 true")
                        .map(line -> Arguments.of(role, line.split(" ")[0], line.endsWith("true"))));
    }

    @ParameterizedTest
    @MethodSource("rotations")
    void otherRolesAreFollowedAsTheirKeysChange(String name, String keys, boolean good) throws Exception {
        init();
        assertThat(refresh()).isZero();
        String[] parts = keys.split("/");
        SimulatedRole role = repository.role(name);
        role.listed.clear();
        role.signing.clear();
        role.listed.addAll(keys(parts[0]));
        role.threshold = Integer.parseInt(parts[1]);
        role.signing.addAll(keys(parts[2]));
        repository.publish("root", "targets", "snapshot", "timestamp");

        assertThat(refresh()).isEqualTo(good ? 0 : 1);
        if (good) {
            assertThat(metadata().resolve(name + ".json")).hasBinaryContent(repository.file(name));
        }
    }

    @Test
    void fieldsNobodyKnowsAreSigned() throws Exception {
        init();
        String root = "\"custom-field\":\"value\",\"expires\"";
        SimulatedRole role = repository.root();
        repository.publish("root");
        String file = new String(repository.file("root"), StandardCharsets.UTF_8);
        String signed = file.substring(file.indexOf("\"signed\":") + 9, file.length() - 1).replace("\"expires\"", root);
        SigningKey key = role.signing.getFirst();
        repository.serveInstead("root", "{\"signatures\":[{\"keyid\":\"" + key.publicKey().id() + "\",\"sig\":\""
                + key.sign(Bytes.utf8(signed)).value().toHex() + "\",\"x\":1}],\"signed\":" + signed + ",\"y\":[]}");

        assertThat(refresh()).isZero();
        assertThat(trusted()).startsWith("root 2");
    }

    /** TUF 1.0.34, 4.3: clients calculate every key id. */
    @Test
    void aKeyUnderAnIdThatIsNotItsHashDoesNotCount() throws Exception {
        init();
        byte[] seed = new byte[32];
        repository.timestamp().only(SigningKey.ofSeed(seed, any -> "ab".repeat(32)));
        repository.publish("root", "timestamp");
        assertThat(refresh()).isEqualTo(1);
        assertThat(trusted()).isEqualTo("root 2");

        repository.timestamp().only(SigningKey.ofSeed(seed, SimulatedRepository.DIALECT::keyId));
        repository.publish("root", "timestamp");
        assertThat(refresh()).isZero();
    }

    @Test
    void aFileOfAnotherTypeIsRefused() throws Exception {
        init();
        SimulatedRole snapshot = repository.snapshot();
        snapshot.add(repository.timestamp().signing.getFirst());
        snapshot.meta.clear();
        snapshot.meta.put("snapshot.json", MetaFile.of(1));
        repository.publish("root", "snapshot");
        repository.timestamp().published.add(repository.file("snapshot"));

        assertThat(refresh()).isEqualTo(1);
        assertThat(trusted()).isEqualTo("root 2");
    }

    // rollback, and what recovers from fast-forward

    @Test
    void aTimestampOfEqualVersionIsDiscardedWithoutAWord() throws Exception {
        init();
        refresh();
        repository.timestamp().meta.put("snapshot.json", MetaFile.of(100));
        repository.timestamp().beginAgainAt(1);
        repository.publish("timestamp");
        Bytes before = Bytes.of(Files.readAllBytes(metadata().resolve("timestamp.json")));

        assertThat(refresh()).isZero();
        assertThat(asked()).endsWith(" timestamp");
        assertThat(metadata().resolve("timestamp.json")).hasBinaryContent(before.toArray());
    }

    @Test
    void aTimestampOfEqualVersionDoesNotEndAnUpdateThatWasInterrupted() throws Exception {
        init();
        repository.publish("targets", "snapshot", "timestamp");
        byte[] targets = repository.targets().published.removeLast();
        assertThat(refresh()).isEqualTo(1);
        repository.targets().published.add(targets);

        assertThat(refresh()).isZero();
        assertThat(trusted()).isEqualTo("root 1, snapshot 2, targets 2, timestamp 2");
    }

    @Test
    void anOlderTimestampIsRefused() throws Exception {
        init();
        repository.publish("timestamp");
        refresh();
        repository.timestamp().beginAgainAt(1);
        repository.publish("timestamp");

        assertThat(refresh()).isEqualTo(1);
        assertThat(trusted()).contains("timestamp 2");
        assertThat(asked()).endsWith(" timestamp");
    }

    @Test
    void aSnapshotThatTimestampDoesNotSpeakOfIsNotFetched() throws Exception {
        init();
        repository.publish("snapshot", "timestamp");
        refresh();
        repository.publish("snapshot");

        assertThat(refresh()).isZero();
        assertThat(trusted()).contains("snapshot 2");
        assertThat(asked()).endsWith(" timestamp");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aTimestampThatLowersSnapshotIsRefused(boolean hashes) throws Exception { // TUF 1.0.34, 5.4.3.2
        init();
        repository.hashes = hashes;
        repository.publish("snapshot", "timestamp");
        refresh();
        repository.snapshot().beginAgainAt(1);
        repository.publish("snapshot", "timestamp");

        assertThat(refresh()).isEqualTo(1);
        assertThat(trusted()).isEqualTo("root 1, snapshot 2, targets 1, timestamp 2");
        assertThat(asked()).endsWith(" timestamp");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aSnapshotThatLowersTargetsIsRefused(boolean hashes) throws Exception { // TUF 1.0.34, 5.5.5
        init();
        repository.hashes = hashes;
        everythingButRoot();
        refresh();
        repository.targets().beginAgainAt(1);
        everythingButRoot();

        assertThat(refresh()).isEqualTo(1);
        assertThat(trusted()).isEqualTo("root 1, snapshot 2, targets 2, timestamp 3");
    }

    @Test
    void aSnapshotThatDropsAFileIsRefused() throws Exception { // TUF 1.0.34, 5.5.5
        init();
        repository.delegate("targets", "A", false, "*");
        repository.publish("A", "targets", "snapshot", "timestamp");
        refresh();
        repository.snapshot().meta.remove("A.json");
        repository.publish("snapshot", "timestamp");

        assertThat(refresh()).isEqualTo(1);
        assertThat(trusted()).contains("snapshot 2");
    }

    private void publishTimes(String role, int times) {
        IntStream.range(0, times).forEach(i -> repository.publish(role));
    }

    @Test
    void newSnapshotKeysLetTargetsBeginAgain() throws Exception {
        init();
        publishTimes("targets", 99);
        repository.publish("snapshot", "timestamp");
        refresh();
        assertThat(trusted()).contains("targets 100");
        repository.snapshot().only(repository.newKey());
        repository.targets().beginAgainAt(1);
        repository.publish("root", "targets", "snapshot", "timestamp");

        assertThat(refresh()).isZero();
        assertThat(trusted()).contains("targets 1,");
    }

    @Test
    void newSnapshotAndTimestampKeysLetSnapshotBeginAgain() throws Exception {
        init();
        publishTimes("snapshot", 99);
        repository.publish("timestamp");
        refresh();
        repository.snapshot().only(repository.newKey());
        repository.timestamp().only(repository.newKey());
        repository.snapshot().beginAgainAt(1);
        repository.publish("root", "targets", "snapshot", "timestamp");

        assertThat(refresh()).isZero();
        assertThat(trusted()).contains("snapshot 1,");
    }

    @Test
    void newTimestampKeysLetTimestampBeginAgain() throws Exception {
        init();
        publishTimes("timestamp", 99);
        refresh();
        repository.timestamp().only(repository.newKey());
        repository.timestamp().beginAgainAt(1);
        repository.publish("root", "targets", "snapshot", "timestamp");

        assertThat(refresh()).isZero();
        assertThat(trusted()).endsWith("timestamp 1");
    }

    @Test
    void targetsOfKeysThatRootRevokedAreFetchedAgain() throws Exception {
        init();
        refresh();
        repository.targets().only(repository.newKey());
        repository.publish("root");

        assertThat(refresh()).isEqualTo(1); // nothing new stands there, and what is there the old key signed
        everythingButRoot();
        assertThat(refresh()).isZero();
    }

    // what is not there, or is not what it was said to be

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"snapshot | 2.snapshot | root 1, snapshot 1, targets 1, timestamp 2",
            "targets | 2.targets | root 1, snapshot 2, targets 1, timestamp 2",
            "timestamp | timestamp | root 1, snapshot 1, targets 1, timestamp 1"})
    void aFileThatIsNotThereEndsTheUpdate(String role, String last, String kept) throws Exception {
        init();
        refresh();
        everythingButRoot();
        if (role.equals("timestamp")) {
            repository.timestamp().published.clear();
        } else {
            repository.role(role).published.removeLast();
        }

        assertThat(refresh()).isEqualTo(1);
        assertThat(asked()).endsWith(' ' + last);
        assertThat(trusted()).isEqualTo(kept);
    }

    @Test
    void hashesOfMetadataHold() throws Exception {
        init();
        repository.hashes = true;
        everythingButRoot();
        assertThat(refresh()).isZero();
        repository.publish("targets");
        repository.snapshot().meta.put("targets.json",
                new MetaFile(3, null, new TreeMap<>(Map.of("sha256", "46".repeat(32)))));
        repository.publish("snapshot", "timestamp");

        assertThat(refresh()).isEqualTo(1);
        assertThat(trusted()).isEqualTo("root 1, snapshot 3, targets 2, timestamp 3");
    }

    @ParameterizedTest
    @CsvSource({"timestamp, 20000", "snapshot, 2200000", "root, 600000"})
    void endlessMetadataIsRefused(String role, int bytes) throws Exception {
        init();
        repository.publish("root", "targets", "snapshot", "timestamp");
        repository.serveInstead(role,
                new String(repository.file(role), StandardCharsets.UTF_8) + " ".repeat(bytes));

        assertThat(refresh()).isEqualTo(1);
        assertThat(trusted()).doesNotContain(role + " 2");
    }

    // time

    @Test
    void anExpiredRootIsKeptAndEndsTheUpdate() throws Exception { // TUF 1.0.34, 5.3.10
        init();
        refresh();
        repository.root().expires = repository.now.minus(Duration.ofDays(1));
        repository.publish("root");
        everythingButRoot();

        assertThat(refresh()).isEqualTo(1);
        assertThat(trusted()).isEqualTo("root 2, snapshot 1, targets 1, timestamp 1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"timestamp | root 1, snapshot 1, targets 1, timestamp 1",
            "snapshot | root 1, snapshot 1, targets 1, timestamp 2",
            "targets | root 1, snapshot 2, targets 1, timestamp 2"})
    void expiredMetadataIsRefused(String role, String kept) throws Exception {
        init();
        refresh();
        repository.role(role).expires = repository.now.minus(Duration.ofDays(5));
        everythingButRoot();

        assertThat(refresh()).isEqualTo(1);
        assertThat(trusted()).isEqualTo(kept);
    }

    @Test
    void timeCountsFromTheBeginningOfAnUpdate() throws Exception {
        init();
        repository.root().expires = repository.now.plus(Duration.ofDays(7));
        repository.publish("root");

        assertThat(succeedsAt(repository.now)).isTrue();
        assertThat(succeedsAt(repository.now.plus(Duration.ofDays(7)).minusSeconds(1))).isTrue();
        assertThat(succeedsAt(repository.now.plus(Duration.ofDays(7)))).isFalse();
    }

    @Test
    void whatHasExpiredHereIsReplacedByWhatHasNotThere() throws Exception {
        init();
        repository.timestamp().expires = repository.now.plus(Duration.ofDays(7));
        repository.publish("timestamp");
        assertThat(succeedsAt(repository.now)).isTrue();
        repository.publish("targets");
        repository.timestamp().expires = repository.now.plus(Duration.ofDays(21));
        repository.publish("snapshot", "timestamp");

        assertThat(succeedsAt(repository.now.plus(Duration.ofDays(18)))).isTrue();
        assertThat(trusted()).isEqualTo("root 1, snapshot 2, targets 2, timestamp 3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"timestamp", "snapshot", "targets"})
    void whatHasExpiredHereAndThereIsRefused(String role) throws Exception {
        init();
        repository.role(role).expires = repository.now.plus(Duration.ofDays(7));
        everythingButRoot();
        assertThat(succeedsAt(repository.now)).isTrue();

        assertThat(succeedsAt(repository.now.plus(Duration.ofDays(18)))).isFalse();
    }

    // what others left in the folder

    @ParameterizedTest
    @ValueSource(strings = {"timestamp", "snapshot", "targets"})
    void aBrokenFileInTheFolderIsFetchedAgain(String role) throws Exception {
        init();
        refresh();
        Files.writeString(metadata().resolve(role + ".json"), "{\"signatures\":");

        assertThat(refresh()).isZero();
        assertThat(metadata().resolve(role + ".json")).hasBinaryContent(repository.file(role));
    }

    @ParameterizedTest
    @ValueSource(strings = {"timestamp", "snapshot", "targets"})
    void aForgedFileInTheFolderIsNotBelieved(String role) throws Exception {
        init();
        refresh();
        String file = new String(repository.file(role), StandardCharsets.UTF_8);
        Files.writeString(metadata().resolve(role + ".json"), file.replaceFirst("\"version\":1}$", "\"version\":9}"));

        assertThat(refresh()).isZero();
        assertThat(metadata().resolve(role + ".json")).hasBinaryContent(repository.file(role));
    }

    @Test
    void aBrokenRootInTheFolderIsRefused() throws Exception {
        init();
        Files.writeString(metadata().resolve("root.json"), "{");

        assertThat(refresh()).isEqualTo(1);
        assertThat(asked()).isEmpty();
    }

    // images

    @Test
    void anImageIsDownloadedOnce() throws Exception {
        init();
        repository.addImage("targets", "path/to/a file?.txt", "content");
        everythingButRoot();

        assertThat(refresh()).isZero();
        assertThat(images()).isEmpty();
        assertThat(download("path/to/a file?.txt")).isZero();
        assertThat(download("path/to/a file?.txt")).isZero();
        assertThat(images()).containsExactly("content");
        assertThat(folder.resolve("images/path%2Fto%2Fa%20file%3F.txt")).exists();
        assertThat(repository.askedForImages).containsExactly(
                "path/to/" + Bytes.utf8("content").sha256() + ".a%20file%3F.txt");
    }

    @Test
    void severalImagesAreDownloadedAtOnce() throws Exception {
        init();
        repository.addImage("targets", "a", "one");
        repository.addImage("targets", "b", "two");
        everythingButRoot();

        assertThat(download("a", "b")).isZero();
        assertThat(images()).containsExactly("one", "two");
    }

    @Test
    void anotherImageOfThatNameReplacesTheFirst() throws Exception {
        init();
        for (String content : List.of("one", "another", "three")) {
            repository.addImage("targets", "a", content);
            everythingButRoot();
            assertThat(download("a")).isZero();
            assertThat(images()).containsExactly(content);
            repository.images.put("a", "evil".getBytes(StandardCharsets.UTF_8));
            assertThat(download("a")).isZero();
            assertThat(images()).containsExactly(content);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil!!!", "evil", "evil, and a good deal longer", ""})
    void anImageThatIsNotTheOneDescribedIsNotKept(String served) throws Exception {
        init();
        repository.addImage("targets", "a", "content");
        everythingButRoot();
        repository.images.put("a", served.getBytes(StandardCharsets.UTF_8));

        assertThat(download("a")).isEqualTo(1);
        assertThat(images()).isEmpty();
    }

    @Test
    void anImageThatSomebodyChangedHereIsDownloadedAgain() throws Exception {
        init();
        repository.addImage("targets", "a", "content");
        everythingButRoot();
        download("a");
        Files.writeString(folder.resolve("images/a"), "CONTENT");

        assertThat(download("a")).isZero();
        assertThat(images()).containsExactly("content");
    }

    @ParameterizedTest
    @CsvSource({"sha256, true", "sha512, true", "sha256 sha512, true", "sha256 other, true", "other, false"})
    void oneKnownHashIsEnough(String functions, boolean enough) throws Exception {
        init();
        Bytes content = Bytes.utf8("content");
        Map<String, String> stated = Arrays.stream(functions.split(" ")).collect(Collectors.toMap(name -> name,
                name -> name.equals("sha256") ? content.sha256() : content.sha512()));
        repository.addImage("targets", "a", content.toArray(), stated);
        everythingButRoot();

        assertThat(download("a")).isEqualTo(enough ? 0 : 1);
        assertThat(images()).hasSize(enough ? 1 : 0);
    }

    @Test
    void bothHashesHaveToAgree() throws Exception {
        init();
        Bytes content = Bytes.utf8("content");
        repository.addImage("targets", "a", content.toArray(),
                Map.of("sha256", content.sha256(), "sha512", Bytes.utf8("else").sha512()));
        everythingButRoot();

        assertThat(download("a")).isEqualTo(1);
        assertThat(images()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".", "../../evil", "/etc/passwd", "a\\..\\b", "C:\\x", "a\u0000b", ".hidden",
            "%2e%2e/x", "\n", "-rf"})
    void noNameLeadsOutOfTheFolder(String name) throws Exception {
        init();
        repository.addImage("targets", name, "content");
        everythingButRoot();

        assertThat(succeedsAt(repository.now, name)).isTrue();
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile)
                    .filter(file -> !file.startsWith(metadata()) && !file.endsWith("initial.json")))
                    .singleElement().satisfies(file -> assertThat(file).hasParent(folder.resolve("images"))
                            .hasContent("content"));
        }
    }

    // delegations

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"targets>A | A", "targets>A targets>B | A B",
            "targets>A targets>B B>C | A B C",
            "targets>A targets>B A>C A>D | A C D B", "targets>A targets>B A>C C>D | A C D B",
            "targets>A targets>B A>C! A>D | A C", "targets>A targets>B A>C! C>D | A C D",
            "targets>A:*.py targets>B A>C | B", "targets>A targets>B A>C:*.py C>D | A B",
            "targets>A targets>B B>C C>D D>B | A B C D", "targets>A targets>B B>C A>C | A C B",
            "targets>A targets>B B>C A>C:*.py | A B C"})
    void delegatedRolesAreVisitedInOrder(String edges, String order) throws Exception {
        init();
        for (String edge : edges.split(" ")) {
            String[] parts = edge.replace("!", "").split("[>:]");
            repository.delegate(parts[0], parts[1], edge.endsWith("!"), parts.length > 2 ? parts[2] : "*");
        }
        publishAll();

        assertThat(download("missing")).isEqualTo(1);
        assertThat(repository.asked.subList(4, repository.asked.size())).isEqualTo(
                Arrays.stream(order.split(" ")).map(role -> "1." + role).toList());
    }

    private void publishAll() {
        repository.roles.keySet().stream().filter(role -> Stream.of(RoleType.values())
                .noneMatch(top -> top.id().equals(role))).forEach(repository::publish);
        everythingButRoot();
    }

    @ParameterizedTest
    @CsvSource({"targetfile, true, ''", "README.md, true, 1.A", "releases/x/x_v1, true, 1.B 1.C",
            "releases/y/y_v1.zip, true, 1.B 1.D", "releases/z/z_v1.zip, false, 1.B"})
    void anImageIsFoundWhereItIsDelegated(String name, boolean found, String roles) throws Exception {
        init();
        repository.delegate("targets", "A", false, "*.doc", "*.md");
        repository.delegate("targets", "B", false, "releases/*/*");
        repository.delegate("B", "C", false, "releases/x/*");
        repository.delegate("B", "D", false, "releases/y/*.zip");
        repository.addImage("targets", "targetfile", "by targets");
        repository.addImage("A", "README.md", "by A");
        repository.addImage("C", "releases/x/x_v1", "by C");
        repository.addImage("D", "releases/y/y_v1.zip", "by D");
        repository.addImage("D", "releases/z/z_v1.zip", "by D, who may not");
        publishAll();

        assertThat(download(name)).isEqualTo(found ? 0 : 1);
        assertThat(images()).hasSize(found ? 1 : 0);
        assertThat(String.join(" ", repository.asked.subList(4, repository.asked.size()))).isEqualTo(roles);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {"? | %3F", "\"#\" | %23",
            "/delegatedrole | %2Fdelegatedrole", "../delegatedrole | ..%2Fdelegatedrole", ".. | ..", "a b | a%20b",
            "\u00fc | %C3%BC", "Root | Root", "a%2Fb | a%252Fb"})
    void aRoleMayHaveAnyName(String name, String encoded) throws Exception {
        init();
        repository.delegate("targets", name, false, "*");
        repository.addImage(name, "x", "content");
        publishAll();

        assertThat(download("x")).isZero();
        assertThat(repository.asked).endsWith("1." + encoded);
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile)).hasSize(1 + 5 + 1);
        }
        repository.asked.clear();
        assertThat(download("x")).isZero();
        assertThat(asked()).isEqualTo("2.root timestamp");
    }

    @Test
    void aRoleWithAVeryLongNameIsKeptToo() throws Exception {
        init();
        String name = "\u00fc".repeat(300);
        repository.delegate("targets", name, false, "*");
        repository.addImage(name, "x", "content");
        publishAll();

        assertThat(download("x")).isZero();
        assertThat(images()).containsExactly("content");
    }

    @Test
    void delegatedMetadataThatHasExpiredIsRefused() throws Exception {
        init();
        repository.delegate("targets", "A", false, "*").expires = repository.now.minus(Duration.ofDays(1));
        repository.addImage("A", "x", "content");
        publishAll();

        assertThat(refresh()).isZero();
        assertThat(download("x")).isEqualTo(1);
        assertThat(trusted()).isEqualTo("root 1, snapshot 2, targets 2, timestamp 2");
    }

    @Test
    void delegatedMetadataIsUsedUntilItExpiresAndThenReplaced() throws Exception {
        init();
        SimulatedRole role = repository.delegate("targets", "A", false, "*");
        role.expires = repository.now.plus(Duration.ofDays(7));
        repository.addImage("A", "one", "1");
        repository.addImage("A", "two", "2");
        publishAll();
        assertThat(succeedsAt(repository.now, "one")).isTrue();
        assertThat(succeedsAt(repository.now.plus(Duration.ofDays(18)), "two")).isFalse();
        assertThat(images()).containsExactly("1");

        role.expires = repository.now.plus(Duration.ofDays(21));
        repository.publish("A", "snapshot", "timestamp");
        assertThat(succeedsAt(repository.now.plus(Duration.ofDays(18)), "two")).isTrue();
    }

    @Test
    void delegatedMetadataThatOthersSignedIsRefused() throws Exception {
        init();
        SimulatedRole role = repository.delegate("targets", "A", false, "*");
        role.signing.clear();
        role.signing.add(repository.newKey());
        repository.addImage("A", "x", "content");
        publishAll();

        assertThat(download("x")).isEqualTo(1);
        assertThat(trusted()).doesNotContain("A");
    }
}
