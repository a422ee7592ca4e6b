package dev.uptanebench.vehicle.repository;

import dev.uptanebench.vehicle.requirement.Carries;
import dev.uptanebench.vehicle.uptane.VersionReport;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the inventory knows of one vehicle.
 *
 * @param ecus by serial
 */
@Carries("U-5.3.2.2-2")
public record Vehicle(String vin, String primarySerial, SortedMap<String, Ecu> ecus) {
    public Vehicle {
        ecus = Collections.unmodifiableSortedMap(new TreeMap<>(ecus));
    }

    /** One of its ECUs, and the newest report that was accepted from it. */
    public record Ecu(RegisteredEcu registered, Optional<Accepted> newest) {

        /** Counter of the newest accepted report. */
        public long reportCounter() {
            return newest.map(accepted -> accepted.report().reportCounter()).orElse(Inventory.NO_REPORT);
        }
    }

    /** @param at when the Director accepted it */
    public record Accepted(VersionReport report, Instant at) {}
}
