package dev.uptanebench.vehicle.uptane;

import java.time.Instant;

/** Timestamp metadata (5.2.5): the newest Snapshot. */
public record Timestamp(long version, Instant expires, MetaFile snapshot) implements Metadata {

    @Override
    public RoleType type() {
        return RoleType.TIMESTAMP;
    }
}
