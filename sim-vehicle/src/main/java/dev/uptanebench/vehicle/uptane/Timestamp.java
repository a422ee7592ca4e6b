package dev.uptanebench.vehicle.uptane;

import dev.uptanebench.vehicle.requirement.Carries;
import java.time.Instant;

/** Timestamp metadata (5.2.5): the newest Snapshot. */
@Carries({"U-5.1.4-1", "U-5.1.4-2", "U-5.2.5-1", "U-5.2.5-2"})
public record Timestamp(long version, Instant expires, MetaFile snapshot, Extras extras) implements Metadata {

    public Timestamp(long version, Instant expires, MetaFile snapshot) {
        this(version, expires, snapshot, Extras.NONE);
    }

    @Override
    public RoleType type() {
        return RoleType.TIMESTAMP;
    }
}
