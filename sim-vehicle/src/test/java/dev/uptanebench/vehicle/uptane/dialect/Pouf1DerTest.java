package dev.uptanebench.vehicle.uptane.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.uptanebench.vehicle.requirement.AttackId;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.DeltaImage;
import dev.uptanebench.vehicle.uptane.EncryptedImage;
import dev.uptanebench.vehicle.uptane.Encryption;
import dev.uptanebench.vehicle.uptane.Extras;
import dev.uptanebench.vehicle.uptane.MetaFile;
import dev.uptanebench.vehicle.uptane.Metadata;
import dev.uptanebench.vehicle.uptane.PublicKey;
import dev.uptanebench.vehicle.uptane.RepositoryMap;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.RoleKeys;
import dev.uptanebench.vehicle.uptane.RoleType;
import dev.uptanebench.vehicle.uptane.Root;
import dev.uptanebench.vehicle.uptane.Signers;
import dev.uptanebench.vehicle.uptane.SigningKey;
import dev.uptanebench.vehicle.uptane.Snapshot;
import dev.uptanebench.vehicle.uptane.Target;
import dev.uptanebench.vehicle.uptane.Targets;
import dev.uptanebench.vehicle.uptane.TimeMessage;
import dev.uptanebench.vehicle.uptane.Timestamp;
import dev.uptanebench.vehicle.uptane.VersionReport;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is peculiar to pouf1-der. The files beside this test were made by an independent encoder. */
class Pouf1DerTest {
    private static final Pouf1Der DIALECT = new Pouf1Der();
    private static final Instant EXPIRES = Instant.parse("2031-02-28T12:34:56Z");
    private static final SigningKey KEY = SigningKey.ofSeed(new byte[32], DIALECT::keyId);
    private static final TreeMap<String, String> SHA256 = new TreeMap<>(Map.of("sha256", "ab".repeat(32)));
    private static final RoleKeys ROLE = new RoleKeys(List.of(KEY.publicKey().id()), 1);
    private static final TreeMap<String, PublicKey> KEYS = new TreeMap<>(
            Map.of(KEY.publicKey().id(), KEY.publicKey()));

    private static Bytes vector(String name) {
        try (InputStream in = Pouf1DerTest.class.getResourceAsStream("pouf1/" + name + ".der")) {
            if (in == null) {
                throw new IllegalArgumentException("no vector " + name);
            }
            return Bytes.of(in.readAllBytes());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Targets targets() {
        Target ordered = new Target(5, new TreeMap<>(Map.of("sha256", "ab".repeat(32), "sha512", "cd".repeat(64))),
                new TreeMap<>(Map.of("S-1", "H-1", "S-2", "H-2")), List.of(), 9L);
        Target listed = new Target(0, SHA256, new TreeMap<>(), List.of("H-2", "H-1"), null);
        Target plain = new Target(300, SHA256, new TreeMap<>(), List.of(), null);
        return new Targets(6, EXPIRES,
                new TreeMap<>(Map.of("a/b.bin", ordered, "c.bin", listed, "plain \u00fc", plain)),
                List.of(new Targets.Delegation("supplier", new Signers(KEYS, ROLE), List.of("a/*"), true),
                        new Targets.Delegation("other", new Signers(KEYS, ROLE), List.of("*"), false)),
                "VIN", "order-1");
    }

    private static Targets encrypted() {
        Bytes nonce = Bytes.hex("000102030405060708090a0b");
        Target target = new Target(5, SHA256, new TreeMap<>(Map.of("S-1", "H-1", "S-2", "H-1", "S-3", "H-1")),
                List.of(), null, new TreeMap<>(Map.of(
                        "S-1",
                        new EncryptedImage("a.bin.S-1.enc", 21, SHA256, new Encryption.WrappedKey(nonce, counting(80))),
                        "S-2", new EncryptedImage("a.bin.S-2.enc", 21, SHA256, new Encryption.OwnKey(nonce)),
                        "S-3",
                        new EncryptedImage("a.bin.S-3.enc", 21, SHA256, new Encryption.PublicKey(counting(32))))),
                new TreeMap<>(), Extras.NONE);
        return new Targets(7, EXPIRES, new TreeMap<>(Map.of("a.bin", target)), List.of(), null, null);
    }

    private static Targets deltas() {
        Bytes nonce = Bytes.hex("000102030405060708090a0b");
        Target target = new Target(5, SHA256, new TreeMap<>(Map.of("S-1", "H-1", "S-2", "H-1", "S-3", "H-1")),
                List.of(), null,
                new TreeMap<>(Map.of("S-2", new EncryptedImage("b.enc", 21, SHA256, new Encryption.OwnKey(nonce)))),
                new TreeMap<>(Map.of("S-1", new DeltaImage("a.vcdiff", 3, SHA256), "S-2",
                        new DeltaImage("b.vcdiff", 4, SHA256), "S-3", new DeltaImage("c.vcdiff", 300, SHA256))),
                Extras.NONE);
        return new Targets(8, EXPIRES, new TreeMap<>(Map.of("a.bin", target)), List.of(), null, null);
    }

    private static Bytes counting(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) i;
        }
        return Bytes.of(bytes);
    }

