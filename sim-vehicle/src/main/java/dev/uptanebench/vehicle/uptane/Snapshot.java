package dev.uptanebench.vehicle.uptane;

import dev.uptanebench.vehicle.requirement.Carries;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** Snapshot metadata (5.2.4): every Targets file by name, such as {@code targets.json}, and its version. */
@Carries({"U-5.1.3-1", "U-5.2.4-1"})
public record Snapshot(long version, Instant expires, SortedMap<String, MetaFile> files, Extras extras)
        implements
            Metadata {

    public Snapshot {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }

    public Snapshot(long version, Instant expires, SortedMap<String, MetaFile> files) {
        this(version, expires, files, Extras.NONE);
    }

    @Override
    public RoleType type() {
        return RoleType.SNAPSHOT;
    }
}
