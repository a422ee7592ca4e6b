package dev.uptanebench.vehicle.uptane;

import dev.uptanebench.vehicle.requirement.Carries;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An image as it is on its way to one ECU, encrypted (5.2.3.1.1). Only the Director's file says so; the entry around it
 * describes the clear image, as the Image repository does.
 *
 * @param filename under which the encrypted image is fetched
 * @param length of the encrypted image, in bytes
 * @param hashes of the encrypted image, by function, at least one
 */
@Carries("U-5.2.3.1.1-6")
public record EncryptedImage(String filename, long length, SortedMap<String, String> hashes, Encryption encryption) {
    public EncryptedImage {
        hashes = Collections.unmodifiableSortedMap(new TreeMap<>(hashes));
    }
}
