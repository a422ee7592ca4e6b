package dev.uptanebench.vehicle.uptane;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What Timestamp says of Snapshot, and Snapshot of each Targets file (5.2.4, 5.2.5).
 *
 * @param length in bytes, null where not stated
 * @param hashes hash function to lower-case hex digest, empty where not stated
 */
public record MetaFile(long version, @Nullable Long length, SortedMap<String, String> hashes, Extras extras) {
    public MetaFile {
        hashes = Collections.unmodifiableSortedMap(new TreeMap<>(hashes));
    }

    public MetaFile(long version, @Nullable Long length, SortedMap<String, String> hashes) {
        this(version, length, hashes, Extras.NONE);
    }

    /** All that can be said of a file. */
    public static MetaFile of(long version, Bytes file) {
        return new MetaFile(version, (long) file.length(), new TreeMap<>(Map.of("sha256", file.sha256())));
    }

    /** Its version alone. */
    public static MetaFile of(long version) {
        return new MetaFile(version, null, new TreeMap<>());
    }

    /** Whether a file has the length that is stated, if one is. */
    public boolean agreesInLength(Bytes file) {
        return length == null || length == file.length();
    }

    /** Whether a file has every stated hash of a known function; at least one must be known. */
    public boolean agreesInHashes(Bytes file) {
        return Hashes.agree(hashes, file);
    }
}
