package dev.uptanebench.vehicle.repository;

import dev.uptanebench.vehicle.encryption.ImageIdentity;
import dev.uptanebench.vehicle.encryption.Sealed;
import dev.uptanebench.vehicle.encryption.Sealing;
import dev.uptanebench.vehicle.kernel.RandomStream;
import dev.uptanebench.vehicle.uptane.Bytes;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A Director's encryption of images for one ECU of simulated worlds (5.3.2.1 step 6). It follows from a seed: the same
 * image for the same ECU is encrypted alike in all worlds of a run, and once.
 */
public final class ImageEncryption {
    private final String serial;
    private final Sealing sealing;
    private final long seed;
    private final Map<ImageIdentity, Sealed> sealed = new ConcurrentHashMap<>();

    public ImageEncryption(String serial, Sealing sealing, long seed) {
        this.serial = serial;
        this.sealing = sealing;
        this.seed = seed;
    }

    /** @param filename of the clear image */
    public Sealed seal(String filename, Bytes clear) {
        ImageIdentity identity = new ImageIdentity(serial, ImageName.normal(filename), clear.sha256());
        return sealed.computeIfAbsent(identity, image -> sealing.seal(image, clear,
                RandomStream.of(seed,
                        "encryption " + image.serial() + ' ' + image.filename() + ' ' + image.sha256())::nextBytes));
    }
}
