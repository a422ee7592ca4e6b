package dev.uptanebench.vehicle.uptane.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.RoleKeys;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each case changes one thing in a good file. */
class TufJsonStrictnessTest {
    private static final String TIMESTAMP = "{\"signatures\":[{\"keyid\":\"k\",\"sig\":\"00ff\"}],\"signed\":{\"_type\":"
            + "\"timestamp\",\"expires\":\"2030-01-31T23:59:59Z\",\"meta\":{\"snapshot.json\":{\"hashes\":{\"sha256\":"
            + "\"AB\"},\"length\":9,\"version\":3}},\"spec_version\":\"1.0.34\",\"version\":7}}";
    private static final String ROOT = "{\"signatures\":[],\"signed\":{\"_type\":\"root\",\"consistent_snapshot\":true,"
            + "\"expires\":\"2030-01-31T23:59:59Z\",\"keys\":{\"k\":{\"keytype\":\"ed25519\",\"keyval\":{\"public\":"
            + "\"00\"},\"scheme\":\"ed25519\"}},\"roles\":{\"root\":{\"keyids\":[\"k\"],\"threshold\":1},\"snapshot\":"
            + "{\"keyids\":[],\"threshold\":1},\"targets\":{\"keyids\":[],\"threshold\":1},\"timestamp\":{\"keyids\":[],"
            + "\"threshold\":1}},\"version\":1}}";
    private static final String TARGETS = "{\"signatures\":[],\"signed\":{\"_type\":\"targets\",\"custom\":"
            + "{\"vehicleIdentifier\":\"V\"},\"delegations\":{\"keys\":{},\"roles\":[{\"keyids\":[],\"name\":\"r\","
            + "\"paths\":[\"*\"],\"terminating\":false,\"threshold\":1}]},\"expires\":\"2030-01-31T23:59:59Z\","
            + "\"targets\":{\"f\":{\"custom\":{\"ecuIdentifiers\":{\"S\":{\"hardwareId\":\"H\"}},\"hardwareIds\":[\"H\"],"
            + "\"releaseCounter\":4},\"hashes\":{\"sha256\":\"AB\"},\"length\":5}},\"version\":1}}";

    private final TufJson dialect = new TufJson();

    @Test
    void theGoodFilesAreRead() throws MalformedMetadata {
        assertThat(dialect.timestamp(Bytes.utf8(TIMESTAMP)).payload().snapshot().hashes()).containsEntry("sha256",
                "ab");
        assertThat(dialect.root(Bytes.utf8(ROOT)).payload().roles()).containsValue(new RoleKeys(List.of("k"), 1));
        assertThat(dialect.targets(Bytes.utf8(TARGETS)).payload().targets()).containsOnlyKeys("f");
    }

