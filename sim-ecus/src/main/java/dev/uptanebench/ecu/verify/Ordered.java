package dev.uptanebench.ecu.verify;

import dev.uptanebench.vehicle.uptane.EncryptedImage;
import dev.uptanebench.vehicle.uptane.Target;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An image that verified metadata orders for one ECU.
 *
 * @param target the Director's entry
 * @param hardwareId which model the Director says that ECU is
 */
public record Ordered(String serial, String hardwareId, String filename, Target target) {

    /** What the ECU gets in place of the clear image; null where that is sent. */
    public @Nullable EncryptedImage encrypted() {
        return target.encrypted().get(serial);
    }

    /** Name of what is sent. */
    public String sentFilename() {
        EncryptedImage image = encrypted();
        return image == null ? filename : image.filename();
    }

    /** Length of what is sent. */
    public long sentLength() {
        EncryptedImage image = encrypted();
        return image == null ? target.length() : image.length();
    }

    /** Hashes of what is sent. */
    public SortedMap<String, String> sentHashes() {
        EncryptedImage image = encrypted();
        return image == null ? target.hashes() : image.hashes();
    }

    /** The same order for an ECU that does not mind who reads its image. */
    Ordered inClear() {
        return new Ordered(serial, hardwareId, filename, new Target(target.length(), target.hashes(), target.ecus(),
                target.hardwareIds(), target.releaseCounter(), new TreeMap<>(), target.extras()));
    }
}
