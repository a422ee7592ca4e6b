package dev.uptanebench.bench.serve;

import dev.uptanebench.bench.config.ServeConfig;
import dev.uptanebench.bench.state.KeyFolder;
import dev.uptanebench.bench.state.PrivateFiles;
import dev.uptanebench.vehicle.repository.BundleResolution.Relations;
import dev.uptanebench.vehicle.repository.Inventory;
import dev.uptanebench.vehicle.repository.MemoryInventory;
import dev.uptanebench.vehicle.repository.NewVehicle;
import dev.uptanebench.vehicle.repository.RegisteredEcu;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.RepositoryMap;
import dev.uptanebench.vehicle.uptane.Targets;
import dev.uptanebench.vehicle.uptane.dialect.MalformedMetadata;
import dev.uptanebench.vehicle.uptane.dialect.TufJson;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What one process after the other goes on from: a folder, an inventory, and the time it is. */
final class OemState {
    static final TufJson DIALECT = new TufJson();

    private final Path folder;
    private final MemoryInventory inventory = new MemoryInventory();
    private Instant now = Instant.parse("2030-01-01T00:00:00Z");

    OemState(Path folder) throws IOException {
        this.folder = folder;
        PrivateFiles.folder(folder.resolve("keys"));
    }

    MemoryInventory inventory() {
        return inventory;
    }

    void enrol(String vin, String primary, RegisteredEcu... ecus) {
        inventory.enrol(List.of(new NewVehicle(vin, primary, List.of(ecus))));
    }

    /** Keys that the server makes. */
    KeyFolder keys() {
        return new KeyFolder(folder.resolve("keys"), DIALECT);
    }

    Instant now() {
        return now;
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    /** Another process. */
    Oem oem() throws IOException {
        return oem(ServeConfig.PLAIN, Optional.empty());
    }

    /** @param stick where keys lie that are not always there */
    Oem oem(ServeConfig config, Optional<Path> stick) throws IOException {
        return oem(config, stick, inventory);
    }

    Oem oem(ServeConfig config, Optional<Path> stick, Inventory other) throws IOException {
        return new Oem(config, basicMap(), roleKeys(stick), OemFolders.in(folder, DIALECT), other, this::now);
    }

    static RepositoryMap basicMap() {
        return RepositoryMap.basic(name -> "http://localhost/" + name);
    }

    RoleKeyFolders roleKeys(Optional<Path> stick) {
        return new RoleKeyFolders(folder.resolve("keys"), stick, DIALECT);
    }

    /** Targets signs for it. */
    static Oem.Released release(Oem oem, String content, String serial, String name) throws IOException {
        return release(oem, content, serial, name, Relations.NONE);
    }

    static Oem.Released release(Oem oem, String content, String serial, String name, Relations relations)
            throws IOException {
        return oem.release(Bytes.utf8(content), serial, name, null, relations, Releases.By.TARGETS);
    }

    static Bytes file(Oem oem, String vin, String name) {
        return oem.fleet().file(vin, MetadataName.of(name, DIALECT).orElseThrow()).orElseThrow();
    }

    /** What a vehicle is ordered. */
    static Targets targets(Oem oem, String vin, String name) {
        try {
            return DIALECT.targets(file(oem, vin, name)).payload();
        } catch (MalformedMetadata e) {
            throw new AssertionError(e);
        }
    }
}
