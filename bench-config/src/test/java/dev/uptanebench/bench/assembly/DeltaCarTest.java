package dev.uptanebench.bench.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.uptanebench.attack.oracle.SafetyOracle;
import dev.uptanebench.attack.run.Selftest;
import dev.uptanebench.attack.run.TrialResult;
import dev.uptanebench.attack.scenario.Catalogue;
import dev.uptanebench.attack.scenario.Scenario;
import dev.uptanebench.attack.scenario.Trait;
import dev.uptanebench.attack.stage.Capabilities;
import dev.uptanebench.attack.stage.Car;
import dev.uptanebench.attack.stage.Ecu;
import dev.uptanebench.attack.stage.Stage;
import dev.uptanebench.attack.yaml.Problems;
import dev.uptanebench.bench.config.BenchConfig;
import dev.uptanebench.bench.config.BenchFile;
import dev.uptanebench.vehicle.repository.KeyRing;
import dev.uptanebench.ecu.weakened.Weakness;
import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.history.History;
import dev.uptanebench.vehicle.requirement.Checks;
import dev.uptanebench.vehicle.uptane.TufSignatures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The car that is sent deltas: only what differs crosses its buses, and what comes out is what was ordered. */
class DeltaCarTest {
    private static final Path BENCH = Path.of("benches/delta.yaml");

    @TempDir
    private Path folder;

    private static BenchConfig bench(Path file) {
        Problems problems = new Problems();
        return BenchFile.load(file, problems).orElseThrow(() -> new AssertionError(problems.toString()));
    }

    private static History updated(Car car, Ecu ecu, List<String> deltas) throws Exception {
        return car.world().run("update", () -> {
            Stage stage = new Stage(car, ecu, new Capabilities(Capabilities.Position.OUTSIDE, new TreeSet<>()));
            stage.release("v1");
            stage.publish();
            assertThat(car.primary().update().result()).isEqualTo("installed");
            for (String label : deltas) {
                stage.releaseAsDelta(label);
                stage.publish();
                assertThat(car.primary().update().result()).isEqualTo("installed");
            }
            return car.recorder().history();
        });
    }

    private static CarFactory cars(BenchConfig config) {
        return new CarFactory(config, new KeyRing(config.seed(), config.dialect().dialect()), new TufSignatures(),
                Checks.all());
    }

    @ParameterizedTest
    @ValueSource(strings = {"telematics", "camera", "radar"})
    void anEcuRunsWhatADeltaMakesOfWhatItRan(String id) throws Exception {
        BenchConfig config = bench(BENCH);
        try (Car car = cars(config).create("delta-" + id, config.seed(), id)) {
            Ecu ecu = car.ecu(id);
            History history = updated(car, ecu, List.of("v2", "v3"));

            assertThat(ecu.runs()).isEqualTo(ecu.image("v3").sha256());
            assertThat(history.events(Event.Delta.class)).hasSize(2)
                    .allSatisfy(delta -> assertThat(delta.length()).isLessThan(ecu.image("v3").length() / 4));
            assertThat(history.events(Event.Received.class).map(Event.Received::sha256))
                    .doesNotContain(ecu.image("v2").sha256(), ecu.image("v3").sha256());
            assertThat(SafetyOracle.violations(history)).isEmpty();
        }
    }

    /** A partial Secondary with two banks makes images of deltas as well. */
    @ParameterizedTest
    @ValueSource(strings = {"tuf-json", "ats-json", "pouf1-der"})
    void aPartialSecondaryDoesSoToo(String dialect) throws Exception {
        Path file = folder.resolve("wiper.yaml");
        Files.writeString(file, """
                schema: uptane-bench/bench/v1
                name: wiper
                dialect: %s
                ecus:
                  - {id: tcu, kind: primary}
                  - {id: wiper, kind: partial-secondary, memory: {banks: 2}, deltas: true, encryption: symmetric}
                """.formatted(dialect));
        BenchConfig config = bench(file);
        try (Car car = cars(config).create("delta-wiper", config.seed(), "wiper")) {
            Ecu wiper = car.ecu("wiper");
            History history = updated(car, wiper, List.of("v2"));

            assertThat(wiper.runs()).isEqualTo(wiper.image("v2").sha256());
            assertThat(history.events(Event.ClearBytesSeen.class)).isEmpty();
            assertThat(SafetyOracle.violations(history)).isEmpty();
        }
    }

    @Test
    void attacksOnDeltasEndAsExpectedAndFindWhoOverlooksThem() {
        BenchConfig config = bench(BENCH);
        List<Scenario> scenarios = Catalogue.load(List.of(), new Problems()).scenarios().stream()
                .filter(scenario -> scenario.traits().contains(Trait.DELTA_IMAGES)).toList();
        CarFactory cars = cars(config);

        Selftest.Outcome outcome = new Selftest(scenarios, Targets.of(config), config.seed(), Checks.all(),
                cars::weakened).run(false, 2);

        assertThat(outcome.failed()).extracting(TrialResult::reason).isEmpty();
        assertThat(outcome.accusations()).extracting(TrialResult::id).isEmpty();
        assertThat(outcome.blind()).isEmpty();
        assertThat(outcome.rows()).filteredOn(row -> row.weakness() == Weakness.ANY_RESULT).singleElement()
                .satisfies(row -> assertThat(row.caughtBy()).containsExactly("UPT-DLT-002"));
    }

    @Test
    void aSingleBankIsNotEnough() throws IOException {
        Path file = folder.resolve("single.yaml");
        Files.writeString(file, """
                schema: uptane-bench/bench/v1
                name: single
                ecus:
                  - {id: tcu, kind: primary}
                  - {id: wiper, kind: partial-secondary, deltas: true}
                """);
        Problems problems = new Problems();
        BenchFile.load(file, problems);
        assertThat(problems.toString()).contains("single.yaml:5:").contains("needs two banks");
    }
}
