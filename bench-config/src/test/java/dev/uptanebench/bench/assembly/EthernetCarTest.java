package dev.uptanebench.bench.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.uptanebench.attack.stage.Car;
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
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A car with ECUs on CAN and on Ethernet. */
class EthernetCarTest {
    private static final Path BENCH = Path.of(System.getProperty("bench.home", ".."),
            "bench-config/benches/ethernet.yaml");

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
}
