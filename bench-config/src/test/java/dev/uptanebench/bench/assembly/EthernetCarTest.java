package dev.uptanebench.bench.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.uptanebench.attack.primitive.position.Eavesdrop;
import dev.uptanebench.attack.stage.Capabilities;
import dev.uptanebench.attack.stage.Car;
import dev.uptanebench.attack.stage.Stage;
import dev.uptanebench.attack.yaml.Problems;
import dev.uptanebench.bench.config.BenchConfig;
import dev.uptanebench.bench.config.BenchFile;
import dev.uptanebench.bench.config.EcuConfig;
import dev.uptanebench.ecu.image.FirmwareImage;
import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.history.History;
import dev.uptanebench.vehicle.kernel.RandomStream;
import dev.uptanebench.vehicle.repository.KeyRing;
import dev.uptanebench.vehicle.uptane.TufSignatures;
import dev.uptanebench.vehicle.uptane.dialect.TufJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A car with ECUs on CAN and on Ethernet. */
class EthernetCarTest {
    private static final Path BENCH = Path.of(System.getProperty("bench.home", ".."),
            "bench-config/benches/ethernet.yaml");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"brake, false", "camera, true", "radar, true"})
    void eachEcuIsUpdatedOverItsOwnNetwork(String id, boolean ethernet) throws Exception {
        BenchConfig config = BenchFile.load(BENCH, new Problems()).orElseThrow();
        EcuConfig ecu = config.secondaries().stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow();
        CarFactory cars = new CarFactory(config, new KeyRing(1, new TufJson()), new TufSignatures(),
                config.yardstick().profile().checks());
        Flashing.Result result;
        History history;
        try (Car car = cars.create("ethernet", 1, id)) {
            result = Flashing.flash(car, ecu, new FirmwareImage(ecu.memory().base(),
                    RandomStream.of(1, "image").nextBytes(20_000)), "image.bin", () -> {});
            history = car.recorder().history();
        }

        assertThat(result.runs()).isTrue();
        assertThat(history.events(Event.Received.class).filter(file -> file.receiver().equals(ecu.serial())))
                .isNotEmpty().allSatisfy(file -> assertThat(file.channel()).isEqualTo(ethernet ? "adas" : "body"));
        assertThat(history.events(Event.EthernetMessage.class).anyMatch(message -> message.length() > 4000))
                .isEqualTo(ethernet);
    }

    @ParameterizedTest
    @ValueSource(strings = {"brake", "camera"})
    void whoListensHasReadNothingBeforeSomethingIsSentToTheTarget(String id) throws Exception {
        Path file = folder.resolve("bench.yaml");
        Files.writeString(file, """
                schema: uptane-bench/bench/v1
                name: a car with secrets on two networks
                buses: [{id: body}, {id: adas, kind: ethernet}]
                ecus:
                - {id: gateway, kind: primary, bus: body}
                - {id: brake, kind: full-secondary, bus: body, encryption: wrapped}
                - {id: camera, kind: full-secondary, bus: adas, encryption: wrapped}
                """);
        BenchConfig config = BenchFile.load(file, new Problems()).orElseThrow();
        CarFactory cars = new CarFactory(config, new KeyRing(1, new TufJson()), new TufSignatures(),
                config.yardstick().profile().checks());
        Capabilities onBus = new Capabilities(Capabilities.Position.BUS, new TreeSet<>());
        try (Car car = cars.create("eavesdrop", 1, id)) {
            History before = car.world().run("listen", () -> {
                Stage stage = new Stage(car, car.ecu(id), onBus);
                new Eavesdrop().perform(stage);
                return car.recorder().history();
            });
            assertThat(before.events(Event.Manipulated.class)).isEmpty();

            car.world().run("manifest", () -> {
                car.primary().sendManifest();
                return true;
            });
            assertThat(car.recorder().history().events(Event.Manipulated.class)).singleElement()
                    .satisfies(read -> assertThat(read.receiver()).isEqualTo(car.ecu(id).identity().serial()));
        }
    }
}
