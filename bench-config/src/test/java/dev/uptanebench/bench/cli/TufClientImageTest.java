package dev.uptanebench.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.uptanebench.vehicle.uptane.Bytes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Images, and the names they are kept under. */
class TufClientImageTest extends TufClientCase {
    @Test
    void anImageIsDownloadedOnce() throws Exception {
        init();
        repository.addImage("targets", "path/to/a file?.txt", "content");
        everythingButRoot();

        assertThat(refresh()).isZero();
        assertThat(images()).isEmpty();
        assertThat(download("path/to/a file?.txt")).isZero();
        assertThat(download("path/to/a file?.txt")).isZero();
        assertThat(images()).containsExactly("content");
        assertThat(folder.resolve("images/path%2Fto%2Fa%20file%3F.txt")).exists();
        assertThat(repository.askedForImages).containsExactly(
                "path/to/" + Bytes.utf8("content").sha256() + ".a%20file%3F.txt");
    }

    @Test
    void severalImagesAreDownloadedAtOnce() throws Exception {
        init();
        repository.addImage("targets", "a", "one");
        repository.addImage("targets", "b", "two");
        everythingButRoot();

        assertThat(download("a", "b")).isZero();
        assertThat(images()).containsExactly("one", "two");
    }

    @Test
    void anotherImageOfThatNameReplacesTheFirst() throws Exception {
        init();
        for (String content : List.of("one", "another", "three")) {
            repository.addImage("targets", "a", content);
            everythingButRoot();
            assertThat(download("a")).isZero();
            assertThat(images()).containsExactly(content);
            repository.images.put("a", "evil".getBytes(StandardCharsets.UTF_8));
            assertThat(download("a")).isZero();
            assertThat(images()).containsExactly(content);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil!!!", "evil", "evil, and a good deal longer", ""})
    void anImageThatIsNotTheOneDescribedIsNotKept(String served) throws Exception {
        init();
        repository.addImage("targets", "a", "content");
        everythingButRoot();
        repository.images.put("a", served.getBytes(StandardCharsets.UTF_8));

        assertThat(download("a")).isEqualTo(1);
        assertThat(images()).isEmpty();
    }

    @Test
    void anImageThatSomebodyChangedHereIsDownloadedAgain() throws Exception {
        init();
        repository.addImage("targets", "a", "content");
        everythingButRoot();
        download("a");
        Files.writeString(folder.resolve("images/a"), "CONTENT");

        assertThat(download("a")).isZero();
        assertThat(images()).containsExactly("content");
    }

    @ParameterizedTest
    @CsvSource({"sha256, true", "sha512, true", "sha256 sha512, true", "sha256 other, true", "other, false"})
    void oneKnownHashIsEnough(String functions, boolean enough) throws Exception {
        init();
        Bytes content = Bytes.utf8("content");
        Map<String, String> stated = Arrays.stream(functions.split(" ")).collect(Collectors.toMap(name -> name,
                name -> name.equals("sha256") ? content.sha256() : content.sha512()));
        repository.addImage("targets", "a", content.toArray(), stated);
        everythingButRoot();

        assertThat(download("a")).isEqualTo(enough ? 0 : 1);
        assertThat(images()).hasSize(enough ? 1 : 0);
    }

    @Test
    void bothHashesHaveToAgree() throws Exception {
        init();
        Bytes content = Bytes.utf8("content");
        repository.addImage("targets", "a", content.toArray(),
                Map.of("sha256", content.sha256(), "sha512", Bytes.utf8("else").sha512()));
        everythingButRoot();

        assertThat(download("a")).isEqualTo(1);
        assertThat(images()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".", "../../evil", "/etc/passwd", "a\\..\\b", "C:\\x", "a\u0000b", ".hidden",
            "%2e%2e/x", "\n", "-rf"})
    void noNameLeadsOutOfTheFolder(String name) throws Exception {
        init();
        repository.addImage("targets", name, "content");
        everythingButRoot();

        assertThat(succeedsAt(repository.now, name)).isTrue();
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile)
                    .filter(file -> !file.startsWith(metadata()) && !file.endsWith("initial.json")))
                    .singleElement().satisfies(file -> assertThat(file).hasParent(folder.resolve("images"))
                            .hasContent("content"));
        }
    }
}
