package dev.uptanebench.vehicle.uptane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.uptanebench.vehicle.uptane.dialect.KnownDialect;
import dev.uptanebench.vehicle.uptane.dialect.MalformedMetadata;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The map file of TAP 4 (version of 15 December 2017), and what Uptane asks of it beyond. */
class RepositoryMapTest {
    private static final RepositoryName SUPPLIER = new RepositoryName("supplier");

    /** TAP 4's example, its names spelled as here and with the commas that it lacks. */
    private static final String EXAMPLE = """
            {"repositories": {"Django": ["https://djangoproject.com/"], "PyPI": ["https://pypi.python.org/"]},
             "mapping": [
              {"paths": ["/django/django-1.*.tgz"], "repositories": ["Django", "PyPI"], "threshold": 1,
               "terminating": false},
              {"paths": ["*"], "repositories": ["PyPI"], "terminating": true, "threshold": 1}]}
            """;

    private static final String MAP = """
            {"repositories": {"director": ["http://d/"], "image": ["http://i/", "http://mirror/"], "supplier": ["http://s/"]},
             "mapping": [
              {"paths": ["brake-*", "abs/*"], "repositories": ["director", "image", "supplier"], "terminating": true,
               "threshold": 3},
              {"paths": ["door-?.bin"], "repositories": ["director", "supplier"], "terminating": false, "threshold": 2},
              {"paths": ["*"], "repositories": ["director", "image"], "terminating": true, "threshold": 2}]}
            """;

    private static RepositoryMap json(String text) throws MalformedMetadata {
        return KnownDialect.TUF_JSON.dialect().map(Bytes.utf8(text));
    }

    @Test
    void theExampleOfTap4IsRead() throws MalformedMetadata {
        RepositoryMap map = json(EXAMPLE);

        assertThat(map.servers(new RepositoryName("PyPI"))).containsExactly("https://pypi.python.org/");
        assertThat(map.mappings("/django/django-1.4.tgz")).hasSize(2);
        assertThat(map.mappings("/django/django-2.0.tgz")).singleElement()
                .satisfies(mapping -> assertThat(mapping.repositories()).containsExactly(new RepositoryName("PyPI")));
        assertThat(map.unfit()).as("for Uptane it will not do").isPresent();
    }

    @ParameterizedTest
    @CsvSource({"brake-v1.bin, 1, director image supplier", "abs/esp/v1.bin, 1, director image supplier",
            "door-1.bin, 2, director", "door-12.bin, 1, director image", "a/b/c, 1, director image"})
    @Tag("U-5.2.6-3")
    void theFirstMappingThatFitsCountsUnlessItIsNotTerminating(String filename, int tried, String needed)
            throws MalformedMetadata {
        RepositoryMap map = json(MAP);

        assertThat(map.mappings(filename)).hasSize(tried);
        assertThat(map.needed(filename)).extracting(RepositoryName::id).containsExactly(needed.split(" ", -1));
    }

    @Test
    @Tag("U-5.2.6-2")
    @Tag("U-5.2.6-4")
    void inTheBasicCaseDirectorAndImageRepositoryHaveToAgreeOnEverything() {
        RepositoryMap map = RepositoryMap.basic(name -> "http://backend/" + name);

        assertThat(map.isBasic()).isTrue();
        assertThat(map.unfit()).isEmpty();
        assertThat(map.servers()).containsOnlyKeys(RepositoryName.DIRECTOR, RepositoryName.IMAGE);
        assertThat(map.mappings("any/thing at all")).singleElement().satisfies(mapping -> {
            assertThat(mapping.repositories()).containsExactly(RepositoryName.DIRECTOR, RepositoryName.IMAGE);
            assertThat(mapping.threshold()).isEqualTo(2);
            assertThat(mapping.terminating()).isTrue();
        });
    }

