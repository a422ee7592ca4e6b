package dev.uptanebench.vehicle.uptane.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.uptanebench.vehicle.kernel.RandomStream;
import dev.uptanebench.vehicle.requirement.AttackId;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.DeltaImage;
import dev.uptanebench.vehicle.uptane.EncryptedImage;
import dev.uptanebench.vehicle.uptane.Encryption;
import dev.uptanebench.vehicle.uptane.Extras;
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
import dev.uptanebench.vehicle.uptane.TimeMessage;
import dev.uptanebench.vehicle.uptane.Timestamp;
import dev.uptanebench.vehicle.uptane.TufSignatures;
import dev.uptanebench.vehicle.uptane.Unverified;
import dev.uptanebench.vehicle.uptane.VehicleManifest;
import dev.uptanebench.vehicle.uptane.VersionReport;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every dialect keeps: whatever the model says is read as it was written, signatures hold, and of what somebody else
 * wrote nothing ambiguous gets through, and nothing else happens.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DialectContract {
    static final Instant EXPIRES = Instant.parse("2031-02-28T12:34:56Z");
    private static final int ROUNDS = 20_000;
    private static final String SHA256 = "ab".repeat(32);

    final Dialect dialect;
    final SigningKey one;
    final SigningKey two;
    final SortedMap<String, PublicKey> keys;
    final RoleKeys both;
    private final TufSignatures check = new TufSignatures();

    DialectContract(Dialect dialect) {
        this.dialect = dialect;
        this.one = SigningKey.ofSeed(new byte[32], dialect::keyId);
        this.two = SigningKey.rsa(RandomStream.forKeys(1, "rsa"), dialect::keyId);
        this.keys = new TreeMap<>(
                Map.of(one.publicKey().id(), one.publicKey(), two.publicKey().id(), two.publicKey()));
        this.both = new RoleKeys(List.copyOf(keys.keySet()), 2);
    }

    /** What can be wrong with a file, said of a Timestamp. */
    enum Fault {
        TRAILING_DATA,
        CUT_OFF,
        FIELD_TWICE,
        FIELD_MISSING,
        NUMBER_TOO_SMALL,
        NUMBER_TOO_LARGE,
        WRONG_TYPE,
        TOO_DEEP,
        NAME_TOO_LONG
    }

    /** The file with that fault. */
    abstract Bytes with(Fault fault, Bytes timestamp);

    /** What mutations put into a file, beside bytes of no meaning. */
    abstract List<byte[]> pieces();

    /** Whether one content has one encoding, so that signatures hold for whatever is read and written again. */
    abstract boolean hasOneEncoding();

    /** Everything that is signed, by what reads it. */
    enum Kind {
        ROOT,
        TIMESTAMP,
        SNAPSHOT,
        TARGETS,
        TIME,
        REPORT,
        MANIFEST
    }

    boolean has(Feature feature) {
        return dialect.features().contains(feature);
    }

    Timestamp timestamp() {
        return new Timestamp(7, EXPIRES, new MetaFile(4, 99L, new TreeMap<>(Map.of("sha256", SHA256))));
    }

    VersionReport report(String serial) {
        return new VersionReport(serial, "a b/\u00fc.bin", 12, SHA256,
                List.of(new AttackId("freeze"), new AttackId("mix-and-match")), EXPIRES, EXPIRES.minusSeconds(9), 77);
    }

    TimeMessage timeMessage() {
        return new TimeMessage(EXPIRES, List.of("00ff00ff00ff00ff", "8000000000000001", "0000000000000000"));
    }

    Bytes manifestFile() {
        return dialect.encode("VIN", "P", new TreeMap<>(Map.of("P", dialect.encode(report("P"), one), "S",
                dialect.encode(report("S"), two))), one);
    }

    private static EncryptedImage encrypted(String name, Encryption encryption) {
        return new EncryptedImage(name + ".enc", 21, new TreeMap<>(Map.of("sha256", SHA256)), encryption);
    }

    Stream<Metadata> everyRole() {
        @Nullable
        Long counter = has(Feature.RELEASE_COUNTER) ? 9L : null;
        @Nullable
        String vin = has(Feature.VEHICLE_IDENTIFIER) ? "VIN" : null;
        Target ordered = new Target(5, new TreeMap<>(Map.of("sha256", SHA256, "sha512", "cd".repeat(64))),
                new TreeMap<>(Map.of("S-1", "H-1", "S-2", "H-2", "\u00dc-3", "H-1")), List.of(), counter);
        Bytes nonce = Bytes.hex("00".repeat(12));
        TreeMap<String, DeltaImage> deltas = has(Feature.DELTA_IMAGES)
                ? new TreeMap<>(Map.of("S-1", new DeltaImage("d", 7, new TreeMap<>(Map.of("sha256", SHA256))), "S-2",
                        new DeltaImage("\u00fc", 0, new TreeMap<>(Map.of("sha512", "cd".repeat(64))))))
                : new TreeMap<>();
        Target secret = new Target(5, new TreeMap<>(Map.of("sha256", SHA256)), ordered.ecus(), List.of(), counter,
                new TreeMap<>(Map.of("S-1", encrypted("S-1", new Encryption.OwnKey(nonce)), "S-2",
                        encrypted("S-2", new Encryption.WrappedKey(nonce, Bytes.hex("ff".repeat(80)))), "\u00dc-3",
                        encrypted("\u00dc", new Encryption.PublicKey(Bytes.hex("7f".repeat(32)))))),
                deltas, Extras.NONE);
        Target listed = new Target(0, new TreeMap<>(Map.of("sha256", SHA256)), new TreeMap<>(), List.of("H-2", "H-1"),
                null);
        Target plain = new Target(Long.MAX_VALUE, new TreeMap<>(Map.of("sha512", "cd".repeat(64))), new TreeMap<>(),
                List.of(), null);
        return Stream.of(
                new Root(3, EXPIRES, has(Feature.CONSISTENT_SNAPSHOT), keys, Map.of(RoleType.ROOT, both,
                        RoleType.TIMESTAMP, both, RoleType.SNAPSHOT, new RoleKeys(List.of(), 1), RoleType.TARGETS,
                        both)),
                new Root(4, EXPIRES, false, keys, Map.of(RoleType.ROOT, both, RoleType.TIMESTAMP, both,
                        RoleType.SNAPSHOT, both, RoleType.TARGETS, both), two.publicKey(), Extras.NONE),
                timestamp(), new Timestamp(Long.MAX_VALUE, EXPIRES, MetaFile.of(1)),
                new Snapshot(2, EXPIRES,
                        new TreeMap<>(Map.of("targets." + dialect.extension(), MetaFile.of(2),
                                "\u00fc/\ud83d\ude97." + dialect.extension(), MetaFile.of(5, Bytes.utf8("x"))))),
                new Targets(1, EXPIRES, new TreeMap<>(), List.of(), vin, null),
                new Targets(1, EXPIRES, new TreeMap<>(), List.of(), vin, "order-1", one.publicKey(), Extras.NONE),
                new Targets(2, EXPIRES, new TreeMap<>(Map.of("secret.bin", secret)), List.of(), vin, null),
                new Targets(6, EXPIRES,
                        new TreeMap<>(Map.of("a/\"b\\c\".bin", ordered, "\ud83d\ude97\n.bin", listed, "c", plain)),
                        List.of(new Targets.Delegation("supplier", new Signers(keys, both), List.of("a/*", "\u00fc?"),
                                true),
                                new Targets.Delegation("zulieferer \u00fc/..", new Signers(keys,
                                        new RoleKeys(List.of(one.publicKey().id()), 1)), List.of("*"), false)),
                        vin, "order-1"));
    }

    Unverified<? extends Metadata> read(RoleType role, Bytes file) throws MalformedMetadata {
        return switch (role) {
            case ROOT -> dialect.root(file);
            case TIMESTAMP -> dialect.timestamp(file);
            case SNAPSHOT -> dialect.snapshot(file);
            case TARGETS -> dialect.targets(file);
        };
    }

    private Unverified<?> read(Kind kind, Bytes file) throws MalformedMetadata {
        return switch (kind) {
            case ROOT, TIMESTAMP, SNAPSHOT, TARGETS -> read(RoleType.valueOf(kind.name()), file);
            case TIME -> dialect.time(file);
            case REPORT -> dialect.report(file);
            case MANIFEST -> dialect.manifest(file);
        };
    }

    private Bytes good(Kind kind) {
        return switch (kind) {
            case ROOT, TIMESTAMP, SNAPSHOT, TARGETS ->
                dialect.encode(everyRole().filter(role -> role.type().name().equals(kind.name()))
                        .reduce((first, last) -> last).orElseThrow(), List.of());
            case TIME -> dialect.encode(timeMessage(), one);
            case REPORT -> dialect.encode(report("S"), one);
            case MANIFEST -> manifestFile();
        };
    }

    /** Written anew from what was read; a manifest is never written from what was read. */
    private Bytes again(Object payload, Bytes file) {
        return switch (payload) {
            case Metadata metadata -> dialect.encode(metadata, List.of());
            case TimeMessage time -> dialect.encode(time, one);
            case VersionReport report -> dialect.encode(report, one);
            default -> file;
        };
    }

    private void isSigned(Unverified<?> file, SigningKey... signers) {
        assertThat(file.signatures()).hasSize(signers.length);
        for (int i = 0; i < signers.length; i++) {
            assertThat(file.signatures().get(i).keyId()).isEqualTo(signers[i].publicKey().id());
            assertThat(check.isValid(signers[i].publicKey(), file.signingInput(), file.signatures().get(i).value()))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("everyRole")
    void everyRoleIsReadAsItWasWritten(Metadata metadata) throws MalformedMetadata {
        Unverified<? extends Metadata> read = read(metadata.type(), dialect.encode(metadata, List.of(one, two)));

        assertThat(read.payload()).isEqualTo(metadata);
        assertThat(read.declaredType()).isEqualTo(metadata.type().id());
        isSigned(read, one, two);
    }

    @ParameterizedTest
    @MethodSource("everyRole")
    void signaturesHoldForWhatWasReadAndWrittenAgain(Metadata metadata) throws MalformedMetadata {
        Bytes file = dialect.encode(metadata, List.of(two, one));
        Unverified<? extends Metadata> read = read(metadata.type(), file);
        Unverified<? extends Metadata> again = read(metadata.type(), dialect.encode(read.payload(), List.of()));

        assertThat(again.signingInput()).isEqualTo(read.signingInput());
        assertThat(dialect.encode(read.payload(), List.of(two, one))).isEqualTo(file);
    }

    @ParameterizedTest
    @MethodSource("everyRole")
    void aSignatureIsNotOverAnotherFile(Metadata metadata) throws MalformedMetadata {
        Unverified<? extends Metadata> read = read(metadata.type(), dialect.encode(metadata, List.of(one)));
        Unverified<Timestamp> other = dialect.timestamp(
                dialect.encode(new Timestamp(8, EXPIRES, MetaFile.of(8)), List.of()));

        assertThat(check.isValid(one.publicKey(), other.signingInput(), read.signatures().getFirst().value()))
                .isFalse();
    }

    @Test
    void keysThatAreReadHaveTheirIds() throws MalformedMetadata {
        Root root = (Root) everyRole().findFirst().orElseThrow();

        assertThat(dialect.root(dialect.encode(root, List.of())).payload().keys())
                .allSatisfy((id, key) -> assertThat(dialect.keyId(key)).isEqualTo(id));
    }

    @Test
    void aTimeMessageIsReadAsItWasWritten() throws MalformedMetadata {
        Unverified<TimeMessage> read = dialect.time(dialect.encode(timeMessage(), one));

        assertThat(read.payload()).isEqualTo(timeMessage());
        isSigned(read, one);
    }

    @Test
    void aVersionReportIsReadAsItWasWritten() throws MalformedMetadata {
        VersionReport nothing = new VersionReport("S", "", 0, Bytes.utf8("").sha256(), List.of(), EXPIRES, EXPIRES,
                0);
        for (VersionReport report : List.of(report("S"), nothing)) {
            Unverified<VersionReport> read = dialect.report(dialect.encode(report, two));

            assertThat(read.payload()).isEqualTo(report);
            isSigned(read, two);
        }
    }

    @Test
    void aManifestKeepsEachReportAsItsEcuSignedIt() throws MalformedMetadata {
        Unverified<VehicleManifest> read = dialect.manifest(manifestFile());

        assertThat(read.payload().vin()).isEqualTo(has(Feature.VEHICLE_IDENTIFIER) ? "VIN" : null);
        assertThat(read.payload().primarySerial()).isEqualTo("P");
        assertThat(read.payload().reports()).containsOnlyKeys("P", "S");
        assertThat(read.payload().reports().values()).first()
                .isEqualTo(dialect.report(dialect.encode(report("P"), one)));
        isSigned(read.payload().reports().sequencedValues().getLast(), two);
        isSigned(read, one);
    }

    @Test
    void aSecondarysNonsenseIsLeftOutOfTheManifest() throws MalformedMetadata {
        Bytes report = dialect.encode(report("S"), two);
        TreeMap<String, Bytes> reports = new TreeMap<>(Map.of("S", report, "A", Bytes.utf8("nonsense"), "B",
                Bytes.utf8(""), "T", Bytes.of(report.toArray(), report.length() - 1)));

        assertThat(dialect.manifest(dialect.encode("VIN", "P", reports, one)).payload().reports())
                .containsOnlyKeys("S");
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    @Tag("U-5.2.1-3")
    void aFileIsNotTakenForOneOfAnotherKind(Kind kind) throws MalformedMetadata {
        for (Kind other : Kind.values()) {
            try {
                Unverified<?> read = read(other, good(kind));
                assertThat(
                        other == kind || !read.declaredType().equals(other.name().toLowerCase(Locale.ROOT)))
                        .as("a %s read as a %s", kind, other).isTrue();
            } catch (MalformedMetadata e) {
                assertThat(other).isNotEqualTo(kind);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void whatIsAmbiguousIsRefusedWithASentence(Fault fault) throws MalformedMetadata {
        Bytes good = dialect.encode(timestamp(), List.of(one));
        Bytes faulty = with(fault, good);

        assertThat(faulty).isNotEqualTo(good);
        assertThat(dialect.timestamp(good).payload()).isEqualTo(timestamp());
        MalformedMetadata refusal = catchThrowableOfType(MalformedMetadata.class, () -> dialect.timestamp(faulty));
        assertThat(refusal).isNotNull().hasMessageMatching("(?s).*(expected|missing|not JSON).{0,300}");
    }

    @Test
    void anEmptyFileIsRefused() {
        for (Kind kind : Kind.values()) {
            assertThat(catchThrowableOfType(MalformedMetadata.class, () -> read(kind, Bytes.utf8("")))).isNotNull();
        }
    }

    /** The same mutations each time: bytes changed, cut out, doubled and exchanged. */
    @ParameterizedTest
    @EnumSource(Kind.class)
    void whateverComesIsReadOrRefused(Kind kind) throws MalformedMetadata {
        RandomStream random = RandomStream.of(1, kind.name());
        byte[] good = good(kind).toArray();
        int refused = 0;
        for (int i = 0; i < ROUNDS; i++) {
            byte[] file = changed(good, random);
            if (random.nextInt(3) == 0 && file.length > 0) {
                file = changed(file, random);
            }
            Unverified<?> read;
            try {
                read = read(kind, Bytes.of(file));
            } catch (MalformedMetadata e) {
                refused++;
                continue;
            }
            Bytes again = again(read.payload(), read.file());
            Unverified<?> second = read(kind, again);
            if (!again(second.payload(), again).equals(again)
                    || (hasOneEncoding() && !second.signingInput().equals(read.signingInput()))) {
                assertThat(second.payload()).as("written again after %s mutations", i).isEqualTo(read.payload());
                assertThat(again).isEqualTo(read.file());
            }
        }
        assertThat(refused).isBetween(ROUNDS / 4, ROUNDS - 1);
    }

    private byte[] changed(byte[] file, RandomStream random) {
        int at = random.nextInt(file.length);
        int length = Math.min(random.nextInt(12), file.length - at);
        byte[] middle = switch (random.nextInt(4)) {
            case 0 -> random.nextBytes(length);
            case 1 -> new byte[0];
            case 2 -> twice(Arrays.copyOfRange(file, at, at + length));
            default -> pieces().get(random.nextInt(pieces().size()));
        };
        byte[] all = new byte[file.length - length + middle.length];
        System.arraycopy(file, 0, all, 0, at);
        System.arraycopy(middle, 0, all, at, middle.length);
        System.arraycopy(file, at + length, all, at + middle.length, file.length - at - length);
        return all;
    }

    private static byte[] twice(byte[] part) {
        byte[] all = Arrays.copyOf(part, 2 * part.length);
        System.arraycopy(part, 0, all, part.length, part.length);
        return all;
    }
}
