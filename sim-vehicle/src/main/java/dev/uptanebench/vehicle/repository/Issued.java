package dev.uptanebench.vehicle.repository;

import dev.uptanebench.vehicle.uptane.Bytes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What a Director has signed for one vehicle: its Targets, Snapshot and Timestamp, which always come together and bear
 * one version (5.3.2.1 step 7).
 *
 * @param version rises with everything that is signed for that vehicle
 * @param due when it has to be signed anew, in whole milliseconds
 * @param root SHA-256 of the Root file whose keys have signed it
 */
public record Issued(long version, Instant due, String root, Bytes targets, Bytes snapshot, Bytes timestamp) {
    public Issued {
        due = due.truncatedTo(ChronoUnit.MILLIS);
    }
}
