package dev.uptanebench.vehicle.uptane.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.DeltaImage;
import dev.uptanebench.vehicle.uptane.Targets;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The form that docs/deltas.md gives, in both dialects of JSON. */
class JsonDeltaTest {
    private static final String DELTA = "{'algorithm':'vcdiff','filename':'a.vcdiff','hashes':{'sha256':'AB'},"
            + "'length':21}";
    private static final String FILE = ("{'signatures':[],'signed':{'_type':'%s','expires':'2030-01-31T23:59:59Z',"
            + "%s'targets':{'a':{'custom':{'ecuIdentifiers':{'S':{'deltaTarget':" + DELTA
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

    private static Map<String, DeltaImage> deltas(KnownDialect dialect, String good, String other)
            throws MalformedMetadata {
        return read(dialect, good, other).targets().values().iterator().next().deltas();
    }

    @ParameterizedTest
    @CsvSource({"TUF_JSON", "ATS_JSON"})
    void aDeltaIsReadForTheEcuThatGetsIt(KnownDialect dialect) throws MalformedMetadata {
        assertThat(deltas(dialect, "", "")).isEqualTo(
                Map.of("S", new DeltaImage("a.vcdiff", 21, new TreeMap<>(Map.of("sha256", "ab")))));
        assertThat(deltas(dialect, "'deltaTarget':" + DELTA + ",", "")).isEmpty();
    }

    @ParameterizedTest(name = "{1} in place of {0}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '%', value = {
            "'vcdiff' | 'bsdiff' | algorithm: expected one of", "'algorithm':'vcdiff', | %% | algorithm: missing",
            "'filename':'a.vcdiff', | %% | filename: missing", "'a.vcdiff' | '' | filename: expected a name",
            "{'sha256':'AB'} | {} | hashes: expected at least one", "'length':21 | 'length':-1 | length: expected",
            "'deltaTarget':{ | 'deltaTarget':null,'x':{ | deltaTarget: expected an object"})
    void whatMakesNoSenseIsRefusedWithOneSentence(String good, String other, String problem) {
        for (KnownDialect dialect : new KnownDialect[]{KnownDialect.TUF_JSON, KnownDialect.ATS_JSON}) {
            assertThatThrownBy(() -> read(dialect, good, other == null ? "" : other))
                    .isInstanceOf(MalformedMetadata.class).hasMessageContaining(problem)
                    .hasMessageContaining("ecuIdentifiers.S");
        }
    }
}
