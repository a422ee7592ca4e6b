package dev.uptanebench.vehicle.uptane;

import java.time.Instant;

/** Timestamp metadata (5.2.5): the newest Snapshot. */
public record Timestamp(long version, Instant expires, MetaFile snapshot, Extras extras) implements Metadata {

    public Timestamp(long version, Instant expires, MetaFile snapshot) {
        this(version, expires, snapshot, Extras.NONE);
    }

    @Override
    public RoleType type() {
        return RoleType.TIMESTAMP;
    }
}
