package dev.uptanebench.vehicle.uptane.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.EncryptedImage;
import dev.uptanebench.vehicle.uptane.Encryption;
import dev.uptanebench.vehicle.uptane.Targets;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The form that docs/encryption.md gives, in both dialects of JSON. */
class JsonEncryptionTest {
    private static final String IMAGE = "{'filename':'a.enc','hashes':{'sha256':'AB'},'length':21,"
            + "'method':'aes-256-gcm','nonce':'0c','wrappedKey':'0d'}";
    private static final String FILE = ("{'signatures':[],'signed':{'_type':'%s','expires':'2030-01-31T23:59:59Z',"
            + "%s'targets':{'a':{'custom':{'ecuIdentifiers':{'S':{'encryptedTarget':" + IMAGE
            + ",'hardwareId':'H'},'T':{'hardwareId':'H'}}},'hashes':{'sha256':'cd'},'length':5}},'version':1}}")
            .replace('\'', '"');

    private static Targets read(KnownDialect dialect, String good, String other) throws MalformedMetadata {
        String file = dialect == KnownDialect.ATS_JSON
                ? FILE.formatted("Targets", "")
                : FILE.formatted("targets", "\"spec_version\":\"1.0.34\",");
        String wanted = good.replace('\'', '"');
        assertThat(file).contains(wanted);
        return dialect.dialect().targets(Bytes.utf8(file.replace(wanted, other.replace('\'', '"')))).payload();
    }

    private static Map<String, EncryptedImage> encrypted(KnownDialect dialect, String good, String other)
            throws MalformedMetadata {
        return read(dialect, good, other).targets().values().iterator().next().encrypted();
    }

    private static EncryptedImage image(Encryption encryption) {
        return new EncryptedImage("a.enc", 21, new TreeMap<>(Map.of("sha256", "ab")), encryption);
    }

    @ParameterizedTest
    @CsvSource({"TUF_JSON", "ATS_JSON"})
    @Tag("U-5.2.3.1.1-6")
    @Tag("U-5.2.3.1.1-7")
    void eachWayOfEncryptingIsRead(KnownDialect dialect) throws MalformedMetadata {
        Bytes nonce = Bytes.hex("0c");

        assertThat(encrypted(dialect, "", "")).isEqualTo(
                Map.of("S", image(new Encryption.WrappedKey(nonce, Bytes.hex("0d")))));
        assertThat(encrypted(dialect, ",'wrappedKey':'0d'", "")).isEqualTo(
                Map.of("S", image(new Encryption.OwnKey(nonce))));
        assertThat(encrypted(dialect, "'method':'aes-256-gcm','nonce':'0c','wrappedKey':'0d'",
                "'method':'hpke-x25519-aes-256-gcm','encapsulatedKey':'0e'")).isEqualTo(
                        Map.of("S", image(new Encryption.PublicKey(Bytes.hex("0e")))));
    }

    @Test
    void anEcuWithoutItGetsTheClearImage() throws MalformedMetadata {
        assertThat(encrypted(KnownDialect.TUF_JSON, "", "")).doesNotContainKey("T");
        assertThat(encrypted(KnownDialect.TUF_JSON, "'encryptedTarget':" + IMAGE + ",", "")).isEmpty();
    }

    @ParameterizedTest(name = "{1} in place of {0}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '%', value = {
            "'aes-256-gcm' | 'aes-256-ctr' | method: expected one of", "'method':'aes-256-gcm', | %% | method: missing",
            "'nonce':'0c', | %% | nonce: missing", "'nonce':'0c' | 'nonce':'c' | nonce: expected hex digits",
            "'nonce':'0c' | 'nonce':12 | nonce: expected",
            "'wrappedKey':'0d' | 'wrappedKey':null | wrappedKey: expected",
            "'filename':'a.enc', | %% | filename: missing", "'a.enc' | '' | filename: expected a name",
            "{'sha256':'AB'} | {} | hashes: expected at least one", "'length':21 | 'length':-1 | length: expected",
            "'aes-256-gcm' | 'hpke-x25519-aes-256-gcm' | encapsulatedKey: missing",
            "'encryptedTarget':{ | 'encryptedTarget':null,'x':{ | encryptedTarget: expected an object"})
    void whatMakesNoSenseIsRefusedWithOneSentence(String good, String other, String problem) {
        for (KnownDialect dialect : new KnownDialect[]{KnownDialect.TUF_JSON, KnownDialect.ATS_JSON}) {
            assertThatThrownBy(() -> read(dialect, good, other == null ? "" : other))
                    .isInstanceOf(MalformedMetadata.class).hasMessageContaining(problem)
                    .hasMessageContaining("ecuIdentifiers.S");
        }
    }
}
