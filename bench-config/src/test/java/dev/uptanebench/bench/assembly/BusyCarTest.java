package dev.uptanebench.bench.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.uptanebench.attack.stage.Car;
import dev.uptanebench.attack.yaml.Problems;
import dev.uptanebench.bench.config.BenchConfig;
import dev.uptanebench.bench.config.BenchFile;
import dev.uptanebench.bench.config.EcuConfig;
import dev.uptanebench.ecu.image.FirmwareImage;
import dev.uptanebench.vehicle.kernel.RandomStream;
import dev.uptanebench.vehicle.repository.KeyRing;
import dev.uptanebench.vehicle.uptane.TufSignatures;
import dev.uptanebench.vehicle.uptane.dialect.TufJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An update on a bus that has other things to carry. */
class BusyCarTest {
    private static final Path BUSY = Path.of(System.getProperty("bench.home", ".."), "bench-config/benches/busy.yaml");

    @TempDir
    private Path folder;

    private static BenchConfig load(Path file) {
        return BenchFile.load(file, new Problems()).orElseThrow();
    }

    private static Flashing.Result flash(BenchConfig config) throws ExecutionException {
        EcuConfig brake = config.ecus().get(1);
        CarFactory cars = new CarFactory(config, new KeyRing(1, new TufJson()), new TufSignatures(),
                config.yardstick().profile().checks());
        try (Car car = cars.create("busy", 1, brake.id())) {
            return Flashing.flash(car, brake, new FirmwareImage(brake.memory().base(),
                    RandomStream.of(1, "image").nextBytes(20_000)), "busy.bin", () -> {});
        }
    }

    @Test
    void anUpdateTakesLongerWhereItCompetesForTheBus() throws Exception {
        Path alone = Files.writeString(folder.resolve("alone.yaml"),
                Files.readString(BUSY).replaceAll("(?s)    restbus:.*?\n\n", "\n"));

        Flashing.Result busy = flash(load(BUSY));
        Flashing.Result quiet = flash(load(alone));

        assertThat(busy.runs()).isTrue();
        assertThat(quiet.runs()).isTrue();
        assertThat(busy.programming()).isGreaterThan(quiet.programming().multipliedBy(3).dividedBy(2));
    }
}
