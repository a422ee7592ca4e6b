package dev.uptanebench.vehicle.uptane;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PercentEncodingTest {

    /** As Python's {@code urllib.parse.quote(name, "")} writes them, which the TUF conformance suite expects. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {"supplier-1_a.b~c | supplier-1_a.b~c", "? | %3F",
            "\"#\" | %23", "/delegatedrole | %2Fdelegatedrole", "../delegatedrole | ..%2Fdelegatedrole",
            "a b+c | a%20b%2Bc", "\u00fc | %C3%BC", "% | %25", "a\\b | a%5Cb", "\u20ac | %E2%82%AC"})
    void everythingButUnreservedCharactersIsEncoded(String name, String encoded) {
        assertThat(PercentEncoding.segment(name)).isEqualTo(encoded);
    }
}
