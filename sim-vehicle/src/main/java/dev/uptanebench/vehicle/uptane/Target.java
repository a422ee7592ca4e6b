package dev.uptanebench.vehicle.uptane;

import dev.uptanebench.vehicle.requirement.Carries;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One image (5.2.3.1).
 *
 * @param length in bytes
 * @param hashes hash function to lower-case hex digest, at least one
 * @param ecus serial to hardware id of the ECUs that shall install it; only in the Director's file
 * @param hardwareIds which models it fits; only in the Image repository's file
 * @param releaseCounter null where not used
 */
@Carries({"U-5.2.3.1-2", "U-5.2.3.1.1-1"})
public record Target(long length, SortedMap<String, String> hashes, SortedMap<String, String> ecus,
        List<String> hardwareIds, @Nullable Long releaseCounter, Extras extras) {

    public Target {
        hashes = copy(hashes);
        ecus = copy(ecus);
        hardwareIds = List.copyOf(hardwareIds);
    }

    public Target(long length, SortedMap<String, String> hashes, SortedMap<String, String> ecus,
            List<String> hardwareIds, @Nullable Long releaseCounter) {
        this(length, hashes, ecus, hardwareIds, releaseCounter, Extras.NONE);
    }

    private static SortedMap<String, String> copy(SortedMap<String, String> map) {
        return map.isEmpty()
                ? Collections.emptySortedMap()
                : Collections.unmodifiableSortedMap(new TreeMap<>(map));
    }
}
