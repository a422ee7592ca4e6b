package dev.uptanebench.vehicle.uptane;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a Primary tells the Director (5.4.2.1.1).
 *
 * @param vin null where the dialect has none: the vehicle then is who it has authenticated itself as
 * @param reports every ECU's signed report, by serial
 * @param installation how the last order ended; null where nothing is said of that
 */
public record VehicleManifest(@Nullable String vin, String primarySerial,
        SortedMap<String, Unverified<VersionReport>> reports, @Nullable InstallationReport installation) {
    public VehicleManifest {
        reports = Collections.unmodifiableSortedMap(new TreeMap<>(reports));
    }
}
