package dev.uptanebench.vehicle.uptane;

import dev.uptanebench.vehicle.requirement.Carries;
import java.time.Instant;

/** What every role's payload states (5.2.1). */
public sealed interface Metadata permits Root, Timestamp, Snapshot, Targets {

    RoleType type();

    /** At least 1. */
    @Carries("U-5.2.1-5")
    long version();

    Instant expires();

    /** What it says beyond what is known here. */
    Extras extras();
}
