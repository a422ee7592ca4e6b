package dev.uptanebench.bench.serve;

import dev.uptanebench.attack.yaml.Problems;
import dev.uptanebench.bench.config.BenchConfig;
import dev.uptanebench.bench.config.BenchFile;
import dev.uptanebench.vehicle.repository.BundleResolution.Relations;
import dev.uptanebench.vehicle.repository.Decision;
import dev.uptanebench.vehicle.repository.sql.SqlInventory;
import dev.uptanebench.vehicle.uptane.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A server in this process, with a state folder of its own; started again, it goes on from there. */
final class RunningServer implements AutoCloseable {
    static final String VIN = "WUB00000000000001";

    private final Path folder;
    private Optional<Serving> serving = Optional.empty();

    /** @param folder in which the state, {@code s}, and bench files lie */
    RunningServer(Path folder) {
        this.folder = folder;
    }

    /** One that comes with the bench. */
    static BenchConfig bench(String name) {
        return BenchFile.load(Path.of(System.getProperty("bench.home", ".."), "bench-config/benches", name),
                new Problems()).orElseThrow();
    }

    /** One with these ECUs, and whatever else stands there. */
    BenchConfig benchOf(String ecus) throws IOException {
        return BenchFile.load(Files.writeString(folder.resolve("b.yaml"), """
                schema: uptane-bench/bench/v1
                name: one car
                ecus:
                """ + ecus), new Problems()).orElseThrow();
    }

    void start(BenchConfig config) throws IOException {
        start(config, Optional.empty());
    }

    void start(BenchConfig config, Optional<Path> offlineKeys) throws IOException {
        close();
        serving = Optional.of(Serving.start(config,
                new ServeSettings(state(), "127.0.0.1", 0, 0, Optional.empty(), offlineKeys)));
    }

    Path state() {
        return folder.resolve("s");
    }

    ServerUrls urls() {
        return serving.orElseThrow().urls();
    }

    Path provisioning(String vin) {
        return serving.orElseThrow().provisioning(vin);
    }

    /** The first of the bench file. */
    ProvisionedVehicle vehicle() throws IOException {
        return ProvisionedVehicle.of(provisioning(VIN));
    }

    /** @param in the Image repositories that list it; none for all that the map asks */
    ControlClient.Answer release(Bytes image, String serial, String name, String... in) throws IOException {
        return ControlClient.release(state(), image.toArray(), serial, name, null, Relations.NONE, "targets",
                List.of(in));
    }

    List<Decision> decisions(String vin) {
        try (SqlInventory inventory = new SqlInventory("jdbc:sqlite:" + state().resolve("inventory.sqlite"))) {
            return inventory.decisions(vin, 100);
        }
    }

    /** Why, of every decision of that kind about the first vehicle. */
    List<String> said(Decision.Kind kind) {
        return decisions(VIN).stream().filter(decision -> decision.kind() == kind).map(Decision::why).toList();
    }

    @Override
    public void close() {
        serving.ifPresent(Serving::close);
        serving = Optional.empty();
    }
}