    static Stream<Arguments> everyRole() {
        return Stream.of(
                Arguments.of("root", new Root(3, EXPIRES, true, KEYS, Map.of(RoleType.ROOT, ROLE, RoleType.TARGETS,
                        ROLE, RoleType.SNAPSHOT, ROLE, RoleType.TIMESTAMP, ROLE))),
                Arguments.of("time-root", new Root(4, EXPIRES, false, KEYS, Map.of(RoleType.ROOT, ROLE,
                        RoleType.TARGETS, ROLE, RoleType.SNAPSHOT, ROLE, RoleType.TIMESTAMP, ROLE), KEY.publicKey(),
                        Extras.NONE)),
                Arguments.of("time-targets", new Targets(8, EXPIRES, new TreeMap<>(), List.of(), "VIN", null,
                        KEY.publicKey(), Extras.NONE)),
                Arguments.of("timestamp", new Timestamp(Long.MAX_VALUE, EXPIRES, new MetaFile(4, 99L, SHA256))),
                Arguments.of("snapshot", new Snapshot(128, EXPIRES,
                        new TreeMap<>(Map.of("supplier.der", new MetaFile(5, 1L, SHA256), "targets.der",
                                MetaFile.of(2))))),
                Arguments.of("targets", targets()), Arguments.of("encrypted", encrypted()),
                Arguments.of("delta", deltas()));
    }

    @ParameterizedTest
    @MethodSource("everyRole")
    void anIndependentEncoderWritesTheSameBytes(String name, Metadata metadata) {
        assertThat(DIALECT.encode(metadata, List.of(KEY)).toHex()).isEqualTo(vector(name).toHex());
    }

    @Test
    void anIndependentEncoderWritesTheSameReportAndTime() {
        VersionReport report = new VersionReport("S-1", "a.bin", 12, "ab".repeat(32),
                List.of(new AttackId("freeze"), new AttackId("mix-and-match")), EXPIRES, EXPIRES.minusSeconds(9), 77);
        TimeMessage time = new TimeMessage(EXPIRES, List.of("00ff00ff00ff00ff", "8000000000000001"));

        assertThat(DIALECT.encode(report, KEY).toHex()).isEqualTo(vector("report").toHex());
        assertThat(DIALECT.encode(time, KEY).toHex()).isEqualTo(vector("time").toHex());
    }

    @Test
    void anIndependentEncoderWritesTheSameMap() {
        SortedMap<RepositoryName, List<String>> servers = new TreeMap<>();
        List<RepositoryName> all = Stream.of("director", "image", "supplier").map(RepositoryName::new).toList();
        all.forEach(name -> servers.put(name, List.of("http://backend/" + name)));
        RepositoryMap map = new RepositoryMap(servers,
                List.of(new RepositoryMap.Mapping(List.of("brake-*", "a/b"), all, false, 2),
                        new RepositoryMap.Mapping(List.of("*"), RepositoryName.BASIC, true)));

        assertThat(DIALECT.encode(map).toHex()).isEqualTo(vector("map").toHex());
    }

