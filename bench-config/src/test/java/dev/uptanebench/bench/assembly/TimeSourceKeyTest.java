package dev.uptanebench.bench.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.uptanebench.attack.stage.Capabilities;
import dev.uptanebench.attack.stage.Car;
import dev.uptanebench.attack.stage.Stage;
import dev.uptanebench.attack.step.RotateTimeKey;
import dev.uptanebench.attack.yaml.Problems;
import dev.uptanebench.bench.config.BenchConfig;
import dev.uptanebench.bench.config.BenchFile;
import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.history.History;
import dev.uptanebench.vehicle.http.Response;
import dev.uptanebench.vehicle.repository.KeyRing;
import dev.uptanebench.vehicle.repository.TimeSource;
import dev.uptanebench.vehicle.requirement.Checks;
import dev.uptanebench.vehicle.uptane.PublicKey;
import dev.uptanebench.vehicle.uptane.SigningKey;
import dev.uptanebench.vehicle.uptane.TufSignatures;
import dev.uptanebench.vehicle.uptane.dialect.TufJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where ECUs have the time from, in a whole car. */
class TimeSourceKeyTest {
    @TempDir
    private Path folder;

    private History played(String id, String primary, String secondary, boolean rotated) throws Exception {
        return played(id, primary, secondary, stage -> {
            if (rotated) {
                new RotateTimeKey().perform(stage);
            }
        });
    }

    private History played(String id, String primary, String secondary, Consumer<Stage> first) throws Exception {
        Problems problems = new Problems();
        BenchConfig config = BenchFile.load(bench(primary, secondary), problems)
                .orElseThrow(() -> new AssertionError(problems.toString()));
        CarFactory cars = new CarFactory(config, new KeyRing(config.seed(), new TufJson()), new TufSignatures(),
                Checks.all());
        try (Car car = cars.create("clocks-" + id + primary + secondary, 1, id)) {
            return car.world().run("update", () -> {
                Stage stage = new Stage(car, car.ecu(id),
                        new Capabilities(Capabilities.Position.OUTSIDE, new TreeSet<>()));
                first.accept(stage);
                stage.release("v1");
                stage.publish();
                assertThat(car.primary().update().result()).isEqualTo("installed");
                return car.recorder().history();
            });
        }
    }

    private Path bench(String primary, String secondary) throws IOException {
        return Files.writeString(folder.resolve("bench.yaml"), """
                schema: uptane-bench/bench/v1
                name: clocks
                clockError: PT5S
                ecus:
                - {id: tcu, kind: primary, time: %s}
                - {id: brake, kind: full-secondary, time: %s}
                - {id: door, kind: partial-secondary, time: %s}
                """.formatted(primary, secondary, secondary));
    }

    @ParameterizedTest
    @CsvSource({"tcu, TCU-0001", "brake, BRAKE-0001", "door, DOOR-0001"})
    @Tag("U-5.4.2.2-1")
    @Tag("U-5.4.3.1-1")
    @Tag("U-5.4.4.1-s1")
    @Tag("U-5.4.4.2-s1")
    void aNewKeyOfTheTimeSourceIsFollowedInTheSameUpdateAndIsNoAttack(String id, String serial) throws Exception {
        History history = played(id, "attested", "attested", true);

        List<Class<?>> ofTime = history.entries().stream().<Class<?>>map(entry -> switch (entry.event()) {
            case Event.TimeReset reset when reset.ecu().equals(serial) -> Event.TimeReset.class;
            case Event.TimeAccepted accepted when accepted.ecu().equals(serial) -> Event.TimeAccepted.class;
            case Event.Installed installed when installed.ecu().equals(serial) && installed.programmed() > 0 ->
                Event.Installed.class;
            default -> Object.class;
        }).filter(type -> type != Object.class).distinct().toList();
        assertThat(ofTime).startsWith(Event.TimeReset.class, Event.TimeAccepted.class, Event.Installed.class);
        assertThat(history.events(Event.ManifestJudged.class).toList().getLast().reports())
                .allSatisfy(report -> assertThat(report.attacksDetected()).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"brake, BRAKE-0001", "door, DOOR-0001"})
    void whoeverKeepsTheTimeFromACarDoesNotHoldItsUpdatesUp(String id, String serial) throws Exception {
        History history = played(id, "attested", "attested", stage -> stage.car().server()
                .intercept((request, onward) -> request.path().equals("time")
                        ? Response.swallowed()
                        : onward.respond(request)));

        assertThat(history.events(Event.TimeAccepted.class)).isEmpty();
        assertThat(history.events(Event.Installed.class).filter(installed -> installed.programmed() > 0)
                .map(Event.Installed::ecu)).containsExactly(serial);
    }

    @Test
    void theKeyCanBeReplacedAgainAndAgain() throws Exception {
        List<PublicKey> keys = new ArrayList<>();
        played("brake", "attested", "attested", stage -> {
            for (int i = 0; i < 3; i++) {
                keys.add(stage.car().time().key().publicKey());
                new RotateTimeKey().perform(stage);
            }
            keys.add(stage.car().time().key().publicKey());
        });

        assertThat(keys).hasSize(4).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({"brake, BRAKE-0001", "door, DOOR-0001"})
    void whatASecondaryDetectedIsToldAlthoughTheTimeWasRefusedBefore(String id, String serial) throws Exception {
        History history = played(id, "attested", "attested", stage -> {
            SigningKey thief = stage.car().keys().key("thief");
            stage.car().server().intercept((request, onward) -> request.path().equals("time")
                    ? Response.ok(new TimeSource(stage.car().world()::instant, stage.car().keys().dialect(), thief)
                            .attest(stage.car().world().instant(), request.body().toUtf8().lines().toList()))
                    : onward.respond(request));
        });

        assertThat(history.events(Event.ManifestJudged.class).toList().getLast().reports())
                .filteredOn(report -> report.ecu().equals(serial)).singleElement()
                .satisfies(report -> assertThat(report.attacksDetected()).containsExactly("time-spoof-primary"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcu", "brake", "door"})
    @Tag("U-5.4-10")
    @Tag("U-5.3-2")
    void anEcuWithASourceOfItsOwnIsToldNothingAndUpdates(String id) throws Exception {
        History history = played(id, "external", "external", true);

        assertThat(history.events(Event.Received.class).map(Event.Received::artefact)).doesNotContain("time",
                "did/F1A2");
        assertThat(history.events(Event.TimeAccepted.class).map(Event.TimeAccepted::ecu)).contains("TCU-0001");
        assertThat(history.events(Event.TimeReset.class)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"brake, external, attested", "door, external, attested", "brake, attested, external",
            "door, attested, external"})
    void sourcesCanDifferWithinACar(String id, String primary, String secondary) throws Exception {
        History history = played(id, primary, secondary, false);

        assertThat(history.events(Event.Received.class).map(Event.Received::artefact)
                .anyMatch(artefact -> artefact.equals("did/F1A2"))).isEqualTo(secondary.equals("attested"));
        assertThat(history.events(Event.TimeAccepted.class).map(Event.TimeAccepted::ecu).distinct()).hasSize(2);
    }
}
