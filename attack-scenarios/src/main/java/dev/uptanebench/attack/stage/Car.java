package dev.uptanebench.attack.stage;

import dev.uptanebench.ecu.primary.Primary;
import dev.uptanebench.vehicle.can.CanBus;
import dev.uptanebench.vehicle.history.Recorder;
import dev.uptanebench.vehicle.http.HttpServer;
import dev.uptanebench.vehicle.kernel.World;
import dev.uptanebench.vehicle.repository.DirectorRepository;
import dev.uptanebench.vehicle.repository.ImageRepository;
import dev.uptanebench.vehicle.repository.KeySource;
import dev.uptanebench.vehicle.repository.TimeSource;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;

/**
 * A vehicle with its servers in a world of its own.
 *
 * @param server where the vehicle reaches Director, Image repository and time source
 * @param ecus by id
 */
public record Car(World world, Recorder recorder, KeySource keys, HttpServer server, DirectorRepository director,
        ImageRepository image, TimeSource time, Primary primary, SortedMap<String, Ecu> ecus, List<CanBus> buses)
        implements
            AutoCloseable {

    public Ecu ecu(String id) {
        Ecu ecu = ecus.get(id);
        if (ecu == null) {
            throw new IllegalArgumentException("no ECU " + id);
        }
        return ecu;
    }

    public Collection<Ecu> allEcus() {
        return ecus.values();
    }

    @Override
    public void close() {
        world.close();
    }
}
