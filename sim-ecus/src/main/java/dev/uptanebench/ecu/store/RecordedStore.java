package dev.uptanebench.ecu.store;

import dev.uptanebench.ecu.verify.MetadataStore;
import dev.uptanebench.ecu.verify.Verified;
import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.history.Recorder;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.Metadata;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.RoleType;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Trusted metadata in an ECU's persistent memory. Every change goes into the history, so that the oracles know what is
 * trusted without asking the ECU.
 */
public final class RecordedStore implements MetadataStore {
    private final Recorder recorder;
    private final String ecu;
    private final Map<Place, Bytes> files = new HashMap<>();

    private record Place(RepositoryName repository, RoleType role) {}

    /** @param ecu serial of the ECU whose memory this is */
    public RecordedStore(Recorder recorder, String ecu) {
        this.recorder = recorder;
        this.ecu = ecu;
    }

    /** Puts a file there at the factory (5.4.1). */
    public void provision(RepositoryName repository, Metadata metadata, Bytes file) {
        put(repository, metadata, file);
    }

    @Override
    public @Nullable Bytes load(RepositoryName repository, RoleType role) {
        return files.get(new Place(repository, role));
    }

    @Override
    public void save(RepositoryName repository, Verified<? extends Metadata> metadata) {
        put(repository, metadata.metadata(), metadata.file());
    }

    @Override
    public void dropAfterRotation(RepositoryName repository, RoleType role) {
        files.remove(new Place(repository, role));
        recorder.record(new Event.TrustDropped(ecu, repository.id(), role.id(), "root-rotation"));
    }

    private void put(RepositoryName repository, Metadata metadata, Bytes file) {
        Bytes before = files.put(new Place(repository, metadata.type()), file);
        if (!file.equals(before)) {
            recorder.record(new Event.Trusted(ecu, repository.id(), metadata.type().id(), metadata.version(),
                    file.sha256()));
        }
    }
}