    /** Each case changes one thing in a good file: where, and how. */
    static Stream<Arguments> faulty() {
        return Stream.of(
                fault("timestamp", List.of(), "length", file -> file.withLengthIn(2)),
                fault("timestamp", List.of(), "length", file -> file.withLengthIn(5)),
                fault("timestamp", List.of(0), "length", signed -> signed.withLengthIn(1)),
                fault("timestamp", List.of(0), "length", signed -> signed.withLengthIn(-1)),
                fault("timestamp", List.of(), "tag 30", file -> file.withTag(0x31)),
                fault("timestamp", List.of(0, 2), "version: expected an integer in as few",
                        version -> Tlv.of(0x82, 0, 1)),
                fault("timestamp", List.of(0, 2), "version: expected an integer in as few",
                        version -> Tlv.of(0x82, 0xff, 0x80)),
                fault("timestamp", List.of(0, 2), "version: expected an integer in as few", version -> Tlv.of(0x82)),
                fault("timestamp", List.of(0, 2), "version: expected an integer from 1", version -> Tlv.of(0x82, 0xff)),
                fault("timestamp", List.of(0, 1), "expires: expected an integer from 0", time -> Tlv.of(0x81, 0x80)),
                fault("timestamp", List.of(0, 1), "expires: expected an integer from 0 to 253402300799",
                        time -> Tlv.of(0x81, 0x3b, 0, 0, 0, 0, 0)),
                fault("timestamp", List.of(0, 0), "type: expected one of", type -> Tlv.of(0x80, 4)),
                fault("timestamp", List.of(0, 0), "type: expected one of", type -> Tlv.of(0x80, 0xff)),
                fault("timestamp", List.of(0, 3, 0, 0), "filename: expected snapshot.der",
                        name -> Tlv.of(0x80, 's')),
                fault("timestamp", List.of(0, 3, 0, 0), "filename: expected UTF-8", name -> Tlv.of(0x80, 0xc0, 0x80)),
                fault("timestamp", List.of(0, 3, 0, 3), "number of hashes: expected 1", count -> Tlv.of(0x83, 2)),
                fault("timestamp", List.of(0, 3, 0), "expected nothing further", Pouf1DerTest::withOneMore),
                fault("timestamp", List.of(0), "expected nothing further", Pouf1DerTest::withOneMore),
                fault("timestamp", List.of(), "expected nothing further", Pouf1DerTest::withOneMore),
                fault("timestamp", List.of(2, 0, 1), "method: expected one of", method -> Tlv.of(0x81, 3)),
                fault("timestamp", List.of(2, 0, 2, 0), "hash: expected the sha256 of the signed part",
                        function -> Tlv.of(0x80, 0)),
                fault("timestamp", List.of(2, 0, 2, 1), "hash: expected the sha256 of the signed part",
                        digest -> Tlv.of(0x81, 1)),
                fault("timestamp", List.of(2, 0, 3), "value: expected at least 1 octet", value -> Tlv.of(0x83)),
                fault("root", List.of(0, 3, 0, 4), "consistentSnapshot: expected true, or nothing",
                        flag -> Tlv.of(0x84, 0)),
                fault("root", List.of(0, 3, 0, 4), "consistentSnapshot: expected true, or nothing",
                        flag -> Tlv.of(0x84, 1)),
                fault("root", List.of(0, 3, 0, 3), "roles: expected [root, targets, snapshot, timestamp]",
                        Pouf1DerTest::exchanged),
                fault("root", List.of(0, 3, 0, 3, 0, 3), "threshold: expected an integer from 1",
                        threshold -> Tlv.of(0x85, 0)),
                fault("root", List.of(0, 3, 0, 1, 0, 1), "publicKeyType: expected one of", type -> Tlv.of(0x81, 9)),
                fault("snapshot", List.of(0, 3, 0, 1), "each once, in ascending order", Pouf1DerTest::exchanged),
                fault("snapshot", List.of(0, 3, 0, 1), "each once, in ascending order", Pouf1DerTest::twice),
                fault("targets", List.of(0, 3, 0, 1), "each once, in ascending order", Pouf1DerTest::exchanged),
                fault("targets", List.of(0, 3, 0, 1, 0, 0, 3), "each once, in ascending order",
                        Pouf1DerTest::exchanged),
                fault("targets", List.of(0, 3, 0, 1, 1, 1), "fields: expected at least one",
                        custom -> Tlv.of(0xa1)),
                fault("targets", List.of(0, 3, 0, 1, 0, 1), "hardwareIdentifier: expected one beside",
                        custom -> custom.withChildren(fields -> {
                            fields.remove(1);
                            return fields;
                        })),
                fault("targets", List.of(0, 3, 0, 2, 3, 0, 1, 0), "visible", path -> path.withTag(0x0c)),
                fault("targets", List.of(0, 3, 0, 2, 3, 0, 1, 0), "visible", path -> Tlv.of(0x1a, 0x7f)),
                fault("targets", List.of(0, 3, 0, 2, 3, 0, 3), "number of roles", Pouf1DerTest::twice),
                fault("targets", List.of(0, 3, 0, 2, 3, 0, 3, 0, 0), "names of delegated roles, each once",
                        name -> Tlv.of(0x80, 'o', 't', 'h', 'e', 'r')),
                fault("targets", List.of(0, 3, 0, 2, 3, 0, 3, 0, 0), "names of delegated roles, each once",
                        name -> Tlv.of(0x80, 'r', 'o', 'o', 't')),
                fault("targets", List.of(0, 3, 0, 3), "vehicleIdentifier: expected at least 1", vin -> Tlv.of(0x83)));
    }