    static Stream<Arguments> faultyTimestamps() {
        return Stream.of(
                // not JSON, or not all of it
                Arguments.of("}}", "}", "not JSON"),
                Arguments.of("\"version\":7}}", "\"version\":7}}{}", "not JSON"),
                Arguments.of("\"version\":7}}", "\"version\":7}} x", "not JSON"),
                Arguments.of("\"version\":7", "'version':7", "not JSON"),
                Arguments.of("\"version\":7", "/* */\"version\":7", "not JSON"),
                Arguments.of("\"version\":7", "\"version\":7,", "not JSON"),
                Arguments.of("\"version\":7", "\"version\":07", "not JSON"),
                Arguments.of("\"version\":7", "\"version\":NaN", "not JSON"),
                Arguments.of("1.0.34", "1\n0", "not JSON"),
                // duplicate keys, plain and in disguise, at every depth
                Arguments.of("\"version\":7", "\"version\":7,\"version\":8", "not JSON"),
                Arguments.of("\"version\":7", "\"version\":7,\"versio\\u006e\":8", "not JSON"),
                Arguments.of("\"version\":3", "\"version\":3,\"version\":3", "not JSON"),
                Arguments.of("{\"signatures\"", "{\"signed\":{},\"signatures\"", "not JSON"),
                // bounds
                Arguments.of("1.0.34", "x".repeat(64 * 1024 + 1), "not JSON"),
                Arguments.of("\"spec_version\"", "\"" + "x".repeat(4097) + "\"", "not JSON"),
                Arguments.of("\"version\":7", "\"version\":7,\"x\":" + "1".repeat(21), "not JSON"),
                Arguments.of("\"1.0.34\"", "[".repeat(31) + "]".repeat(31), "not JSON"),
                // missing
                Arguments.of("\"signatures\"", "\"x\"", "signatures: missing"),
                Arguments.of("\"signed\"", "\"x\"", "signed: missing"),
                Arguments.of("\"_type\"", "\"x\"", "signed._type: missing"),
                Arguments.of("\"expires\"", "\"x\"", "signed.expires: missing"),
                Arguments.of("\"meta\"", "\"x\"", "signed.meta: missing"),
                Arguments.of("snapshot.json", "x", "signed.meta.snapshot.json: missing"),
                Arguments.of("\"version\":7", "\"x\":7", "signed.version: missing"),
                Arguments.of("\"version\":3", "\"x\":3", "signed.meta.snapshot.json.version: missing"),
                Arguments.of("\"keyid\"", "\"x\"", "signatures[0].keyid: missing"),
                Arguments.of("\"sig\"", "\"x\"", "signatures[0].sig: missing"),
                // wrong types and values
                Arguments.of("[{\"keyid\":\"k\",\"sig\":\"00ff\"}]", "{}", "signatures: expected a list"),
                Arguments.of("[{\"keyid\":\"k\",\"sig\":\"00ff\"}]", "[1]", "signatures[0]: expected an object"),
                Arguments.of("\"00ff\"", "\"00f\"", "signatures[0].sig: expected hex"),
                Arguments.of("\"00ff\"", "\"00fg\"", "signatures[0].sig: expected hex"),
                Arguments.of("\"timestamp\"", "7", "signed._type: expected a string"),
                Arguments.of("\"version\":7", "\"version\":\"7\"", "signed.version: expected an integer"),
                Arguments.of("\"version\":7", "\"version\":true", "signed.version: expected an integer"),
                Arguments.of("\"version\":7", "\"version\":null", "signed.version: expected an integer"),
                Arguments.of("\"version\":7", "\"version\":7.0", "signed.version: expected an integer"),
                Arguments.of("\"version\":7", "\"version\":7e0", "signed.version: expected an integer"),
                Arguments.of("\"version\":7", "\"version\":0", "signed.version: expected an integer of at least 1"),
                Arguments.of("\"version\":7", "\"version\":-1", "signed.version: expected an integer of at least 1"),
                Arguments.of("\"version\":7", "\"version\":9223372036854775808", "signed.version: expected an integer"),
                Arguments.of("\"version\":3", "\"version\":0", "snapshot.json.version: expected an integer"),
                Arguments.of("\"length\":9", "\"length\":-1", "snapshot.json.length: expected an integer"),
                Arguments.of("{\"sha256\":\"AB\"}", "[]", "snapshot.json.hashes: expected an object"),
                Arguments.of("\"AB\"", "7", "snapshot.json.hashes.sha256: expected a string"),
                // what nobody reads still has to have a canonical form
                Arguments.of("\"version\":7", "\"version\":7,\"x\":1.5", "expected an integer"));
    }

    @ParameterizedTest(name = "{1} {2}")
    @MethodSource("faultyTimestamps")
    @Tag("U-5.2.1-2")
    @Tag("U-5.2.1-5")
    @Tag("U-5.2.5-1")
    void aFaultyFileIsRefusedWithOneSentence(String good, String faulty, String problem) {
        assertThat(TIMESTAMP).contains(good);
        Bytes file = Bytes.utf8(TIMESTAMP.replace(good, faulty));

        assertThatThrownBy(() -> dialect.timestamp(file)).isInstanceOf(MalformedMetadata.class)
                .hasMessageContaining(problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2030-02-30T00:00:00Z", "2030-13-01T00:00:00Z", "2030-01-01T24:00:00Z",
            "2030-01-01T00:00:60Z", "2030-01-01T23:59:60Z", "2030-01-01T00:00:00.5Z", "2030-01-01T00:00:00",
            "2030-01-01T00:00:00+00:00", "2030-01-01 00:00:00Z", "2030-1-1T00:00:00Z", "2030-01-01T00:00:00z",
            "+12030-01-01T00:00:00Z", "2030-01-01", "tomorrow", ""})
    void aDateThatIsNotOneIsRefused(String date) {
        Bytes file = Bytes.utf8(TIMESTAMP.replace("2030-01-31T23:59:59Z", date));

        assertThatThrownBy(() -> dialect.timestamp(file)).isInstanceOf(MalformedMetadata.class)
                .hasMessageContaining("signed.expires: expected a time");
    }

