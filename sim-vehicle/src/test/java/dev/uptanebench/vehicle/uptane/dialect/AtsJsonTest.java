package dev.uptanebench.vehicle.uptane.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.RoleKeys;
import dev.uptanebench.vehicle.uptane.Signers;
import dev.uptanebench.vehicle.uptane.SigningKey;
import dev.uptanebench.vehicle.uptane.Target;
import dev.uptanebench.vehicle.uptane.Targets;
import dev.uptanebench.vehicle.uptane.VersionReport;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** What is peculiar to ats-json. */
class AtsJsonTest {
    private static final Instant EXPIRES = Instant.parse("2031-02-28T12:34:56Z");
    private static final String TIMESTAMP = "{\"signatures\":[{\"keyid\":\"k\",\"method\":\"ed25519\",\"sig\":\"AP8=\"}],"
            + "\"signed\":{\"_type\":\"Timestamp\",\"expires\":\"2030-01-31T23:59:59Z\",\"meta\":{\"snapshot.json\":"
            + "{\"version\":3}},\"version\":7}}";
    private static final String ROOT = "{\"signatures\":[],\"signed\":{\"_type\":\"Root\",\"expires\":"
            + "\"2030-01-31T23:59:59Z\",\"keys\":{\"k\":{\"keytype\":\"ED25519\",\"keyval\":{\"public\":\"00\"}}},"
            + "\"roles\":{\"root\":{\"keyids\":[],\"threshold\":1},\"snapshot\":{\"keyids\":[],\"threshold\":1},"
            + "\"targets\":{\"keyids\":[],\"threshold\":1},\"timestamp\":{\"keyids\":[],\"threshold\":1}},"
            + "\"version\":1}}";

    private final AtsJson dialect = new AtsJson();
    private final SigningKey key = SigningKey.ofSeed(new byte[32], dialect::keyId);

    /** The expected text is what Python's {@code json.dumps(s, ensure_ascii=True)} gives. */
    @Test
    void canonicalFormEscapesAsJsonDoesAndIsAscii() throws MalformedMetadata {
        String json = "{\"\u00fc\":\"\\b\\f\\n\\r\\t\\u0001\\u001f\\\"\\\\/\\u007f\u00e9\u20ac\ud83d\ude97\",\"a\":-1}";

        assertThat(CanonicalJson.encodeAscii(JsonMapper.shared().readTree(json), 0).toUtf8()).isEqualTo(
                "{\"a\":-1,\"\\u00fc\":\"\\b\\f\\n\\r\\t\\u0001\\u001f\\\"\\\\/\u007f\\u00e9\\u20ac\\ud83d\\ude97\"}");
    }

    /** The digest is that of {@code printf '"%s"' 3b6a… | sha256sum}. */
    @Test
    void aKeyIdIsTheDigestOfTheQuotedKey() {
        assertThat(key.publicKey().value())
                .isEqualTo("3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29");
        assertThat(key.publicKey().id()).isEqualTo("4a454dd145cfe7d65ce0620f099157d371099c7b63374b244c22bb32dd4dd213");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSASSA-PSS", "rsassa-pss-sha256", "Ed25519"})
    void methodsAreKnownInAnyCase(String method) throws MalformedMetadata {
        assertThat(dialect.timestamp(Bytes.utf8(TIMESTAMP.replace("ed25519", method))).signatures()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"\"method\":\"ed25519\"|\"method\":\"ecdsa\"|signatures[0].method",
            "\"method\":\"ed25519\",||signatures[0].method: missing", "\"AP8=\"|\"AP8\"|signatures[0].sig",
            "\"AP8=\"|\"AP9=\"|signatures[0].sig", "\"AP8=\"|\"00ff0\"|signatures[0].sig",
            "\"AP8=\"|\"AP8=\\n\"|signatures[0].sig", "Timestamp|timestamp|signed._type", "Timestamp||signed._type",
            "Timestamp|TIMESTAMP|signed._type", "59Z|59+00:00|signed.expires", "\"version\":7|\"version\":7.0|version"})
    void whatClientsWouldReadDifferentlyIsRefused(String before, String after, String where) {
        Bytes file = Bytes.utf8(TIMESTAMP.replace(before, after == null ? "" : after));

        assertThatThrownBy(() -> dialect.timestamp(file)).isInstanceOf(MalformedMetadata.class)
                .hasMessageContaining(where);
    }

    @Test
    void thresholdsEndAtAThousand() throws MalformedMetadata {
        assertThat(dialect.root(Bytes.utf8(ROOT.replace("\"threshold\":1}", "\"threshold\":1000}"))).payload().roles())
                .isNotEmpty();
        Bytes more = Bytes.utf8(ROOT.replace("\"threshold\":1}", "\"threshold\":1001}"));
        assertThatThrownBy(() -> dialect.root(more)).isInstanceOf(MalformedMetadata.class)
                .hasMessageContaining("threshold: expected at most 1000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ED25519", "ed25519", "Ed25519"})
    void keyTypesAreKnownInAnyCaseAndKeptAsTheyAreSpelled(String type) throws MalformedMetadata {
        Bytes file = Bytes.utf8(ROOT.replace("ED25519", type));

        assertThat(dialect.root(file).payload().keys().values()).first()
                .satisfies(read -> assertThat(read.type() + ' ' + read.scheme()).isEqualTo("ed25519 ed25519"));
        assertThat(dialect.encode(dialect.root(file).payload(), List.of())).isEqualTo(file);
    }

    @Test
    void releaseCountersAndTheVehicleAreLeftOut() throws MalformedMetadata {
        Target target = new Target(1, new TreeMap<>(Map.of("sha256", "ab")), new TreeMap<>(Map.of("S", "H")), List.of(),
                4L);
        Bytes file = dialect.encode(new Targets(1, EXPIRES, new TreeMap<>(Map.of("f", target)), List.of(), "VIN", null),
                List.of());

        assertThat(file.toUtf8()).doesNotContain("VIN").doesNotContain("elease");
        assertThat(dialect.targets(file).payload().targets().get("f")).isEqualTo(
                new Target(1, target.hashes(), target.ecus(), List.of(), null));
    }

    /** Without its conditions it would cover more. */
    @Test
    void aDelegationThatItCannotSayIsNotWritten() {
        Targets.Delegation delegation = new Targets.Delegation("r",
                new Signers(new TreeMap<>(), new RoleKeys(List.of(), 1)), List.of("*"), List.of(), List.of("H"), false,
                dev.uptanebench.vehicle.uptane.Extras.NONE);

        assertThatThrownBy(() -> dialect.encode(
                new Targets(1, EXPIRES, new TreeMap<>(), List.of(delegation), null, null), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"077", "+77", "-77", " 77", "9223372036854775808", "77.0", "", "0x4d"})
    void aReportCounterIsDigitsOfANumber(String counter) {
        VersionReport report = new VersionReport("S", "f", 1, "ab", List.of(), EXPIRES, EXPIRES, 77);
        Bytes file = Bytes.utf8(dialect.encode(report, key).toUtf8().replace("\"77\"", '"' + counter + '"'));

        assertThatThrownBy(() -> dialect.report(file)).isInstanceOf(MalformedMetadata.class)
                .hasMessageContaining("report_counter: expected");
    }
}
