package dev.uptanebench.ecu.store;

import dev.uptanebench.vehicle.requirement.Carries;
import dev.uptanebench.ecu.verify.MetadataStore;
import dev.uptanebench.ecu.verify.Verified;
import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.history.Recorder;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.Metadata;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.RoleType;
import dev.uptanebench.vehicle.uptane.Targets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Trusted metadata in an ECU's persistent memory. Every change goes into the history, so that the oracles know what is
 * trusted without asking the ECU.
 */
@Carries("U-5.4.2.6-4")
public final class RecordedStore implements MetadataStore {
    /** What the history calls the map, and the way by which an ECU comes to read it. */
    public static final String MAP = "map";
    public static final String MEMORY = "memory";

    private final Recorder recorder;
    private final String ecu;
    private final Map<Place, Bytes> files = new HashMap<>();
    private @Nullable Bytes map;
    private @Nullable Bytes mapSeen;

    private record Place(RepositoryName repository, String role) {}

    /** @param ecu serial of the ECU whose memory this is */
    public RecordedStore(Recorder recorder, String ecu) {
        this.recorder = recorder;
        this.ecu = ecu;
    }

    /** Puts a file there at the factory (5.4.1). */
    public void provision(RepositoryName repository, Metadata metadata, Bytes file) {
        put(repository, metadata.type().id(), metadata, file);
    }

    /** Puts the repository map there at the factory. */
    public void provisionMap(Bytes file) {
        map = file;
        mapSeen = file;
    }

    /** Somebody has got at the memory and put another map there, or taken it away. The ECU will see when it next looks. */
    public void replaceMap(@Nullable Bytes file) {
        map = file;
    }

    @Override
    public @Nullable Bytes loadMap() {
        Bytes now = map;
        if (now != null && !now.equals(mapSeen)) {
            recorder.record(
                    new Event.Received(ecu, MEMORY, MAP, now.sha256(), now.length(), recorder.now(), true));
        }
        mapSeen = now;
        return now;
    }

    @Override
    public SortedSet<RepositoryName> repositories() {
        return files.keySet().stream().filter(place -> place.role().equals(RoleType.ROOT.id())).map(Place::repository)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public @Nullable Bytes load(RepositoryName repository, RoleType role) {
        return files.get(new Place(repository, role.id()));
    }

    @Override
    public void save(RepositoryName repository, Verified<? extends Metadata> metadata) {
        put(repository, metadata.metadata().type().id(), metadata.metadata(), metadata.file());
    }

    @Override
    public @Nullable Bytes loadDelegated(RepositoryName repository, String role) {
        return files.get(new Place(repository, role));
    }

    @Override
    public SortedSet<String> delegatedRoles(RepositoryName repository) {
        return files.keySet().stream().filter(place -> place.repository().equals(repository)).map(Place::role)
                .filter(role -> Arrays.stream(RoleType.values()).noneMatch(top -> top.id().equals(role)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public void saveDelegated(RepositoryName repository, String role, Verified<Targets> metadata) {
        put(repository, role, metadata.metadata(), metadata.file());
    }

    @Override
    public void dropAfterRotation(RepositoryName repository, RoleType role) {
        files.remove(new Place(repository, role.id()));
        recorder.record(new Event.TrustDropped(ecu, repository.id(), role.id(), "root-rotation"));
    }

    private void put(RepositoryName repository, String role, Metadata metadata, Bytes file) {
        Bytes before = files.put(new Place(repository, role), file);
        if (!file.equals(before)) {
            recorder.record(new Event.Trusted(ecu, repository.id(), role, metadata.version(), file.sha256()));
        }
    }
}
