package dev.uptanebench.vehicle.uptane.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.uptanebench.vehicle.requirement.AttackId;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.Ed25519Signatures;
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
import dev.uptanebench.vehicle.uptane.Unverified;
import dev.uptanebench.vehicle.uptane.VehicleManifest;
import dev.uptanebench.vehicle.uptane.VersionReport;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TufJsonRoundTripTest {
    private static final TufJson DIALECT = new TufJson();
    private static final SigningKey ONE = SigningKey.ofSeed(new byte[32], DIALECT::keyId);
    private static final SigningKey TWO = SigningKey.ofSeed(Bytes.hex("01".repeat(32)).toArray(), DIALECT::keyId);
    private static final Instant EXPIRES = Instant.parse("2031-02-28T12:34:56Z");
    private static final RoleKeys BOTH = new RoleKeys(
            List.of(ONE.publicKey().id(), TWO.publicKey().id()), 2);
    private static final VersionReport REPORT = new VersionReport("S-1", "a b/\u00fc.bin", 12, "ab",
            List.of(new AttackId("freeze"), new AttackId("mix-and-match")), EXPIRES, EXPIRES.minusSeconds(9), 77);

    static Stream<Metadata> everyRole() {
        TreeMap<String, dev.uptanebench.vehicle.uptane.PublicKey> keys = new TreeMap<>(
                Map.of(ONE.publicKey().id(), ONE.publicKey(), TWO.publicKey().id(), TWO.publicKey()));
        Target ordered = new Target(5, new TreeMap<>(Map.of("sha256", "ab", "sha512", "cd")),
                new TreeMap<>(Map.of("S-1", "H-1", "S-2", "H-1")), List.of(), 9L);
        Target listed = new Target(0, new TreeMap<>(Map.of("sha256", "ab")), new TreeMap<>(), List.of("H-2", "H-1"),
                null);
        return Stream.of(
                new Root(3, EXPIRES, false, keys, Map.of(RoleType.ROOT, BOTH, RoleType.TIMESTAMP, BOTH,
                        RoleType.SNAPSHOT, new RoleKeys(List.of(), 1), RoleType.TARGETS, BOTH)),
                new Timestamp(Long.MAX_VALUE, EXPIRES,
                        new MetaFile(4, 99L, new TreeMap<>(Map.of("sha256", "ab", "sha512", "cd")))),
                new Timestamp(1, EXPIRES, MetaFile.of(1)),
                new Snapshot(2, EXPIRES, new TreeMap<>(Map.of("targets.json", MetaFile.of(2), "\u00fc.json",
                        MetaFile.of(5, Bytes.utf8("x"))))),
                new Targets(1, EXPIRES, new TreeMap<>(), List.of(), null, null),
                new Targets(6, EXPIRES, new TreeMap<>(Map.of("a/\"b\\c\".bin", ordered, "\ud83d\ude97.bin", listed)),
                        List.of(new Targets.Delegation("supplier", new Signers(keys, BOTH), List.of("a/*", "b"), true)),
                        "VIN", "order-1"),
                new Targets(7, EXPIRES, new TreeMap<>(), List.of(jointly(new Signers(keys, BOTH))), null, null));
    }

    private static Targets.Delegation jointly(Signers signers) {
        return new Targets.Delegation("maker and supplier",
                List.of(new Targets.Delegatee("maker", signers), new Targets.Delegatee("supplier", signers)), 2,
                List.of("*"), List.of(), List.of("H-1"), true, Extras.NONE);
    }

    private static Unverified<? extends Metadata> read(RoleType role, Bytes file) throws MalformedMetadata {
        return switch (role) {
            case ROOT -> DIALECT.root(file);
            case TIMESTAMP -> DIALECT.timestamp(file);
            case SNAPSHOT -> DIALECT.snapshot(file);
            case TARGETS -> DIALECT.targets(file);
        };
    }

    @ParameterizedTest
    @MethodSource("everyRole")
    void everyRoleIsReadAsItWasWritten(Metadata metadata) throws MalformedMetadata {
        Unverified<? extends Metadata> read = read(metadata.type(), DIALECT.encode(metadata, List.of(ONE, TWO)));

        assertThat(read.payload()).isEqualTo(metadata);
        assertThat(read.declaredType()).isEqualTo(metadata.type().id());
    }

    @ParameterizedTest
    @MethodSource("everyRole")
    void everySignatureIsOverWhatIsRead(Metadata metadata) throws MalformedMetadata {
        Unverified<? extends Metadata> read = read(metadata.type(), DIALECT.encode(metadata, List.of(ONE, TWO)));

        Ed25519Signatures check = new Ed25519Signatures();
        assertThat(check.isValid(ONE.publicKey(), read.signingInput(), read.signatures().get(0).value())).isTrue();
        assertThat(check.isValid(TWO.publicKey(), read.signingInput(), read.signatures().get(1).value())).isTrue();
    }

    @Test
    void theSigningInputIsTheSignedPartOfTheFileAsWritten() throws MalformedMetadata {
        Bytes file = DIALECT.encode(new Timestamp(2, EXPIRES, MetaFile.of(1)), List.of());

        assertThat(DIALECT.timestamp(file).signingInput().toUtf8())
                .isEqualTo("{\"_type\":\"timestamp\",\"expires\":\"2031-02-28T12:34:56Z\",\"meta\":{\"snapshot.json\":"
                        + "{\"version\":1}},\"spec_version\":\"1.0.34\",\"version\":2}");
        assertThat(file.toUtf8()).isEqualTo(
                "{\"signatures\":[],\"signed\":" + DIALECT.timestamp(file).signingInput().toUtf8() + "}");
    }

    /** The canonical form has a line break as it is, which is no JSON. */
    @Test
    void lineBreaksAreEscapedInFilesAndNotInWhatIsSigned() throws MalformedMetadata {
        PublicKey key = SigningKey.ecdsaOfSeed(new byte[32], DIALECT::keyId).publicKey();
        Root root = new Root(1, EXPIRES, true, new TreeMap<>(Map.of(key.id(), key)), Map.of(RoleType.ROOT, BOTH,
                RoleType.TIMESTAMP, BOTH, RoleType.SNAPSHOT, BOTH, RoleType.TARGETS, BOTH));
        Bytes file = DIALECT.encode(root, List.of());

        assertThat(file.toUtf8()).contains("BEGIN PUBLIC KEY-----\\u000a").doesNotContain("\n");
        assertThat(DIALECT.root(file).payload()).isEqualTo(root);
        assertThat(DIALECT.root(file).signingInput().toUtf8()).contains("BEGIN PUBLIC KEY-----\n");
    }

    @Test
    void theSigningInputHasPropertiesThatNobodyReads() throws MalformedMetadata {
        Bytes file = Bytes.utf8("{\"signatures\":[],\"signed\":{\"z\":[1],\"version\":1,\"time\":"
                + "\"2030-01-01T00:00:00Z\",\"nonces\":[],\"_type\":\"time\"}}");

        assertThat(DIALECT.time(file).signingInput().toUtf8()).isEqualTo(
                "{\"_type\":\"time\",\"nonces\":[],\"time\":\"2030-01-01T00:00:00Z\",\"version\":1,\"z\":[1]}");
    }

    @Test
    @Tag("U-5.2.1-1")
    void aKeyIdIsTheSha256OfTheCanonicalKeyObject() throws Exception {
        String canonical = "{\"keytype\":\"ed25519\",\"keyval\":{\"public\":\"" + ONE.publicKey().value()
                + "\"},\"scheme\":\"ed25519\"}";

        byte[] digest = MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.UTF_8));
        assertThat(ONE.publicKey().id()).isEqualTo(HexFormat.of().formatHex(digest));
    }

    @Test
    void aTimeMessageIsReadAsItWasWritten() throws MalformedMetadata {
        TimeMessage time = new TimeMessage(EXPIRES, List.of("aa", "bb"));

        assertThat(DIALECT.time(DIALECT.encode(time, ONE)).payload()).isEqualTo(time);
    }

    @Test
    void aVersionReportIsReadAsItWasWritten() throws MalformedMetadata {
        assertThat(DIALECT.report(DIALECT.encode(REPORT, ONE)).payload()).isEqualTo(REPORT);
    }

    @Test
    void aManifestKeepsEachReportAsItsEcuSignedIt() throws MalformedMetadata {
        Bytes report = DIALECT.encode(REPORT, TWO);

        VehicleManifest manifest = DIALECT
                .manifest(DIALECT.encode("VIN", "P", new TreeMap<>(Map.of("S-1", report)), ONE)).payload();

        assertThat(manifest.vin()).isEqualTo("VIN");
        assertThat(manifest.primarySerial()).isEqualTo("P");
        assertThat(manifest.reports()).containsOnlyKeys("S-1");
        assertThat(manifest.reports().get("S-1")).isEqualTo(DIALECT.report(report));
    }

    @Test
    @Tag("U-5.4.2.1.2-1")
    @Tag("U-5.4.2.1.1-1")
    void aReportWhoseStatedDigestIsNotThatOfTheSignedPartIsRefused() {
        Bytes report = DIALECT.encode(REPORT, ONE);
        Bytes changed = Bytes.utf8(report.toUtf8().replace("\"report_counter\":77", "\"report_counter\":78"));

        assertThatThrownBy(() -> DIALECT.report(changed)).isInstanceOf(MalformedMetadata.class)
                .hasMessageContaining("sha256");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no JSON", "{}", "{\"a\":1.5}", "{\"a\":\"\\ud83d\"}", "[]",
            "{\"signatures\":[],\"signed\":{},\"x\":1.5}"})
    void aSecondarysNonsenseIsLeftOutOfTheManifest(String nonsense) throws MalformedMetadata {
        TreeMap<String, Bytes> reports = new TreeMap<>(
                Map.of("S-1", DIALECT.encode(REPORT, TWO), "S-2", Bytes.utf8(nonsense)));

        assertThat(DIALECT.manifest(DIALECT.encode("VIN", "P", reports, ONE)).payload().reports())
                .containsOnlyKeys("S-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Freeze", "freeze,", "freeze, rollback", ","})
    void anAttackThatHasNoNameIsRefused(String list) {
        Bytes report = Bytes.utf8(DIALECT.encode(REPORT, ONE).toUtf8().replace("freeze,mix-and-match", list));

        assertThatThrownBy(() -> DIALECT.report(report)).isInstanceOf(MalformedMetadata.class);
    }
}
