package dev.uptanebench.vehicle.repository;

import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.Root;
import dev.uptanebench.vehicle.uptane.Snapshot;
import dev.uptanebench.vehicle.uptane.Targets;
import dev.uptanebench.vehicle.uptane.Timestamp;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What stands together in a repository after a publish: each role and its file. Immutable.
 *
 * @param delegated by name of the delegated role
 */
public record Publication(Root root, Bytes rootFile, Timestamp timestamp, Bytes timestampFile, Snapshot snapshot,
        Bytes snapshotFile, Targets targets, Bytes targetsFile,
        SortedMap<String, DelegatedRole.Published> delegated) {

    public Publication {
        delegated = Collections.unmodifiableSortedMap(new TreeMap<>(delegated));
    }

    /** Without delegated roles. */
    public Publication(Root root, Bytes rootFile, Timestamp timestamp, Bytes timestampFile, Snapshot snapshot,
            Bytes snapshotFile, Targets targets, Bytes targetsFile) {
        this(root, rootFile, timestamp, timestampFile, snapshot, snapshotFile, targets, targetsFile, new TreeMap<>());
    }

    /** The same under another Root. */
    public Publication with(Root next, Bytes file) {
        return new Publication(next, file, timestamp, timestampFile, snapshot, snapshotFile, targets, targetsFile,
                delegated);
    }

    /** The same under another Timestamp. */
    public Publication with(Timestamp next, Bytes file) {
        return new Publication(root, rootFile, next, file, snapshot, snapshotFile, targets, targetsFile, delegated);
    }
}
