package dev.uptanebench.vehicle.uptane;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a Primary tells the Director (5.4.2.1.1): every ECU's signed report, by serial. */
public record VehicleManifest(String vin, String primarySerial, SortedMap<String, Unverified<VersionReport>> reports) {
    public VehicleManifest {
        reports = Collections.unmodifiableSortedMap(new TreeMap<>(reports));
    }
}
