package dev.uptanebench.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.uptanebench.attack.scenario.ScenarioReader;
import dev.uptanebench.attack.scenario.StepMeanings;
import dev.uptanebench.attack.yaml.Problems;
import dev.uptanebench.ecu.secondary.InVehicle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentationTest {
    private static final Path HOME = Path.of(System.getProperty("bench.home", ".."));
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#]+)");
    private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    @Test
    void everyStepIsDocumented() throws IOException {
        assertThat(Files.readString(HOME.resolve("docs/scenarios.md")))
                .contains(StepMeanings.byName().keySet().stream().map(name -> "| `" + name + "` |").toList());
    }

    @Test
    void theScenarioInTheDocumentationIsInOrder() throws IOException {
        Matcher example = YAML.matcher(Files.readString(HOME.resolve("docs/scenarios.md")));
        Problems problems = new Problems();

        assertThat(example.find()).isTrue();
        ScenarioReader.read("example", example.group(1).getBytes(StandardCharsets.UTF_8), problems);
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void everyIdentifierOnTheBusIsDocumented() throws IOException {
        assertThat(Files.readString(HOME.resolve("docs/pouf-can.md"))).contains(Stream.of(InVehicle.DID_REPORT,
                InVehicle.DID_NONCE, InVehicle.DID_TIME, InVehicle.DID_VERSIONS, InVehicle.DID_METADATA_WANTED,
                InVehicle.ROUTINE_VERIFY_METADATA,
                InVehicle.ROUTINE_ERASE, InVehicle.ROUTINE_CHECK_IMAGE).map("| %04X |"::formatted).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "CONTRIBUTING.md", "docs/scenarios.md", "docs/security-teams.md",
            "docs/tier1.md", "docs/auditors.md", "docs/architecture.md", "docs/pouf-can.md", "docs/tuf-client.md",
            "docs/serve.md", "docs/captures.md", "docs/can.md", "docs/deltas.md", "docs/doip.md", "docs/encryption.md",
            "docs/memory.md",
            "docs/repositories.md", "docs/pouf1-der.md", "docs/time.md"})
    void everyLinkLeadsSomewhere(String document) throws IOException {
        Path file = HOME.resolve(document);
        Matcher link = LINK.matcher(Files.readString(file));

        while (link.find()) {
            assertThat(file.resolveSibling(link.group(1))).exists();
        }
    }
}
