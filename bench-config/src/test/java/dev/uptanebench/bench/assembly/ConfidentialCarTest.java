package dev.uptanebench.bench.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.uptanebench.attack.oracle.SafetyOracle;
import dev.uptanebench.attack.run.Plan;
import dev.uptanebench.attack.run.Runner;
import dev.uptanebench.attack.run.Selection;
import dev.uptanebench.attack.run.Selftest;
import dev.uptanebench.attack.run.TrialResult;
import dev.uptanebench.attack.scenario.Catalogue;
import dev.uptanebench.attack.scenario.Scenario;
import dev.uptanebench.attack.stage.Capabilities;
import dev.uptanebench.attack.stage.Car;
import dev.uptanebench.attack.stage.Ecu;
import dev.uptanebench.attack.stage.Stage;
import dev.uptanebench.attack.yaml.Problems;
import dev.uptanebench.bench.config.BenchConfig;
import dev.uptanebench.bench.config.BenchFile;
import dev.uptanebench.bench.config.EcuConfig;
import dev.uptanebench.ecu.image.FirmwareImage;
import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.history.History;
import dev.uptanebench.vehicle.repository.KeyRing;
import dev.uptanebench.vehicle.requirement.Checks;
import dev.uptanebench.vehicle.uptane.RememberedSignatures;
import dev.uptanebench.vehicle.uptane.SigningKey;
import dev.uptanebench.vehicle.uptane.TufSignatures;
import dev.uptanebench.vehicle.uptane.dialect.Feature;
import dev.uptanebench.vehicle.uptane.dialect.KnownDialect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The car whose images nobody else may read: one ECU for each way of encrypting them. */
class ConfidentialCarTest {
    private static final Path BENCH = Path.of("benches/confidential.yaml");

    @TempDir
    private Path folder;

    private static BenchConfig bench(Path file) {
        Problems problems = new Problems();
        BenchConfig config = BenchFile.load(file, problems).orElseThrow(() -> new AssertionError(problems.toString()));
        assertThat(config.ecus()).allSatisfy(ecu -> assertThat(ecu.encryption()).isPresent());
        return config;
    }

    private static CarFactory cars(BenchConfig config) {
        return new CarFactory(config, new KeyRing(config.seed(), config.dialect().dialect()),
                new RememberedSignatures(new TufSignatures()), Checks.all());
    }

    private static List<Scenario> scenarios() {
        return Catalogue.load(List.of(), new Problems()).scenarios().stream()
                .filter(scenario -> scenario.needs().contains(Feature.ENCRYPTED_IMAGES)).toList();
    }

    @ParameterizedTest
    @CsvSource({"gateway, GATEWAY-0001", "lock, LOCK-0001", "sensor, SENSOR-0001"})
    @Tag("U-5.3.2-3")
    @Tag("U-5.3.2.1-s6")
    @Tag("U-5.2.3.1.1-6")
    @Tag("U-5.2.3.1.1-7")
    @Tag("U-5.4.4.2-s10.2.1")
    void anEcuRunsTheClearImageOfWhichNothingWasOnAWire(String id, String serial) throws Exception {
        BenchConfig config = bench(BENCH);
        try (Car car = cars(config).create("secret-" + id, config.seed(), id)) {
            Ecu ecu = car.ecu(id);
            History history = car.world().run("update", () -> {
                Stage stage = new Stage(car, ecu, new Capabilities(Capabilities.Position.OUTSIDE, new TreeSet<>()));
                stage.release("v1");
                stage.publish();
                assertThat(car.primary().update().result()).isEqualTo("installed");
                return car.recorder().history();
            });

            String clear = ecu.image("v1").sha256();
            String sent = ecu.sent("v1").sha256();
            assertThat(ecu.runs()).isEqualTo(clear).isNotEqualTo(sent);
            assertThat(history.events(Event.Received.class).map(Event.Received::sha256)).contains(sent)
                    .doesNotContain(clear);
            assertThat(history.events(Event.ClearBytesSeen.class)).isEmpty();
            assertThat(SafetyOracle.violations(history)).isEmpty();
            assertThat(history.events(Event.ManifestJudged.class).toList().getLast().reports())
                    .filteredOn(report -> report.ecu().equals(serial)).singleElement()
                    .extracting(Event.Report::sha256).isEqualTo(clear);
        }
    }

