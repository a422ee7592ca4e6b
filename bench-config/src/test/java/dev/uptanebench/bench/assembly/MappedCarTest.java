package dev.uptanebench.bench.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.uptanebench.attack.oracle.SafetyOracle;
import dev.uptanebench.attack.run.Plan;
import dev.uptanebench.attack.run.Runner;
import dev.uptanebench.attack.run.Selection;
import dev.uptanebench.attack.run.Selftest;
import dev.uptanebench.attack.run.TargetInfo;
import dev.uptanebench.attack.run.TrialResult;
import dev.uptanebench.ecu.unit.EcuKind;
import dev.uptanebench.attack.scenario.Catalogue;
import dev.uptanebench.attack.scenario.Scenario;
import dev.uptanebench.attack.stage.Capabilities;
import dev.uptanebench.attack.stage.Car;
import dev.uptanebench.attack.stage.Ecu;
import dev.uptanebench.attack.stage.Stage;
import dev.uptanebench.attack.yaml.Problems;
import dev.uptanebench.bench.config.BenchConfig;
import dev.uptanebench.bench.config.BenchFile;
import dev.uptanebench.ecu.weakened.Weakness;
import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.history.History;
import dev.uptanebench.vehicle.repository.KeyRing;
import dev.uptanebench.vehicle.requirement.Checks;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.RememberedSignatures;
import dev.uptanebench.vehicle.uptane.RoleType;
import dev.uptanebench.vehicle.uptane.TufSignatures;
import dev.uptanebench.vehicle.uptane.dialect.KnownDialect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The car with a second Image repository. */
class MappedCarTest {
    private static final Path BENCH = Path.of("benches/map.yaml");

    @TempDir
    private Path folder;

    private static BenchConfig bench(Path file) {
        Problems problems = new Problems();
        return BenchFile.load(file, problems).orElseThrow(() -> new AssertionError(problems.toString()));
    }

    private static CarFactory cars(BenchConfig config) {
        return new CarFactory(config, new KeyRing(config.seed(), config.dialect().dialect()),
                new RememberedSignatures(new TufSignatures()), Checks.all());
    }

    private static List<Scenario> scenarios() {
        return Catalogue.load(List.of(), new Problems()).scenarios().stream()
                .filter(scenario -> scenario.tags().contains("map")).toList();
    }

    @ParameterizedTest
    @CsvSource({"brake, true", "gauge, false", "door, true", "lamp, false", "telematics, false"})
    @Tag("U-5.2.6-1")
    @Tag("U-5.2.6-2")
    @Tag("U-5.2.6-3")
    @Tag("U-5.4.4.2-3")
    void anImageIsInstalledOnTheWordOfThoseThatTheMapAsks(String id, boolean supplier) throws Exception {
        BenchConfig config = bench(BENCH);
        try (Car car = cars(config).create("mapped-" + id, config.seed(), id)) {
            Ecu ecu = car.ecu(id);
            History history = car.world().run("update", () -> {
                Stage stage = new Stage(car, ecu, new Capabilities(Capabilities.Position.OUTSIDE, new TreeSet<>()));
                stage.release("v1");
                stage.publish();
                assertThat(car.primary().update().result()).isEqualTo("installed");
                return car.recorder().history();
            });

            assertThat(ecu.runs()).isEqualTo(ecu.image("v1").sha256());
            assertThat(history.events(Event.Received.class).map(Event.Received::artefact)
                    .anyMatch(file -> file.startsWith("supplier/targets") || file.startsWith("supplier/2.targets")))
                    .isEqualTo(supplier);
            assertThat(SafetyOracle.violations(history)).isEmpty();
        }
    }

    /** A mirror that is not there is passed over; the file of the map says the same as the bench file. */
    @Test
    void theMapMayBeAFileThatNamesSeveralServers() throws Exception {
        Files.writeString(folder.resolve("map.json"), """
                {"repositories": {"director": ["http://down/director", "http://backend/director"],
                                  "image": ["http://backend/elsewhere", "http://backend/image"]},
                 "mapping": [{"paths": ["*"], "repositories": ["director", "image"], "terminating": true,
                              "threshold": 2}]}
                """);
        BenchConfig config = bench(Files.writeString(folder.resolve("bench.yaml"), """
                schema: uptane-bench/bench/v1
                name: mirrors
                map: map.json
                ecus: [{id: tcu, kind: primary}]
                """));
        try (Car car = cars(config).create("mirrors", 1, "tcu")) {
            String result = car.world().run("update", () -> {
                Stage stage = new Stage(car, car.ecu("tcu"),
                        new Capabilities(Capabilities.Position.OUTSIDE, new TreeSet<>()));
                stage.release("v1");
                stage.publish();
                return car.primary().update().result();
            });

            assertThat(result).isEqualTo("installed");
        }
    }

