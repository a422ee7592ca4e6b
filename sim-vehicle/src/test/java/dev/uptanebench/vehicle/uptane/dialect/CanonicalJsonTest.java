package dev.uptanebench.vehicle.uptane.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.uptanebench.vehicle.uptane.Bytes;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Vectors made by hand from the definition: keys in the order of their UTF-8 bytes, no white space, two escapes. */
class CanonicalJsonTest {

    private static String canonical(String json) throws MalformedMetadata {
        return CanonicalJson.encode(JsonReader.of(Bytes.utf8(json)).node()).toUtf8();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                    | {}
            { "b" : 1 ,\t"a" : [ ] }              | {"a":[],"b":1}
            {"ab":1,"a":2}                        | {"a":2,"ab":1}
            {"a":1,"Z":2,"10":3,"9":4}            | {"10":3,"9":4,"Z":2,"a":1}
            {"n":{"y":{"q":1,"p":2}},"m":[3,2]}   | {"m":[3,2],"n":{"y":{"p":2,"q":1}}}
            {"a":true,"b":false,"c":null}         | {"a":true,"b":false,"c":null}
            {"a":[[],{},"",0]}                    | {"a":[[],{},"",0]}
            """)
    void keysAreSortedAndWhiteSpaceIsGone(String json, String expected) throws MalformedMetadata {
        assertThat(canonical(json)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
            // one, two, three and four bytes of UTF-8
            "Z, \u00e9", "\u00e9, \u20ac", "\u20ac, \uff61",
            // UTF-16 order would have these the other way round
            "\uff61, \ud83d\ude00", "\ue000, \ud83d\ude00", "\uffff, \ud800\udc00",
            // the same high surrogate
            "\ud83d\ude00, \ud83d\ude01", "a\ud83d\ude00, a\ud83d\ude00b"})
    void keysBeyondAsciiAreInTheOrderOfTheirUtf8Bytes(String smaller, String larger) throws MalformedMetadata {
        assertThat(canonical("{\"" + larger + "\":1,\"" + smaller + "\":2}"))
                .isEqualTo("{\"" + smaller + "\":2,\"" + larger + "\":1}");
        assertThat(java.util.Arrays.compareUnsigned(smaller.getBytes(StandardCharsets.UTF_8),
                larger.getBytes(StandardCharsets.UTF_8))).isNegative();
    }

    @Test
    void onlyQuoteAndBackslashAreEscaped() throws MalformedMetadata {
        assertThat(canonical("{\"a\\\"\\\\\\/\":\"\\\"\\\\\\/<>&\\u2028\"}"))
                .isEqualTo("{\"a\\\"\\\\/\":\"\\\"\\\\/<>&\u2028\"}");
    }

    @Test
    void controlCharactersStandLiterally() throws MalformedMetadata {
        assertThat(canonical("{\"a\":\"\\u0000\\b\\t\\n\\f\\r\\u001f\\u007f\"}"))
                .isEqualTo("{\"a\":\"\u0000\b\t\n\f\r\u001f\u007f\"}");
    }

    @Test
    void escapedAndPlainTextAreTheSame() throws MalformedMetadata {
        assertThat(CanonicalJson.encode(JsonReader.of(Bytes.utf8("{\"\\u00e9\":\"\\ud83d\\ude00\"}")).node()).toHex())
                .isEqualTo(Bytes.utf8("{\"\u00e9\":\"\ud83d\ude00\"}").toHex());
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "-0, 0", "-1, -1", "9223372036854775807, 9223372036854775807",
            "-9223372036854775808, -9223372036854775808", "9223372036854775808, 9223372036854775808",
            "18446744073709551616, 18446744073709551616"})
    void integersKeepEveryDigit(String number, String expected) throws MalformedMetadata {
        assertThat(canonical("{\"n\":" + number + "}")).isEqualTo("{\"n\":" + expected + "}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5", "1.0", "1e3", "1E400", "-0.0"})
    void fractionsHaveNoCanonicalForm(String number) {
        assertThatThrownBy(() -> canonical("{\"n\":" + number + "}")).isInstanceOf(MalformedMetadata.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":\"\\ud83d\"}", "{\"a\":\"\\ude00\"}", "{\"a\":\"\\ude00\\ud83d\"}",
            "{\"a\":\"\\ud83dx\"}", "{\"\\ud83d\":1}"})
    void halfACharacterHasNoCanonicalForm(String json) {
        assertThatThrownBy(() -> canonical(json)).isInstanceOf(MalformedMetadata.class);
    }
}
