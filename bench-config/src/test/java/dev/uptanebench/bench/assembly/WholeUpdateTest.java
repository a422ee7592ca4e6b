package dev.uptanebench.bench.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.uptanebench.attack.stage.Capabilities;
import dev.uptanebench.attack.stage.Car;
import dev.uptanebench.attack.stage.Ecu;
import dev.uptanebench.attack.stage.Stage;
import dev.uptanebench.attack.yaml.Problems;
import dev.uptanebench.bench.config.BenchConfig;
import dev.uptanebench.bench.config.BenchFile;
import dev.uptanebench.vehicle.history.Entry;
import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.history.History;
import dev.uptanebench.vehicle.repository.ImageRepository;
import dev.uptanebench.vehicle.repository.KeyRing;
import dev.uptanebench.vehicle.requirement.Checks;
import dev.uptanebench.vehicle.uptane.TufSignatures;
import dev.uptanebench.vehicle.uptane.dialect.TufJson;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One update of one ECU of the default car, seen from outside: what its history tells. */
class WholeUpdateTest {
    private static final String PRIMARY = "TCU-0001";

    private static History update(String target, Consumer<Stage> release) {
        BenchConfig config = BenchFile.load(Path.of("benches/default.yaml"), new Problems()).orElseThrow();
        CarFactory cars = new CarFactory(config, new KeyRing(config.seed(), new TufJson()), new TufSignatures(),
                Checks.all());
        try (Car car = cars.create("whole-" + target, config.seed(), target)) {
            return car.world().run("update", () -> {
                Stage stage = new Stage(car, car.ecu(target),
                        new Capabilities(Capabilities.Position.OUTSIDE, new TreeSet<>()));
                stage.beat("update");
                release.accept(stage);
                stage.publish();
                car.primary().update();
                return car.recorder().history();
            });
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static History update(String target) {
        return update(target, stage -> stage.release("v1"));
    }

    private static Entry entry(History history, Predicate<Event> what) {
        return history.beat("update").stream().filter(entry -> what.test(entry.event())).findFirst().orElseThrow();
    }

    private static List<String> files(History history, String receiver) {
        return history.events(Event.Received.class).filter(event -> event.receiver().equals(receiver))
                .map(Event.Received::artefact).filter(artefact -> artefact.matches("(director|image)/\\w+\\.json"))
                .toList();
    }

    private static List<Event.ManifestJudged> manifests(History history) {
        return history.events(Event.ManifestJudged.class).toList();
    }

    private static Event.Report report(Event.ManifestJudged manifest, String serial) {
        return manifest.reports().stream().filter(report -> report.ecu().equals(serial)).findFirst().orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({"TCU-0001, 8", "BRAKE-0001, 8", "DOOR-0001, 2"})
    @Tag("U-5.4.1-1")
    @Tag("U-5.4.1-2")
    @Tag("U-5.4.1-3")
    void anEcuLeavesTheFactoryWithTheMetadataOfItsKind(String serial, int files) {
        List<String> trusted = update("brake").entries().stream().takeWhile(entry -> entry.at() == 0)
                .map(Entry::event).filter(Event.Trusted.class::isInstance).map(Event.Trusted.class::cast)
                .filter(event -> event.ecu().equals(serial)).map(event -> event.repository() + '/' + event.role())
                .toList();

        assertThat(trusted).hasSize(files).contains("director/root", "director/targets");
    }

    @ParameterizedTest
    @ValueSource(strings = {PRIMARY + " telematics", "BRAKE-0001 brake", "DOOR-0001 door"})
    @Tag("U-5.4.2-s2")
    @Tag("U-5.4.2-s5")
    @Tag("U-5.4.2.5-1")
    @Tag("U-5.4.3-s1")
    void anEcuLearnsTheAttestedTimeBeforeItBelievesAnyMetadata(String serialAndId) {
        String serial = serialAndId.split(" ")[0];
        History history = update(serialAndId.split(" ")[1]);

        Entry told = entry(history, event -> event instanceof Event.TimeAccepted time && time.ecu().equals(serial));
        Entry believed = entry(history, event -> event instanceof Event.Trusted file && file.ecu().equals(serial));
        assertThat(told.sequence()).isLessThan(believed.sequence());
    }

    @Test
    @Tag("U-5.4-7")
    @Tag("U-5.4.4-2")
    @Tag("U-5.4.4.2-2")
    @Tag("U-5.4.2.6-2")
    @Tag("U-5.4.3.2-1")
    void aFullSecondaryGetsAllRolesOfBothRepositories() {
        History history = update("brake");

        assertThat(files(history, "BRAKE-0001")).containsExactly("director/timestamp.json", "director/snapshot.json",
                "director/targets.json", "image/timestamp.json", "image/snapshot.json", "image/targets.json");
        assertThat(history.beat("update").stream().map(Entry::event).filter(Event.Trusted.class::isInstance)
                .map(Event.Trusted.class::cast).filter(event -> event.ecu().equals("BRAKE-0001"))
                .map(event -> event.repository() + '/' + event.role())).containsExactly("director/timestamp",
                        "director/snapshot", "director/targets", "image/timestamp", "image/snapshot", "image/targets");
    }

    @Test
    @Tag("U-5.4.2.6-2")
    void aPartialSecondaryGetsTheDirectorsTargetsAlone() {
        assertThat(files(update("door"), "DOOR-0001")).containsExactly("director/targets.json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"BRAKE-0001 brake", "DOOR-0001 door"})
    @Tag("U-5.4.3.3-1")
    @Tag("U-5.4.3.3-2")
    @Tag("U-5.4.3.4-1")
    @Tag("U-5.4.3.5-1")
    void anImageComesOnlyAfterItsMetadataIsBelievedAndStartsOnlyWhenItIsWhole(String serialAndId) {
        String serial = serialAndId.split(" ")[0];
        History history = update(serialAndId.split(" ")[1]);

        Entry believed = entry(history, event -> event instanceof Event.Trusted file && file.ecu().equals(serial)
                && file.role().equals("targets") && file.repository().equals("director"));
        Entry installed = entry(history, event -> event instanceof Event.Installed which && which.ecu().equals(serial));
        Entry booted = entry(history, event -> event instanceof Event.Booted which && which.ecu().equals(serial));
        assertThat(((Event.Installed) installed.event()).programmed()).isGreaterThan(believed.at());
        assertThat(booted.sequence()).isGreaterThan(installed.sequence());
    }

    @Test
    @Tag("U-5.4.1-5")
    @Tag("U-5.4.2.1-1")
    @Tag("U-5.4.2.1.1-2")
    @Tag("U-5.4.2.1.1-3")
    @Tag("U-5.4.2.1.2-2")
    @Tag("U-5.4.2.1.2-3")
    @Tag("U-5.4.2.1.2-5")
    @Tag("U-5.4.2.1.2-6")
    @Tag("U-5.4.2.1.2-7")
    @Tag("U-5.4.3.6-1")
    @Tag("U-5.4.2-s1")
    @Tag("U-5.4.3-s6")
    void beforeAndAfterAnUpdateTheManifestTellsWhatEveryEcuRuns() {
        History history = update("brake");
        Event.ManifestJudged before = manifests(history).getFirst();
        Event.ManifestJudged after = manifests(history).getLast();

        assertThat(List.of(before.accepted(), after.accepted())).containsOnly(true);
        assertThat(after.vin()).isEqualTo("WUB00000000000001");
        assertThat(after.reports()).extracting(Event.Report::ecu).containsExactlyInAnyOrder(PRIMARY, "BRAKE-0001",
                "CLUSTER-0001", "DOOR-0001", "SEAT-0001");
        String runs = history.events(Event.Booted.class).filter(event -> event.ecu().equals("BRAKE-0001"))
                .map(Event.Booted::sha256).toList().getLast();
        assertThat(report(after, "BRAKE-0001").sha256()).isEqualTo(runs);
        assertThat(report(after, "BRAKE-0001").filename()).isEqualTo("brake-v1.bin");
        assertThat(report(after, "BRAKE-0001").reportCounter())
                .isGreaterThan(report(before, "BRAKE-0001").reportCounter());
        assertThat(report(after, "BRAKE-0001").time()).isEqualTo(history.events(Event.TimeAccepted.class)
                .filter(event -> event.ecu().equals("BRAKE-0001")).findFirst().orElseThrow().time());
    }

    @Test
    @Tag("U-5.4.3.2-2")
    @Tag("U-5.4.3.3-5")
    @Tag("U-5.4.3.4-3")
    @Tag("U-5.4.4-4")
    @Tag("U-3.2.2.1-1")
    @Tag("U-5.4-6")
    @Tag("U-5.4.4-1")
    @Tag("U-5.4.4.2-1")
    void afterARefusalTheOldImageStaysAndTheReportNamesTheAttack() {
        History history = update("telematics", stage -> {
            Ecu ecu = stage.target();
            String model = ecu.identity().hardwareId();
            stage.car().director().order("unknown.bin", ImageRepository.target(ecu.image("v1"), List.of(model), 1),
                    ecu.identity().serial(), model);
        });
        Event.Report told = report(manifests(history).getLast(), PRIMARY);

        assertThat(history.beat("update").stream().map(Entry::event)).noneMatch(Event.Installed.class::isInstance);
        assertThat(told.attacksDetected()).containsExactly("arbitrary-software");
        assertThat(told.filename()).isEqualTo(report(manifests(history).getFirst(), PRIMARY).filename());
    }

    @ParameterizedTest
    @CsvSource({"PT1H, 0, 0", "P30D, 6, 0", "P91D, 6, 1"})
    @Tag("U-5.4.2.6-1")
    void aSecondaryWithoutAnOrderGetsNewMetadataOnceItsOwnHasExpired(Duration pause, int full, int partial) {
        History history = update("telematics", stage -> {
            stage.car().world().sleep(pause);
            stage.release("v1");
        });

        assertThat(files(history, "CLUSTER-0001")).hasSize(full);
        assertThat(files(history, "SEAT-0001")).hasSize(partial);
    }

    @Test
    @Tag("U-5.4.3.3-s4")
    void anEcuForWhichNothingIsOrderedIsLeftAsItIs() {
        History history = update("brake");

        assertThat(history.beat("update").stream().map(Entry::event).filter(Event.Installed.class::isInstance)
                .map(event -> ((Event.Installed) event).ecu())).containsExactly("BRAKE-0001");
    }
}
