package dev.uptanebench.bench.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.uptanebench.attack.oracle.SafetyOracle;
import dev.uptanebench.attack.stage.Capabilities;
import dev.uptanebench.attack.stage.Car;
import dev.uptanebench.attack.stage.Stage;
import dev.uptanebench.attack.yaml.Problems;
import dev.uptanebench.bench.config.BenchConfig;
import dev.uptanebench.bench.config.BenchFile;
import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.repository.KeyRing;
import dev.uptanebench.vehicle.requirement.Checks;
import dev.uptanebench.vehicle.uptane.TufSignatures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Primary that has little room for images on their way to its Secondaries. */
class QuotaTest {
    @TempDir
    private Path folder;

    private static Stage stage(Car car, String ecu) {
        return new Stage(car, car.ecu(ecu), new Capabilities(Capabilities.Position.OUTSIDE, new TreeSet<>()));
    }

    @Test
    void anOrderThatDoesNotFitChangesNothingAndTheNextOneIsInstalled() throws Exception {
        Files.write(folder.resolve("large.bin"), new byte[60 * 1024]);
        Files.write(folder.resolve("small.bin"), new byte[8 * 1024]);
        Problems problems = new Problems();
        BenchConfig config = BenchFile.load(Files.writeString(folder.resolve("bench.yaml"), """
                schema: uptane-bench/bench/v1
                name: little room
                ecus:
                  - {id: tcu, kind: primary, memory: {size: 128KiB, quota: 32KiB}}
                  - {id: brake, kind: full-secondary, images: {v1: small.bin, v2: large.bin}}
                """), problems).orElseThrow(() -> new AssertionError(problems.toString()));
        CarFactory cars = new CarFactory(config, new KeyRing(config.seed(), config.dialect().dialect()),
                new TufSignatures(), Checks.all());
        try (Car car = cars.create("quota", config.seed(), "brake")) {
            car.world().run("update", () -> {
                Stage stage = stage(car, "brake");
                stage.release("v1");
                stage.publish();
                assertThat(car.primary().update().result()).isEqualTo("installed");
                stage.release("v2");
                stage.publish();
                assertThat(car.primary().update()).satisfies(outcome -> {
                    assertThat(outcome.result()).isEqualTo("failed");
                    assertThat(outcome.detail())
                            .isEqualTo("the images of this order have more than the 32768 bytes there is room for");
                });
                assertThat(car.ecu("brake").runs()).isEqualTo(car.ecu("brake").image("v1").sha256());
                stage.release("v3");
                stage.publish();
                assertThat(car.primary().update().result()).isEqualTo("installed");
                return true;
            });

            assertThat(car.recorder().history().events(Event.Received.class).map(Event.Received::length))
                    .allMatch(length -> length < 60 * 1024);
            assertThat(SafetyOracle.violations(car.recorder().history())).isEmpty();
        }
    }
}
