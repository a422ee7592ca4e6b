package dev.uptanebench.bench.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.uptanebench.attack.run.Plan;
import dev.uptanebench.attack.run.Runner;
import dev.uptanebench.attack.run.Selection;
import dev.uptanebench.attack.run.TargetInfo;
import dev.uptanebench.attack.run.TrialResult;
import dev.uptanebench.attack.run.Verdict;
import dev.uptanebench.attack.scenario.Catalogue;
import dev.uptanebench.attack.scenario.Scenario;
import dev.uptanebench.attack.scenario.Trait;
import dev.uptanebench.attack.yaml.Problems;
import dev.uptanebench.bench.config.BenchConfig;
import dev.uptanebench.bench.config.BenchFile;
import dev.uptanebench.vehicle.repository.KeyRing;
import dev.uptanebench.vehicle.requirement.Checks;
import dev.uptanebench.vehicle.uptane.RememberedSignatures;
import dev.uptanebench.vehicle.uptane.TufSignatures;
import dev.uptanebench.vehicle.uptane.dialect.KnownDialect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The car of the default bench, whose metadata speaks another dialect: the whole catalogue without a surprise. */
class DialectBenchTest {
    @TempDir
    private Path folder;

    private BenchConfig bench(KnownDialect dialect) throws IOException {
        Path original = Path.of("benches/default.yaml");
        String firmware = Path.of("firmware").toAbsolutePath().toString();
        String text = Files.readString(original).replace("dialect: tuf-json ", "dialect: " + dialect + ' ')
                .replace("../firmware", firmware);
        Path file = Files.writeString(folder.resolve("bench.yaml"), text);
        Problems problems = new Problems();
        BenchConfig config = BenchFile.load(file, problems).orElseThrow();
        assertThat(config.dialect()).isEqualTo(dialect);
        return config;
    }

    private static List<TrialResult> results(BenchConfig config, List<Scenario> scenarios) {
        KnownDialect dialect = config.dialect();
        CarFactory cars = new CarFactory(config, new KeyRing(config.seed(), dialect.dialect()),
                new RememberedSignatures(new TufSignatures()), Checks.all());
        List<TargetInfo> targets = Targets.of(config);
        return new Runner(cars, (result, evidence) -> {}, trial -> "").run(
                Plan.of(scenarios, targets, Selection.all(), config.seed(), 1).trials(), 2, () -> false);
    }

    @ParameterizedTest
    @EnumSource(KnownDialect.class)
    void theWholeCatalogueBringsNoSurprise(KnownDialect dialect) throws IOException {
        List<Scenario> scenarios = Catalogue.load(List.of(), new Problems()).scenarios();
        List<TrialResult> results = results(bench(dialect), scenarios);

        assertThat(results).filteredOn(result -> !result.asExpected())
                .extracting(result -> result.id() + ' ' + result.verdict() + ' ' + result.reason()).isEmpty();
        List<String> resting = scenarios.stream()
                .filter(scenario -> !dialect.dialect().features().containsAll(scenario.needs()))
                .filter(scenario -> !scenario.traits().contains(Trait.DELTA_IMAGES)) // the car has no such ECU
                .map(Scenario::id).toList();
        assertThat(results).filteredOn(result -> result.verdict() == Verdict.NOT_APPLICABLE)
                .allSatisfy(result -> {
                    assertThat(resting).contains(result.scenario());
                    assertThat(result.reason()).contains("rests on", dialect.toString());
                }).extracting(TrialResult::scenario).containsAll(resting);
        assertThat(results.stream().filter(result -> result.verdict() == Verdict.DEFENDED).count())
                .isGreaterThan(100);
    }
}
