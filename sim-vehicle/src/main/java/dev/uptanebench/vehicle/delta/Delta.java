package dev.uptanebench.vehicle.delta;

import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.DeltaImage;
import java.util.Map;
import java.util.TreeMap;

/**
 * A delta from one image to another.
 *
 * @param description what the Director says of it
 * @param bytes the delta
 */
public record Delta(DeltaImage description, Bytes bytes) {
    private static final int DIGITS = 8;

    /** @param filename of the image that it makes */
    public static Delta between(Bytes from, Bytes to, String filename) {
        return of(from.sha256(), filename, Vcdiff.between(from, to));
    }

    /** One that is there already. */
    public static Delta of(String fromSha256, String filename, Bytes bytes) {
        return new Delta(
                new DeltaImage(filename + ".from-" + fromSha256.substring(0, DIGITS) + ".vcdiff", bytes.length(),
                        new TreeMap<>(Map.of("sha256", bytes.sha256(), "sha512", bytes.sha512()))),
                bytes);
    }
}
