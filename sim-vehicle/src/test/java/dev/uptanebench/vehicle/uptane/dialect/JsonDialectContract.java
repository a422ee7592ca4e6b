package dev.uptanebench.vehicle.uptane.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.RoleType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The contract of dialects that are JSON: beside all else, unknown fields are kept. */
abstract class JsonDialectContract extends DialectContract {
    private static final List<byte[]> PIECES = Stream
            .of("\"", "{", "}", "[", "]", ",", ":", "\\", "\\u0000", "\\ud83d", "null", "-1", "1e9", "0.5",
                    "99999999999999999999", "9223372036854775807", "\u0000", "\u00ff", "\ufffd", "true", "\"\"",
                    "{}", "[]", " ", "\"version\":1,", "\"signed\":{},", "root", "targets", "*", "/")
            .map(piece -> piece.getBytes(StandardCharsets.UTF_8)).toList();

    JsonDialectContract(Dialect dialect) {
        super(dialect);
    }

    @Override
    boolean hasOneEncoding() {
        return false;
    }

    @Override
    List<byte[]> pieces() {
        return PIECES;
    }

    @Override
    Bytes with(Fault fault, Bytes timestamp) {
        String file = timestamp.toUtf8();
        String version = "\"version\":7";
        assertThat(file).contains(version);
        return Bytes.utf8(switch (fault) {
            case TRAILING_DATA -> file + "{}";
            case CUT_OFF -> file.substring(0, file.length() - 1);
            case FIELD_TWICE -> file.replace(version, version + ',' + version);
            case FIELD_MISSING -> file.replace(version, "\"versio\":7");
            case NUMBER_TOO_SMALL -> file.replace(version, "\"version\":0");
            case NUMBER_TOO_LARGE -> file.replace(version, "\"version\":9223372036854775808");
            case WRONG_TYPE -> file.replace(version, "\"version\":\"7\"");
            case TOO_DEEP -> file.replace(version, version + ",\"x\":" + "[".repeat(40) + "]".repeat(40));
            case NAME_TOO_LONG -> file.replace(version, version + ",\"" + "x".repeat(4097) + "\":1");
        });
    }

    /** One file of each role in canonical form, with unknown fields in every object of it. */
    abstract String withUnknownFields(RoleType role);

    @Test
    void unknownFieldsAreWrittenAgain() throws MalformedMetadata {
        for (RoleType role : RoleType.values()) {
            Bytes file = Bytes.utf8(withUnknownFields(role));

            assertThat(dialect.encode(read(role, file).payload(), List.of())).isEqualTo(file);
        }
    }
}