    private static Arguments fault(String file, List<Integer> path, String message, UnaryOperator<Tlv> change) {
        return Arguments.of(file, path, message, change);
    }

    private static Tlv withOneMore(Tlv sequence) {
        return sequence.withChildren(fields -> {
            fields.add(Tlv.of(0x9e, 0));
            return fields;
        });
    }

    private static Tlv exchanged(Tlv list) {
        return list.withChildren(all -> {
            all.add(all.removeFirst());
            return all;
        });
    }

    private static Tlv twice(Tlv list) {
        return list.withChildren(all -> {
            all.add(all.getLast());
            return all;
        });
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @MethodSource("faulty")
    void whatHasAnotherEncodingOrNoneIsRefused(String name, List<Integer> path, String message,
            UnaryOperator<Tlv> change) {
        Bytes good = vector(name);
        // Signatures would tell as well; without them it has to be the reading.
        Tlv unsigned = path.isEmpty() || path.getFirst() == 2
                ? Tlv.parse(good.toArray())
                : Tlv.parse(good.toArray()).at(List.of(1), count -> Tlv.of(0x81, 0)).at(List.of(2),
                        list -> Tlv.of(0xa2));
        Bytes faulty = Bytes.of(counted(unsigned.at(path, change), path).encoded());

        assertThatThrownBy(() -> read(name, faulty)).isInstanceOf(MalformedMetadata.class)
                .hasMessageContaining(message);
    }

    /** Lists that are one longer state so, where their count is beside them and the case is not about it. */
    private static Tlv counted(Tlv file, List<Integer> path) {
        return path.equals(List.of(0, 3, 0, 1)) ? file.at(List.of(0, 3, 0), body -> body.withChildren(fields -> {
            fields.set(0, Tlv.of(0x80, fields.get(1).children().size()));
            return fields;
        })) : file;
    }

    private static void read(String name, Bytes file) throws MalformedMetadata {
        switch (name) {
            case "root" -> DIALECT.root(file);
            case "timestamp" -> DIALECT.timestamp(file);
            case "snapshot" -> DIALECT.snapshot(file);
            default -> DIALECT.targets(file);
        }
    }

    @Test
    void delegationsByHashAndModelAreReadAsTheyWereWritten() throws MalformedMetadata {
        Targets.Delegation delegation = new Targets.Delegation("r", new Signers(KEYS, ROLE), List.of(),
                List.of("0", "1f"), List.of("H-1", "\u00fc"), false, Extras.NONE);
        Targets targets = new Targets(1, EXPIRES, new TreeMap<>(), List.of(delegation), null, null);

        assertThat(DIALECT.targets(DIALECT.encode(targets, List.of())).payload()).isEqualTo(targets);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void delegationsToSeveralRolesAreReadAsTheyWereWritten(int agreement) throws MalformedMetadata {
        Targets.Delegation delegation = new Targets.Delegation("a+b",
                List.of(new Targets.Delegatee("a", new Signers(KEYS, ROLE)),
                        new Targets.Delegatee("b", new Signers(KEYS, ROLE))),
                agreement, List.of("*"), List.of(), List.of(), true, Extras.NONE);
        Targets targets = new Targets(1, EXPIRES, new TreeMap<>(), List.of(delegation), null, null);

        assertThat(DIALECT.targets(DIALECT.encode(targets, List.of())).payload()).isEqualTo(targets);
    }

    /** POUF-1 has them, nobody here uses them: they are kept as they stand. */
    @Test
    void encryptedImagesAndUrlsAreKept() throws MalformedMetadata {
        Tlv targets = Tlv.parse(vector("targets").toArray());
        Tlv image = targets.children().get(0).children().get(3).children().get(0).children().get(1).children().get(1)
                .children().get(0);
        Tlv custom = new Tlv(0xa1, Bytes.of(new byte[0]), List.of(Tlv.of(0x81, 'H'), image.withTag(0xa3),
                new Tlv(0xa4, Bytes.of(new byte[0]), List.of(Tlv.of(0x80, 2), Tlv.of(0x81, 1, 2, 3)), 0)), 0);
        isKept("targets", List.of(0, 3, 0, 1, 1, 1), old -> custom);
        isKept("root", List.of(0, 3, 0, 3, 2), role -> role.withChildren(fields -> {
            fields.add(1, Tlv.of(0x81, 1));
            fields.add(2, new Tlv(0xa2, Bytes.of(new byte[0]), List.of(Tlv.of(0x1a, 'u')), 0));
            return fields;
        }));
    }

    @Test
    void whatIsSaidOfAnEncryptedImageOrADeltaIsReadAsItWasWritten() throws MalformedMetadata {
        assertThat(DIALECT.targets(vector("encrypted")).payload()).isEqualTo(encrypted());
        assertThat(DIALECT.targets(vector("delta")).payload()).isEqualTo(deltas());
    }

    private static void isKept(String name, List<Integer> path, UnaryOperator<Tlv> change) throws MalformedMetadata {
        Bytes file = Bytes.of(Tlv.parse(vector(name).toArray()).at(List.of(1), count -> Tlv.of(0x81, 0))
                .at(List.of(2), list -> Tlv.of(0xa2)).at(path, change).encoded());
        Metadata metadata = name.equals("root") ? DIALECT.root(file).payload() : DIALECT.targets(file).payload();

        assertThat(DIALECT.encode(metadata, List.of()).toHex()).isEqualTo(file.toHex());
    }

    @Test
    void aReportInAnothersNameIsLeftOutOfTheManifest() throws MalformedMetadata {
        Bytes report = DIALECT.encode(new VersionReport("S-1", "", 0, "ab", List.of(), EXPIRES, EXPIRES, 1), KEY);

        assertThat(DIALECT.manifest(DIALECT.encode("VIN", "P", new TreeMap<>(Map.of("S-1", report, "S-2", report)),
                KEY)).payload().reports()).containsOnlyKeys("S-1");
    }
}
