package dev.uptanebench.vehicle.uptane;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cases from the specification of TUF 1.0.34 (PATHPATTERN) and glob(7). */
class PathPatternTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
            // the specification's own
            "targets/*.tgz | targets/foo.tgz | true", "targets/*.tgz | targets/bar.tgz | true",
            "targets/*.tgz | targets/foo.txt | false", "foo-version-?.tgz | foo-version-2.tgz | true",
            "foo-version-?.tgz | foo-version-a.tgz | true", "foo-version-?.tgz | foo-version-alpha.tgz | false",
            "*.tgz | foo.tgz | true", "*.tgz | targets/foo.tgz | false", "foo.tgz | foo.tgz | true",
            "foo.tgz | foo.tgzz | false", "foo.tgz | foo.tg | false",
            // folders
            "* | a/b | false", "*/* | a/b | true", "*/* | a/b/c | false", "a?b | a/b | false", "a/* | a/ | true",
            "a/* | a | false", "releases/*/* | releases/x/x_v1 | true", "a[/]b | a/b | false",
            // stars
            "* | \"\" | true", "** | abc | true", "a*b*c | aXbYbZc | true", "a*b*c | aXbYbZ | false", "*a | ba | true",
            "*a | bab | false", "a*/b | axx/b | true", "*/b | a/b/b | false",
            // brackets
            "[abc].bin | b.bin | true", "[abc].bin | d.bin | false", "[a-c] | b | true", "[a-c] | - | false",
            "[!a-c] | d | true", "[!a-c] | b | false", "[]a] | ] | true", "[!]a] | ] | false", "[a-] | - | true",
            "[abc | [abc | true", "[abc | a | false", "[] | [] | true", "x[!] | x[!] | true",
            // nothing else means anything
            "a.c | abc | false", "a+ | aa | false", "{a,b} | a | false", "\\* | * | false", ".* | .x | true",
            "*.x | .x | true", "\u00fc? | \u00fcb | true"})
    void withinFolders(String pattern, String name, boolean matches) {
        assertThat(PathPattern.matches(pattern, name, Wildcards.WITHIN_FOLDER)).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"* | a/b | true", "a* | a/b/c | true", "*.tgz | targets/foo.tgz | true",
            "a?b | a/b | true", "a/*/c | a/b/b/c | true", "a/* | b/a | false"})
    void acrossFolders(String pattern, String name, boolean matches) {
        assertThat(PathPattern.matches(pattern, name, Wildcards.ACROSS_FOLDERS)).isEqualTo(matches);
    }

    @Test
    void aPatternMadeToTakeLongDoesNot() {
        String pattern = "*a".repeat(2000) + "b";

        Assertions.assertTimeout(Duration.ofSeconds(5), () -> assertThat(
                PathPattern.matches(pattern, "a".repeat(4000), Wildcards.WITHIN_FOLDER)).isFalse());
    }
}
