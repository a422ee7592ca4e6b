package dev.uptanebench.attack.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlReaderTest {

    private static List<String> problemsOf(byte[] file) {
        Problems problems = new Problems();
        YamlReader.read("f", file, problems);
        return problems.list().stream().map(Problem::toString).toList();
    }

    private static List<String> problemsOf(String file) {
        return problemsOf(file.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"'a: 1\nb: 2\na: 3'|f:3:1: the key 'a' stands twice, first in line 1",
            "'a: &x 1'|f:1:4: anchors are not allowed here",
            "'a: 1\nb: *x'|f:2:4: aliases are not allowed here; write the value out",
            "'a: !!str 1'|f:1:4: tags are not allowed here: tag:yaml.org,2002:str",
            "'a: 1\n---\nb: 2'|f:2:1: a second document begins here; one file holds one",
            "'? [a]\n: 1'|f:1:3: a key must be plain text", "''|f:1:1: the file is empty"})
    void whatIsRefusedHasAPlace(String file, String problem) {
        assertThat(problemsOf(file)).containsExactly(problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"'a: [1, 2\nb: 3'|f:2:2", "'a: \"x'|f:1:6", "'a: 1\n  b: 2'|f:2:4",
            "'\tb: 2'|f:1:1", "'ab: \u0007'|f:1:5"})
    void aSyntaxErrorIsOneProblem(String file, String place) {
        assertThat(problemsOf(file)).singleElement().asString().startsWith(place + ": not YAML: ");
    }

    @Test
    void severalRefusalsAreToldTogether() {
        assertThat(problemsOf("a: &x 1\nb: !t 2\na: *x\n")).hasSize(4);
    }

    @Test
    void bytesThatAreNotUtf8HaveAPlace() {
        assertThat(problemsOf(new byte[]{'a', ':', ' ', '1', '\n', 'b', (byte) 0xff}))
                .containsExactly("f:2:2: this is not UTF-8 text");
    }

    @Test
    void aByteOrderMarkIsOverlooked() {
        assertThat(problemsOf("\ufeffa: 1")).isEmpty();
    }

    @Test
    void aFileTooLargeIsNotRead() {
        assertThat(problemsOf(new byte[YamlReader.MAXIMUM_BYTES + 1]))
                .containsExactly("f:1:1: the file is larger than 1048576 bytes");
    }

    @Test
    void aFileTooDeepIsRefusedWithoutRunningOutOfStack() {
        assertThat(problemsOf("[".repeat(2000) + "]".repeat(2000)))
                .containsExactly("f:1:33: nested deeper than 32 levels");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{", "- ", "? ", "{a: ", "\"", "&a ", "*", "!", "|", "%", "a: b: "})
    void aLargeFileOfOneSortIsReadToItsEndOrRefused(String part) {
        String file = part.repeat(YamlReader.MAXIMUM_BYTES / part.length());

        assertThat(problemsOf(file)).isNotEmpty();
    }

    /** Nothing may be thrown, whatever is changed in a file. */
    @Test
    void damagedFilesAreReadOrRefused() {
        byte[] file = "a: [1, 'x', \"y\"]\nb: {c: |\n  text\n}\nd:\n  - e: 0x10\n  - ~ # z\n".getBytes(
                StandardCharsets.UTF_8);
        Random random = new Random(1);
        for (int i = 0; i < 5000; i++) {
            byte[] damaged = file.clone();
            for (int k = random.nextInt(4); k >= 0; k--) {
                damaged[random.nextInt(damaged.length)] = (byte) "[]{}:-?|>&*!%@`'\"#,~ \n\tx\u00ff".charAt(
                        random.nextInt(25));
            }
            Section section = Section.read("f", damaged, new Problems());
            section.texts("a").required();
            section.section("b").required().finish();
            section.finish();
        }
    }

    @Test
    void aFileThatIsNotThereIsAProblem(@TempDir Path folder) {
        Problems problems = new Problems();
        Path file = folder.resolve("none.yaml");

        assertThat(YamlReader.read(file, problems)).isEmpty();
        assertThat(problems).hasToString(file + ":1:1: there is no such file");
    }
}