    /** The whole clear image, and pieces of it, are noticed: the judge of S10 is not blind. */
    @Test
    void clearBytesOnTheBusAreTold() throws Exception {
        BenchConfig config = bench(BENCH);
        try (Car car = cars(config).create("leak", config.seed(), "lock")) {
            Ecu lock = car.ecu("lock");
            History history = car.world().run("leak", () -> {
                Stage stage = new Stage(car, lock, new Capabilities(Capabilities.Position.OUTSIDE, new TreeSet<>()));
                stage.release("v1");
                stage.publish();
                car.recorder().onWire("can0", Arrays.copyOfRange(lock.image("v1").toArray(), 100, 200));
                return car.recorder().history();
            });

            assertThat(SafetyOracle.violations(history)).singleElement()
                    .satisfies(violation -> assertThat(violation.ecu()).isEqualTo("LOCK-0001"));
        }
    }

    @ParameterizedTest
    @EnumSource(KnownDialect.class)
    void attacksOnSecretsBringNoSurpriseInAnyDialect(KnownDialect dialect) throws IOException {
        BenchConfig config = bench(Files.writeString(folder.resolve("bench.yaml"),
                Files.readString(BENCH) + "\ndialect: " + dialect + "\n"));
        List<TrialResult> results = new Runner(cars(config), (result, evidence) -> {}, trial -> "").run(
                Plan.of(scenarios(), Targets.of(config), Selection.all(), config.seed(), 1).trials(), 2, () -> false);

        assertThat(config.dialect()).isEqualTo(dialect);
        assertThat(results).hasSizeGreaterThan(20).filteredOn(result -> !result.asExpected())
                .extracting(result -> result.id() + ' ' + result.verdict() + ' ' + result.reason()).isEmpty();
    }

    @Test
    void everyAttackOnSecretsCanBeNoticedAndNobodyIsAccused() {
        BenchConfig config = bench(BENCH);
        CarFactory cars = cars(config);
        Selftest.Outcome outcome = new Selftest(scenarios(), Targets.of(config), config.seed(), Checks.all(),
                cars::weakened).run(false, 2);

        assertThat(outcome.blind()).isEmpty();
        assertThat(outcome.accusations()).extracting(TrialResult::id).isEmpty();
        assertThat(outcome.failed()).extracting(TrialResult::reason).isEmpty();
        assertThat(outcome.rows()).filteredOn(row -> row.weakness().id().equals("readable-image")).singleElement()
                .satisfies(row -> assertThat(row.caughtBy()).contains("UPT-EAV-001", "UPT-EAV-002", "UPT-EAV-003"));
    }

    /** As {@code flash} does it. */
    @ParameterizedTest
    @CsvSource({"gateway", "lock", "sensor"})
    void oneImageCanBeProgrammed(String id) throws Exception {
        BenchConfig config = bench(BENCH);
        EcuConfig ecu = config.ecus().stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow();
        FirmwareImage image = new FirmwareImage(ecu.memory().base(), new byte[2000]);

        assertThat(Flashing.flash(cars(config), ecu, image, "x.bin", 1).runs()).isTrue();
    }

    @Test
    @Tag("U-5.4.1-6")
    void anEcuDecryptsWithAnotherKeyThanItSignsWith() {
        BenchConfig config = bench(BENCH);
        ImageSet images = new ImageSet(config);
        KeyRing keys = new KeyRing(config.seed(), config.dialect().dialect());

        assertThat(config.ecus()).allSatisfy(ecu -> {
            String signing = keys.key("ecu/" + ecu.serial()).publicKey().value();
            byte[] secret = images.secret(ecu);
            assertThat(SigningKey.ofSeed(secret, key -> "").publicKey().value())
                    .isNotEqualTo(signing);
        });
        assertThat(config.ecus().stream().map(images::secret).map(Arrays::hashCode).distinct())
                .hasSize(config.ecus().size());
    }
}
