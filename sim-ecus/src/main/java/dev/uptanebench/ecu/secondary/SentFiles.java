package dev.uptanebench.ecu.secondary;

import dev.uptanebench.ecu.secondary.InVehicle.MetadataPath;
import dev.uptanebench.ecu.verify.MetadataSource;
import dev.uptanebench.ecu.verify.MetadataStore;
import dev.uptanebench.ecu.verify.Unavailable;
import dev.uptanebench.vehicle.kernel.Limits;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.RoleType;
import java.util.HashMap;
import java.util.Map;

/** The metadata files of one update as they came over the bus; what was not sent again is still in the store. */
final class SentFiles implements MetadataSource {
    private final MetadataStore store;
    private final int mostOfOne;
    private final Map<MetadataPath, Bytes> files = new HashMap<>();

    SentFiles(MetadataStore store, Limits limits) {
        this.store = store;
        this.mostOfOne = limits.rootRotations() + RoleType.values().length;
    }

    /** Whether there is room for a file of that name: no update needs more Roots than a cycle follows. */
    boolean takes(MetadataPath path) {
        return files.containsKey(path) || files.size() < store.repositories().size() * mostOfOne;
    }

    void put(MetadataPath path, Bytes file) {
        files.put(path, file);
    }

    void clear() {
        files.clear();
    }

    @Override
    public Fetched fetch(RepositoryName repository, RoleType role, long version, long limit) throws Unavailable {
        boolean isRoot = role == RoleType.ROOT;
        Bytes file = files.get(new MetadataPath(repository, role, isRoot ? version : 0));
        if (file == null && isRoot) {
            return new Absent();
        }
        Bytes known = file == null ? store.load(repository, role) : file;
        if (known == null) {
            throw new Unavailable(repository.id() + ' ' + role.id() + " was not sent");
        }
        return known.length() > limit ? new TooLarge() : new File(known);
    }

    @Override
    public Fetched fetchDelegated(RepositoryName repository, String role, long version, long limit) {
        Bytes file = files.get(MetadataPath.delegated(repository, role));
        Bytes known = file == null ? store.loadDelegated(repository, role) : file;
        if (known == null) {
            return new Absent();
        }
        return known.length() > limit ? new TooLarge() : new File(known);
    }
}
