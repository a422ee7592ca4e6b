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
 * @param encrypted what the ECUs of these serials get in place of the clear image; only in the Director's file
 * @param deltas what the ECUs of these serials get in place of the whole image; only in the Director's file
 */
@Carries({"U-5.2.3.1-2", "U-5.2.3.1.1-1"})
public record Target(long length, SortedMap<String, String> hashes, SortedMap<String, String> ecus,
        List<String> hardwareIds, @Nullable Long releaseCounter, SortedMap<String, EncryptedImage> encrypted,
        SortedMap<String, DeltaImage> deltas, Extras extras) {

    public Target {
        hashes = copy(hashes);
        ecus = copy(ecus);
        hardwareIds = List.copyOf(hardwareIds);
        encrypted = copy(encrypted);
        deltas = copy(deltas);
    }

    public Target(long length, SortedMap<String, String> hashes, SortedMap<String, String> ecus,
            List<String> hardwareIds, @Nullable Long releaseCounter, Extras extras) {
        this(length, hashes, ecus, hardwareIds, releaseCounter, Collections.emptySortedMap(),
                Collections.emptySortedMap(),
                extras);
    }

    public Target(long length, SortedMap<String, String> hashes, SortedMap<String, String> ecus,
            List<String> hardwareIds, @Nullable Long releaseCounter) {
        this(length, hashes, ecus, hardwareIds, releaseCounter, Extras.NONE);
    }

    /** In which form the ECU of that serial gets it. */
    public Delivery delivery(String serial) {
        return new Delivery(encrypted.get(serial), deltas.get(serial));
    }

    private static <V> SortedMap<String, V> copy(SortedMap<String, V> map) {
        return map.isEmpty()
                ? Collections.emptySortedMap()
                : Collections.unmodifiableSortedMap(new TreeMap<>(map));
    }
}
