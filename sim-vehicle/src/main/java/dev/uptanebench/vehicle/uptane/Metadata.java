package dev.uptanebench.vehicle.uptane;

import java.time.Instant;

/** What every role's payload states (5.2.1). */
public sealed interface Metadata permits Root, Timestamp, Snapshot, Targets {

    RoleType type();

    /** At least 1. */
    long version();

    Instant expires();

    /** What it says beyond what is known here. */
    Extras extras();
}