    @Test
    @Tag("U-5.4.4.2-4")
    void aRepositoryThatWasNotNeededAndCannotBeBelievedIsTold() throws Exception {
        BenchConfig config = bench(Files.writeString(folder.resolve("bench.yaml"), """
                schema: uptane-bench/bench/v1
                name: two of three
                repositories: [supplier]
                map:
                  - {paths: ["*"], repositories: [director, supplier, image], threshold: 2}
                ecus: [{id: tcu, kind: primary}]
                """));
        try (Car car = cars(config).create("two-of-three", 1, "tcu")) {
            History history = car.world().run("update", () -> {
                Stage stage = new Stage(car, car.ecu("tcu"),
                        new Capabilities(Capabilities.Position.OUTSIDE, new TreeSet<>()));
                stage.release("v1");
                car.allMetadata().stream().filter(metadata -> metadata.name().id().equals("supplier"))
                        .forEach(metadata -> metadata.editor().signWith(RoleType.TIMESTAMP,
                                List.of(new KeyRing(9, config.dialect().dialect()).key("thief"))));
                stage.publish();
                assertThat(car.primary().update().result()).isEqualTo("installed");
                return car.recorder().history();
            });

            assertThat(history.events(Event.Refused.class).map(refused -> refused.requirement().id()))
                    .containsExactly("U-5.4.4.4-s2");
            assertThat(history.events(Event.ManifestJudged.class).reduce((_, last) -> last).orElseThrow().reports())
                    .anySatisfy(report -> assertThat(report.attacksDetected()).isNotEmpty());
        }
    }

    @Test
    @Tag("U-5.2.6-1")
    void aPrimaryWithoutAMapUpdatesNothing() throws Exception {
        BenchConfig config = bench(BENCH);
        try (Car car = cars(config).create("lost", 1, "brake")) {
            car.world().run("update", () -> {
                Stage stage = new Stage(car, car.ecu("brake"),
                        new Capabilities(Capabilities.Position.OUTSIDE, new TreeSet<>()));
                stage.release("v1");
                stage.publish();
                car.primary().parts().store().replaceMap(null);
                assertThat(car.primary().update().detail()).contains("U-5.2.6-1");
                car.primary().parts().store().replaceMap(Bytes.utf8("{}"));
                assertThat(car.primary().update().detail()).contains("U-5.2.6-2");
                return true;
            });

            assertThat(car.recorder().history().events(Event.Received.class).map(Event.Received::artefact))
                    .noneMatch(file -> file.startsWith("director/"));
        }
    }

    @ParameterizedTest
    @EnumSource(KnownDialect.class)
    void attacksOnAMapBringNoSurpriseInAnyDialect(KnownDialect dialect) throws IOException {
        BenchConfig config = bench(Files.writeString(folder.resolve("bench.yaml"),
                Files.readString(BENCH) + "\ndialect: " + dialect + "\n"));
        List<TrialResult> results = new Runner(cars(config), (result, evidence) -> {}, trial -> "").run(
                Plan.of(scenarios(), Targets.of(config), Selection.all(), config.seed(), 1).trials(), 2, () -> false);

        assertThat(config.dialect()).isEqualTo(dialect);
        assertThat(results).hasSizeGreaterThan(12).filteredOn(result -> !result.asExpected())
                .extracting(result -> result.id() + ' ' + result.verdict() + ' ' + result.reason()).isEmpty();
    }

    /** In the car as it comes two repositories are enough for the Primary's own images; here three are asked. */
    @Test
    void attacksOnThePrimaryItselfCanBeNoticedTooAndNobodyIsAccused() throws IOException {
        String asked = Files.readString(BENCH).replace("[telematics-*, ", "[").replace("[brake-*, ",
                "[telematics-*, brake-*, ");
        BenchConfig config = bench(Files.writeString(folder.resolve("bench.yaml"), asked));
        List<TargetInfo> primary = Targets.of(config).stream().filter(target -> target.kind() == EcuKind.PRIMARY)
                .toList();
        Selftest.Outcome outcome = new Selftest(scenarios(), primary, config.seed(), Checks.all(),
                cars(config)::weakened).run(false, 2);

        assertThat(outcome.blind()).isEmpty();
        assertThat(outcome.accusations()).extracting(TrialResult::id).isEmpty();
        assertThat(outcome.failed()).extracting(TrialResult::reason).isEmpty();
        assertThat(outcome.rows()).filteredOn(row -> row.weakness() == Weakness.ANY_REPOSITORY).singleElement()
                .satisfies(row -> assertThat(row.caughtBy()).contains("UPT-ARB-013", "UPT-ARB-014"));
    }

    @Test
    void everyAttackOnAMapCanBeNoticedAndNobodyIsAccused() {
        BenchConfig config = bench(BENCH);
        Selftest.Outcome outcome = new Selftest(scenarios(), Targets.of(config), config.seed(), Checks.all(),
                cars(config)::weakened).run(false, 2);

        assertThat(outcome.blind()).isEmpty();
        assertThat(outcome.accusations()).extracting(TrialResult::id).isEmpty();
        assertThat(outcome.failed()).extracting(TrialResult::reason).isEmpty();
        assertThat(outcome.rows()).filteredOn(row -> row.weakness() == Weakness.ANY_REPOSITORY).singleElement()
                .satisfies(row -> assertThat(row.caughtBy()).contains("UPT-ARB-013", "UPT-ARB-014", "UPT-ARB-015"));
    }
}
