package dev.uptanebench.vehicle.uptane;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What makes an image of the one that an ECU runs, in VCDIFF (RFC 3284). Only the Director's file says so; the entry
 * around it describes the whole image, which has to come out. Where that is encrypted for the ECU, the delta is.
 *
 * @param filename under which the delta is fetched
 * @param length of the delta, in bytes
 * @param hashes of the delta, by function, at least one
 */
public record DeltaImage(String filename, long length, SortedMap<String, String> hashes) {
    public DeltaImage {
        hashes = Collections.unmodifiableSortedMap(new TreeMap<>(hashes));
    }
}
