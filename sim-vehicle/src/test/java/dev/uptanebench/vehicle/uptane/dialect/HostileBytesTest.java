package dev.uptanebench.vehicle.uptane.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.uptanebench.vehicle.kernel.RandomStream;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.Metadata;
import dev.uptanebench.vehicle.uptane.MetaFile;
import dev.uptanebench.vehicle.uptane.RoleKeys;
import dev.uptanebench.vehicle.uptane.RoleType;
import dev.uptanebench.vehicle.uptane.Root;
import dev.uptanebench.vehicle.uptane.Signers;
import dev.uptanebench.vehicle.uptane.SigningKey;
import dev.uptanebench.vehicle.uptane.Snapshot;
import dev.uptanebench.vehicle.uptane.Target;
import dev.uptanebench.vehicle.uptane.Targets;
import dev.uptanebench.vehicle.uptane.Timestamp;
import dev.uptanebench.vehicle.uptane.Unverified;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Good files with bytes changed, cut out, doubled and exchanged, the same ones each time: whatever comes of it is read,
 * or refused as malformed, and nothing else happens. What was read can be written, and is then read as the same.
 */
class HostileBytesTest {
    private static final TufJson DIALECT = new TufJson();
    private static final Instant EXPIRES = Instant.parse("2031-02-28T12:34:56Z");
    private static final int ROUNDS = 20_000;
    private static final String[] PIECES = {"\"", "{", "}", "[", "]", ",", ":", "\\", "\\u0000", "\\ud83d", "null",
            "-1",
            "1e9", "0.5", "99999999999999999999", "9223372036854775807", "\u0000", "\u00ff", "\ufffd", "true", "\"\"",
            "{}", "[]", " ", "\"version\":1,", "\"signed\":{},", "root", "targets", "*", "/"};

    static Stream<Metadata> everyRole() {
        SigningKey key = SigningKey.ecdsaOfSeed(new byte[32], DIALECT::keyId);
        SortedMap<String, dev.uptanebench.vehicle.uptane.PublicKey> keys = new TreeMap<>(
                Map.of(key.publicKey().id(), key.publicKey()));
        RoleKeys role = new RoleKeys(List.of(key.publicKey().id()), 1);
        return Stream.of(
                new Root(3, EXPIRES, true, keys, Map.of(RoleType.ROOT, role, RoleType.TIMESTAMP, role,
                        RoleType.SNAPSHOT, role, RoleType.TARGETS, role)),
                new Timestamp(2, EXPIRES, MetaFile.of(4, Bytes.utf8("x"))),
                new Snapshot(2, EXPIRES, new TreeMap<>(Map.of("targets.json", MetaFile.of(2)))),
                new Targets(6, EXPIRES, new TreeMap<>(Map.of("a/b.bin",
                        new Target(5, new TreeMap<>(Map.of("sha256", "ab")), new TreeMap<>(Map.of("S", "H")),
                                List.of("H"), 9L))),
                        List.of(new Targets.Delegation("supplier", new Signers(keys, role), List.of("a/*"), true)),
                        "VIN", "order"));
    }

    private static Unverified<? extends Metadata> read(RoleType role, Bytes file) throws MalformedMetadata {
        return switch (role) {
            case ROOT -> DIALECT.root(file);
            case TIMESTAMP -> DIALECT.timestamp(file);
            case SNAPSHOT -> DIALECT.snapshot(file);
            case TARGETS -> DIALECT.targets(file);
        };
    }

    private static byte[] changed(byte[] file, RandomStream random) {
        int at = random.nextInt(file.length);
        int length = Math.min(random.nextInt(12), file.length - at);
        byte[] middle = switch (random.nextInt(4)) {
            case 0 -> random.nextBytes(length);
            case 1 -> new byte[0];
            case 2 -> new String(file, at, length, StandardCharsets.UTF_8).repeat(2).getBytes(StandardCharsets.UTF_8);
            default -> PIECES[random.nextInt(PIECES.length)].getBytes(StandardCharsets.UTF_8);
        };
        byte[] all = new byte[file.length - length + middle.length];
        System.arraycopy(file, 0, all, 0, at);
        System.arraycopy(middle, 0, all, at, middle.length);
        System.arraycopy(file, at + length, all, at + middle.length, file.length - at - length);
        return all;
    }

    @ParameterizedTest
    @MethodSource("everyRole")
    void whateverComesIsReadOrRefused(Metadata metadata) throws MalformedMetadata {
        RandomStream random = RandomStream.of(1, metadata.type().id());
        byte[] good = DIALECT.encode(metadata, List.of(SigningKey.ofSeed(new byte[32], DIALECT::keyId))).toArray();
        int refused = 0;
        for (int i = 0; i < ROUNDS; i++) {
            byte[] file = changed(good, random);
            if (random.nextInt(3) == 0 && file.length > 0) {
                file = changed(file, random);
            }
            Unverified<? extends Metadata> read;
            try {
                read = read(metadata.type(), Bytes.of(file));
            } catch (MalformedMetadata e) {
                refused++;
                continue;
            }
            Bytes again = DIALECT.encode(read.payload(), List.of());
            assertThat(read(metadata.type(), again).payload()).isEqualTo(read.payload());
        }
        assertThat(refused).isBetween(ROUNDS / 4, ROUNDS - 100);
    }
}