    @Test
    void aRootThatDoesNotSpeakOfConsistentSnapshotsHasNone() throws MalformedMetadata { // TUF 1.0.34, 4.3
        Bytes file = Bytes.utf8(ROOT.replace("\"consistent_snapshot\":true,", ""));

        assertThat(dialect.root(file).payload().consistentSnapshot()).isFalse();
    }

    static Stream<Arguments> faultyRoots() {
        return Stream.of(
                Arguments.of("\"consistent_snapshot\":true", "\"consistent_snapshot\":1",
                        "consistent_snapshot: expected true or false"),
                Arguments.of("\"snapshot\":{", "\"x\":{", "roles.snapshot: missing"),
                Arguments.of("\"timestamp\":{", "\"x\":{", "roles.timestamp: missing"),
                Arguments.of("[\"k\"],\"threshold\":1", "[\"k\"],\"threshold\":0", "threshold: expected an integer"),
                Arguments.of("[\"k\"]", "[1]", "keyids[0]: expected a string"),
                Arguments.of("\"public\"", "\"x\"", "keys.k.keyval.public: missing"),
                Arguments.of("\"keytype\"", "\"x\"", "keys.k.keytype: missing"),
                Arguments.of("\"scheme\"", "\"x\"", "keys.k.scheme: missing"));
    }

    @ParameterizedTest(name = "{2}")
    @MethodSource("faultyRoots")
    @Tag("U-5.1.1-1")
    @Tag("U-5.2.2-1")
    void aFaultyRootIsRefused(String good, String faulty, String problem) {
        assertThat(ROOT).contains(good);
        Bytes file = Bytes.utf8(ROOT.replace(good, faulty));

        assertThatThrownBy(() -> dialect.root(file)).isInstanceOf(MalformedMetadata.class)
                .hasMessageContaining(problem);
    }

    static Stream<Arguments> faultyTargets() {
        return Stream.of(Arguments.of("{\"sha256\":\"AB\"}", "{}", "hashes: expected at least one"),
                Arguments.of("\"length\":5", "\"length\":-5", "targets.f.length: expected an integer"),
                Arguments.of("\"length\":5", "\"x\":5", "targets.f.length: missing"),
                Arguments.of("\"hashes\"", "\"x\"", "targets.f.hashes: missing"),
                Arguments.of("\"releaseCounter\":4", "\"releaseCounter\":\"4\"", "releaseCounter: expected an integer"),
                Arguments.of("\"hardwareId\":", "\"x\":", "ecuIdentifiers.S.hardwareId: missing"),
                Arguments.of("\"hardwareIds\":[\"H\"]", "\"hardwareIds\":\"H\"", "hardwareIds: expected a list"),
                Arguments.of("\"vehicleIdentifier\":\"V\"", "\"vehicleIdentifier\":1",
                        "custom.vehicleIdentifier: expected a string"),
                Arguments.of("\"terminating\"", "\"x\"", "delegations.roles[0].terminating: missing"),
                Arguments.of("\"paths\"", "\"x\"", "delegations.roles[0].paths: missing"),
                Arguments.of("\"paths\"", "\"path_hash_prefixes\":[\"0a\"],\"paths\"",
                        "delegations.roles[0].paths: expected either"),
                Arguments.of("\"name\":\"r\"", "\"name\":\"\"", "roles[0].name: expected the name of a delegated role"),
                Arguments.of("\"name\":\"r\"", "\"name\":\"root\"", "roles[0].name: expected"),
                Arguments.of("\"name\":\"r\"", "\"name\":\"targets\"", "roles[0].name: expected"),
                Arguments.of("\"name\":\"r\"", "\"name\":\"timestamp\"", "roles[0].name: expected"),
                Arguments.of("\"threshold\":1}]}", "\"threshold\":1},{\"keyids\":[],\"name\":\"r\",\"paths\":[],"
                        + "\"terminating\":true,\"threshold\":1}]}", "roles[1].name: expected each role once"));
    }

