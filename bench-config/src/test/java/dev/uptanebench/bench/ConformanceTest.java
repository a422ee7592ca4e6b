package dev.uptanebench.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConformanceTest {
    private static final Path HOME = Path.of(System.getProperty("bench.home", ".."));
    private static final Conformance CONFORMANCE = Conformance.of(HOME);

    @Test
    void everyTestableRequirementIsCarriedAndShownOrSaidNotToBe() {
        assertThat(CONFORMANCE.gaps()).isEmpty();
    }

    @Test
    void sourcesNameRequirementsThatThereAre() {
        assertThat(CONFORMANCE.unknown()).isEmpty();
    }

    @Test
    void theDocumentIsWhatTheSourcesSay() throws IOException {
        assertThat(Files.readString(HOME.resolve("docs/conformance.md"))).isEqualTo(CONFORMANCE.text());
    }
}
