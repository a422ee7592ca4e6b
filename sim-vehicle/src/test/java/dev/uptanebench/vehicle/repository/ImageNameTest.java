package dev.uptanebench.vehicle.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** 5.2.7: the hash comes before the file's own name; names are URL-encoded so that none leaves its folder. */
class ImageNameTest {

    @ParameterizedTest
    @CsvSource({"brake.bin, ab.brake.bin", "a/b/brake.bin, a%2Fb%2Fab.brake.bin", "a b+c.bin, ab.a%20b%2Bc.bin",
            "\u00fc.bin, ab.%C3%BC.bin", "100%.bin, ab.100%25.bin", "a?b#c&d, ab.a%3Fb%23c%26d"})
    void theHashComesBeforeTheLastPartOfTheName(String filename, String expected) {
        assertThat(ImageName.prefixed("ab", filename)).isEqualTo(expected);
    }

    @Test
    void aNameHasOneFormHoweverItIsTyped() {
        assertThat(ImageName.normal("u\u0308ber.bin")).isEqualTo("\u00fcber.bin");
        assertThat(ImageName.normal("\u212b.bin")).isEqualTo("\u00c5.bin"); // the Angstrom sign
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../etc/passwd", "/etc/passwd", "..\\windows", "a\u0000b", "a\r\nHost: b", ".."})
    @Tag("U-5.2.7-s3")
    void noNameLeavesItsFolder(String filename) {
        assertThat(ImageName.prefixed("ab", filename)).matches(Pattern.compile("[A-Za-z0-9._*%-]+"))
                .isNotEqualTo("..");
    }
}