    /** TAP 3's shape of a delegation, in the place of TUF's. */
    static Stream<Arguments> faultyAgreements() {
        String two = role("a") + ',' + role("b");
        return Stream.of(Arguments.of(2, role("a"), "roleinfo: expected at least two roles"),
                Arguments.of(2, role("a") + ',' + role("a"), "rolename: expected each role once"),
                Arguments.of(2, role("a") + ',' + role("snapshot"), "rolename: expected the name of a delegated role"),
                Arguments.of(0, two, "min_roles_in_agreement: expected"),
                Arguments.of(3, two, "min_roles_in_agreement: expected at most the number of roles"));
    }

    private static String role(String name) {
        return "{\"keyids\":[],\"rolename\":\"" + name + "\",\"threshold\":1}";
    }

    @ParameterizedTest(name = "{2}")
    @MethodSource("faultyAgreements")
    void faultyAgreementsAreRefused(int agreement, String roles, String problem) {
        Bytes file = Bytes.utf8(TARGETS.replace("{\"keyids\":[],\"name\":\"r\",",
                "{\"min_roles_in_agreement\":" + agreement + ",\"name\":\"r\",\"roleinfo\":[" + roles + "],"));

        assertThatThrownBy(() -> dialect.targets(file)).isInstanceOf(MalformedMetadata.class)
                .hasMessageContaining(problem);
    }

    @ParameterizedTest(name = "{2}")
    @MethodSource("faultyTargets")
    @Tag("U-5.1.2.1-4")
    @Tag("U-5.2.3.1-2")
    @Tag("U-5.2.3.2-5")
    @Tag("U-5.2.3.2-6")
    void faultyTargetsAreRefused(String good, String faulty, String problem) {
        assertThat(TARGETS).contains(good);
        Bytes file = Bytes.utf8(TARGETS.replace(good, faulty));

        assertThatThrownBy(() -> dialect.targets(file)).isInstanceOf(MalformedMetadata.class)
                .hasMessageContaining(problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
    void anEncodingOtherThanUtf8IsRefused(String charset) {
        Bytes file = Bytes.of(TIMESTAMP.getBytes(Charset.forName(charset)));

        assertThatThrownBy(() -> dialect.timestamp(file)).isInstanceOf(MalformedMetadata.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {
            // a stray continuation, an over-long form, a surrogate in UTF-8, beyond Unicode, cut short
            "80", "c080", "c1bf", "eda080", "f4908080", "c3"})
    void bytesThatAreNotUtf8AreRefused(String hex) {
        String text = TIMESTAMP.replace("1.0.34", new String(Bytes.hex(hex).toArray(), StandardCharsets.ISO_8859_1));
        Bytes file = Bytes.of(text.getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> dialect.timestamp(file)).isInstanceOf(MalformedMetadata.class);
    }

    @Test
    void aByteOrderMarkIsRefused() {
        assertThatThrownBy(() -> dialect.timestamp(Bytes.utf8('\ufeff' + TIMESTAMP)))
                .isInstanceOf(MalformedMetadata.class);
    }

    @Test
    void nestingWithoutEndIsRefusedAndNotFollowed() {
        assertThatThrownBy(() -> dialect.timestamp(Bytes.utf8("{\"signed\":".repeat(100_000))))
                .isInstanceOf(MalformedMetadata.class);
    }

    @Test
    void nothingAtAllIsRefused() {
        assertThatThrownBy(() -> dialect.timestamp(Bytes.utf8(""))).isInstanceOf(MalformedMetadata.class);
    }
}
