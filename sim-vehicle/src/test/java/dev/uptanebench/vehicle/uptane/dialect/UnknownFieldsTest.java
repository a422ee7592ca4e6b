package dev.uptanebench.vehicle.uptane.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.Metadata;
import dev.uptanebench.vehicle.uptane.PublicKey;
import dev.uptanebench.vehicle.uptane.RoleType;
import dev.uptanebench.vehicle.uptane.Unverified;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TUF 1.0.34, section 4: what nobody knows is signed, and written again. */
class UnknownFieldsTest {
    private static final String KEY = "{\"hint\":{\"a\":[1,null]},\"keytype\":\"quantum\",\"keyval\":{\"note\":\"n\","
            + "\"public\":\"00\"},\"scheme\":\"quantum\"}";
    private static final String ROOT = "{\"_type\":\"root\",\"consistent_snapshot\":true,\"expires\":"
            + "\"2030-01-31T23:59:59Z\",\"extra\":\"x\\\"y\\\\z\",\"keys\":{\"k\":" + KEY
            + "},\"roles\":{\"other\":{\"a\":1},\"root\":"
            + "{\"extra\":1,\"keyids\":[\"k\"],\"threshold\":1},\"snapshot\":{\"keyids\":[],\"threshold\":1},"
            + "\"targets\":{\"keyids\":[],\"threshold\":1},\"timestamp\":{\"keyids\":[],\"threshold\":1}},"
            + "\"spec_version\":\"1.0.19\",\"version\":1}";
    private static final String TIMESTAMP = "{\"_type\":\"timestamp\",\"expires\":\"2030-01-31T23:59:59Z\",\"meta\":"
            + "{\"snapshot.json\":{\"extra\":[],\"version\":3}},\"spec_version\":\"1.0.34\",\"version\":7,\"x\":{}}";
    private static final String SNAPSHOT = "{\"_type\":\"snapshot\",\"expires\":\"2030-01-31T23:59:59Z\",\"meta\":"
            + "{\"targets.json\":{\"extra\":true,\"version\":3}},\"spec_version\":\"1.0.34\",\"version\":7,"
            + "\"x\":12345678901234567890}";
    private static final String TARGETS = "{\"_type\":\"targets\",\"custom\":{\"other\":1,\"vehicleIdentifier\":\"V\"},"
            + "\"delegations\":{\"keys\":{\"k\":" + KEY + "},\"roles\":[{\"extra\":\"e\",\"hardwareIds\":[\"H\"],"
            + "\"keyids\":[\"k\"],\"name\":\"r\",\"path_hash_prefixes\":[\"0a\"],\"terminating\":false,\"threshold\":1}"
            + "]},\"expires\":\"2030-01-31T23:59:59Z\",\"spec_version\":\"1.0.34\",\"targets\":{\"f\":{\"custom\":"
            + "{\"hardwareIds\":[\"H\"],\"targetFormat\":\"BINARY\"},\"extra\":2,\"hashes\":{\"sha256\":\"ab\"},"
            + "\"length\":5}},\"version\":1,\"x\":\"\u00fc\"}";
    private static final String NOBODY = "{\"_type\":\"targets\",\"delegations\":{\"keys\":{},\"roles\":[]},"
            + "\"expires\":\"2030-01-31T23:59:59Z\",\"spec_version\":\"1.0.34\",\"targets\":{},\"version\":1}";

    static String signed(RoleType role) {
        return switch (role) {
            case ROOT -> ROOT;
            case TIMESTAMP -> TIMESTAMP;
            case SNAPSHOT -> SNAPSHOT;
            case TARGETS -> TARGETS;
        };
    }

    private final TufJson dialect = new TufJson();

    private Unverified<? extends Metadata> read(RoleType role, Bytes file) throws MalformedMetadata {
        return switch (role) {
            case ROOT -> dialect.root(file);
            case TIMESTAMP -> dialect.timestamp(file);
            case SNAPSHOT -> dialect.snapshot(file);
            case TARGETS -> dialect.targets(file);
        };
    }

    private void isWrittenAgain(RoleType role, String signed) throws MalformedMetadata {
        Bytes file = Bytes.utf8("{\"signatures\":[],\"signed\":" + signed + "}");

        assertThat(dialect.encode(read(role, file).payload(), List.of())).isEqualTo(file);
        assertThat(read(role, file).signingInput().toUtf8()).isEqualTo(signed);
    }

    @Test
    void rootIsWrittenAgainAsItWas() throws MalformedMetadata {
        isWrittenAgain(RoleType.ROOT, ROOT);
    }

    /** As of keys that a person's account stands for. */
    @Test
    void aKeyWithoutPublicPartIsWrittenAgainAsItWas() throws MalformedMetadata {
        isWrittenAgain(RoleType.ROOT, ROOT.replace("\"note\":\"n\",\"public\":\"00\"", "\"identity\":\"a@b\""));
        isWrittenAgain(RoleType.ROOT, ROOT.replace("\"note\":\"n\",\"public\":\"00\"", ""));
    }

    @Test
    void timestampIsWrittenAgainAsItWas() throws MalformedMetadata {
        isWrittenAgain(RoleType.TIMESTAMP, TIMESTAMP);
    }

    @Test
    void snapshotIsWrittenAgainAsItWas() throws MalformedMetadata {
        isWrittenAgain(RoleType.SNAPSHOT, SNAPSHOT);
    }

    @Test
    void targetsAreWrittenAgainAsTheyWere() throws MalformedMetadata {
        isWrittenAgain(RoleType.TARGETS, TARGETS);
        isWrittenAgain(RoleType.TARGETS, NOBODY);
    }

    /** The digest is that of {@code printf '%s' '…' | sha256sum}. */
    @Test
    void theIdOfAKeyCoversItsUnknownFields() throws MalformedMetadata {
        Bytes file = Bytes.utf8("{\"signatures\":[],\"signed\":" + ROOT + "}");
        PublicKey key = dialect.root(file).payload().keys().values().iterator().next();

        assertThat(dialect.keyId(key)).isEqualTo("698e7e12e0e81de38dd4f791e4c087dc949ca12f04b9f6d18d7c05c06469fdcd");
    }

    @ParameterizedTest
    @CsvSource({"1.0.34, true", "1.0.0, true", "1.99, true", "2.0.0, false", "0.9, false", "10.0.0, false"})
    void onlyTheFirstMajorVersionOfTufIsUnderstood(String version, boolean understood) {
        Bytes file = Bytes
                .utf8("{\"signatures\":[],\"signed\":" + TIMESTAMP.replace("1.0.34", version) + "}");
        boolean read = true;
        try {
            dialect.timestamp(file);
        } catch (MalformedMetadata e) {
            read = false;
            assertThat(e).hasMessageContaining("spec_version");
        }
        assertThat(read).isEqualTo(understood);
    }
}