    @ParameterizedTest
    @EnumSource(KnownDialect.class)
    void everyDialectReadsWhatItHasWritten(KnownDialect dialect) throws MalformedMetadata {
        for (RepositoryMap map : List.of(json(MAP), json(EXAMPLE), RepositoryMap.basic(name -> "http://" + name))) {
            Bytes file = dialect.dialect().encode(map);

            assertThat(dialect.dialect().map(file)).isEqualTo(map);
            assertThat(dialect.dialect().encode(dialect.dialect().map(file))).isEqualTo(file);
        }
    }

    @ParameterizedTest
    @EnumSource(KnownDialect.class)
    void whateverComesIsReadOrRefused(KnownDialect dialect) throws MalformedMetadata {
        byte[] file = dialect.dialect().encode(json(MAP)).toArray();

        for (int i = 0; i < file.length; i++) {
            for (int flip : new int[]{1, 0x20, 0x80, 0xff}) {
                byte[] other = file.clone();
                other[i] ^= (byte) flip;
                try {
                    assertThat(dialect.dialect().map(Bytes.of(other)).servers()).isNotNull();
                } catch (MalformedMetadata e) {
                    assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(6000);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"\"threshold\": 3 | \"threshold\": 4 | 1 to 3",
            "\"threshold\": 3 | \"threshold\": 0 | at least 1",
            "\"threshold\": 3 | \"treshold\": 3, \"threshold\": 3 | treshold: expected no such field",
            "\"mapping\" | \"mappings\" | mappings: expected no such field",
            "[\"director\", \"image\", \"supplier\"] | [\"director\", \"imago\", \"supplier\"] | each once",
            "[\"director\", \"image\", \"supplier\"] | [\"director\", \"image\", \"image\"] | each once",
            "[\"director\", \"image\", \"supplier\"] | [] | each once",
            "\"supplier\": [\"http://s/\"] | \"supplier\": [] | repositories.supplier: expected at least one",
            "\"supplier\": | \"../supplier\": | the name of a repository",
            "[\"brake-*\", \"abs/*\"] | [\"\"] | mapping.paths",
            "\"terminating\": false, | | terminating: missing"})
    void whatTap4DoesNotSayIsRefusedWithASentence(String good, String bad, String problem) {
        assertThatThrownBy(() -> json(MAP.replace(good, bad == null ? "" : bad)))
                .isInstanceOf(MalformedMetadata.class).hasMessageContaining(problem);
    }

    @Test
    void aMapHasAnEnd() throws MalformedMetadata {
        String many = IntStream.range(0, 17).mapToObj(i -> "\"r" + i + "\": [\"http://x/\"]")
                .collect(Collectors.joining(", "));
        assertThatThrownBy(() -> json("{\"repositories\": {" + many + "}, \"mapping\": []}"))
                .isInstanceOf(MalformedMetadata.class).hasMessageContaining("repositories: expected at most 16");
        assertThatThrownBy(() -> json(MAP.replace("abs/*", "a".repeat(2000)))).isInstanceOf(MalformedMetadata.class)
                .hasMessageContaining("1024 characters");
        assertThatThrownBy(() -> json(MAP + " ".repeat(64 * 1024))).isInstanceOf(MalformedMetadata.class)
                .hasMessageContaining("65536 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"repositories\": [\"director\", \"supplier\"], \"terminating\": false, \"threshold\": 1",
            "\"repositories\": [\"image\", \"supplier\"], \"terminating\": false, \"threshold\": 2"})
    @Tag("U-5.2.6-2")
    void aMapWithoutTheDirectorOrWithOneRepositoryAloneWillNotDo(String mapping) throws MalformedMetadata {
        RepositoryMap map = json(MAP.replace(
                "\"repositories\": [\"director\", \"supplier\"], \"terminating\": false, \"threshold\": 2", mapping));

        assertThat(map.unfit()).get().asString().contains("supplier]").contains("door-?.bin");
        assertThat(json(MAP).unfit()).isEmpty();
        assertThat(json(MAP).imageRepositories()).containsExactly(RepositoryName.IMAGE, SUPPLIER);
    }
}
