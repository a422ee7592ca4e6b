package dev.uptanebench.bench.fuzz;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.uptanebench.bench.serve.RegistrationFuzz;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What a fuzzer was begun with, and what it once found. */
class CorpusTest {
    private static final Path CORPUS = Path.of(System.getProperty("bench.home", ".."))
            .resolve("bench-config/src/test/fuzz");
    private static final Map<String, Consumer<byte[]>> TARGETS = Map.ofEntries(
            entry("TufJsonFuzz", TufJsonFuzz::fuzzerTestOneInput),
            entry("AtsJsonFuzz", AtsJsonFuzz::fuzzerTestOneInput),
            entry("Pouf1DerFuzz", Pouf1DerFuzz::fuzzerTestOneInput),
            entry("IntelHexFuzz", IntelHexFuzz::fuzzerTestOneInput),
            entry("HistoryFuzz", HistoryFuzz::fuzzerTestOneInput),
            entry("ScenarioFuzz", ScenarioFuzz::fuzzerTestOneInput),
            entry("BenchFuzz", BenchFuzz::fuzzerTestOneInput),
            entry("RegistrationFuzz", RegistrationFuzz::fuzzerTestOneInput),
            entry("CandumpFuzz", CandumpFuzz::fuzzerTestOneInput),
            entry("AscFuzz", AscFuzz::fuzzerTestOneInput),
            entry("BlfFuzz", BlfFuzz::fuzzerTestOneInput),
            entry("PcapngFuzz", PcapngFuzz::fuzzerTestOneInput),
            entry("SRecordFuzz", SRecordFuzz::fuzzerTestOneInput), entry("ElfFuzz", ElfFuzz::fuzzerTestOneInput),
            entry("SocketcandFuzz", SocketcandFuzz::fuzzerTestOneInput),
            entry("CannelloniFuzz", CannelloniFuzz::fuzzerTestOneInput),
            entry("DoipFuzz", DoipFuzz::fuzzerTestOneInput), entry("VcdiffFuzz", VcdiffFuzz::fuzzerTestOneInput),
            entry("DbcFuzz", DbcFuzz::fuzzerTestOneInput), entry("MapFuzz", MapFuzz::fuzzerTestOneInput));

    @TestFactory
    Stream<DynamicTest> everyInputIsReadOrRefused() throws IOException {
        try (Stream<Path> files = Files.walk(CORPUS)) {
            return files.filter(Files::isRegularFile).sorted().toList().stream()
                    .map(file -> DynamicTest.dynamicTest(CORPUS.relativize(file).toString(),
                            () -> target(CORPUS.relativize(file).getName(0).toString())
                                    .accept(Files.readAllBytes(file))));
        }
    }

    private static Consumer<byte[]> target(String name) {
        assertThat(TARGETS).containsKey(name);
        return TARGETS.getOrDefault(name, bytes -> {});
    }

    @Test
    void everyTargetHasSomethingToBeginWith() {
        assertThat(TARGETS.keySet())
                .allSatisfy(name -> assertThat(CORPUS.resolve(name)).isDirectoryContaining("glob:**"));
    }
}
