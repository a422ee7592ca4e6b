package dev.uptanebench.attack.stage;

import dev.uptanebench.ecu.primary.Primary;
import dev.uptanebench.vehicle.can.CanBus;
import dev.uptanebench.vehicle.history.Recorder;
import dev.uptanebench.vehicle.http.Hosts;
import dev.uptanebench.vehicle.http.HttpServer;
import dev.uptanebench.vehicle.kernel.World;
import dev.uptanebench.vehicle.repository.DirectorRepository;
import dev.uptanebench.vehicle.repository.ImageRepository;
import dev.uptanebench.vehicle.repository.KeySource;
import dev.uptanebench.vehicle.repository.MetadataRepository;
import dev.uptanebench.vehicle.repository.TimeSource;
import dev.uptanebench.vehicle.uptane.RepositoryMap;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;

/**
 * A vehicle with its servers in a world of its own.
 *
 * @param hosts servers by the names under which the vehicle finds them
 * @param server where Director, Image repositories and time source answer
 * @param images the Image repositories
 * @param map which its ECUs left the factory with
 * @param ecus by id
 */
public record Car(World world, Recorder recorder, KeySource keys, Hosts hosts, HttpServer server,
        DirectorRepository director, SortedMap<RepositoryName, ImageRepository> images, RepositoryMap map,
        TimeSource time, Primary primary, SortedMap<String, Ecu> ecus, List<CanBus> buses)
        implements
            AutoCloseable {

    /** The Image repository of that name. */
    public ImageRepository images(RepositoryName name) {
        ImageRepository repository = images.get(name);
        if (repository == null) {
            throw new IllegalArgumentException("the bench has no Image repository " + name);
        }
        return repository;
    }

    /** The first Image repository. */
    public ImageRepository image() {
        return images(RepositoryName.IMAGE);
    }

    /** The Image repositories that the map asks for an image. */
    public List<ImageRepository> listing(String filename) {
        return map.asked(filename).stream().filter(name -> !name.equals(RepositoryName.DIRECTOR)).map(this::images)
                .toList();
    }

    /** What any repository publishes. */
    public MetadataRepository metadata(RepositoryName name) {
        return name.equals(RepositoryName.DIRECTOR) ? director.metadata() : images(name).metadata();
    }

    /** The metadata of all repositories, that of the Director last. */
    public List<MetadataRepository> allMetadata() {
        List<MetadataRepository> all = new ArrayList<>();
        images.values().forEach(image -> all.add(image.metadata()));
        all.add(director.metadata());
        return all;
    }

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
