package dev.uptanebench.ecu.verify;

import dev.uptanebench.vehicle.uptane.DeltaImage;
import dev.uptanebench.vehicle.uptane.EncryptedImage;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.Target;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An image that verified metadata orders for one ECU.
 *
 * @param target the Director's entry
 * @param hardwareId which model the Director says that ECU is
 * @param listedBy the Image repositories that were found to say the same; none where nobody asked them
 */
public record Ordered(String serial, String hardwareId, String filename, Target target,
        List<RepositoryName> listedBy) {
    public Ordered {
        listedBy = List.copyOf(listedBy);
    }

    /** By the word of the Director alone. */
    public Ordered(String serial, String hardwareId, String filename, Target target) {
        this(serial, hardwareId, filename, target, List.of());
    }

    /** The same, after those were asked. */
    Ordered listedBy(List<RepositoryName> repositories) {
        return new Ordered(serial, hardwareId, filename, target, repositories);
    }

    /** What the ECU gets in place of the clear image; null where that is sent. */
    public @Nullable EncryptedImage encrypted() {
        return target.encrypted().get(serial);
    }

    /** What the ECU makes the image of, together with the one it runs; null where the whole image is sent. */
    public @Nullable DeltaImage delta() {
        return target.deltas().get(serial);
    }

    /** A file as metadata describes it. */
    record File(String name, long length, SortedMap<String, String> hashes) {}

    /** What is sent. */
    File sent() {
        EncryptedImage image = encrypted();
        return image == null ? clear() : new File(image.filename(), image.length(), image.hashes());
    }

    /** What is sent, once it is decrypted: the image, or a delta. */
    File clear() {
        DeltaImage delta = delta();
        return delta == null
                ? new File(filename, target.length(), target.hashes())
                : new File(delta.filename(), delta.length(), delta.hashes());
    }

    /** Name of what is sent. */
    public String sentFilename() {
        return sent().name();
    }

    /** Length of what is sent. */
    public long sentLength() {
        return sent().length();
    }

    /** Hashes of what is sent. */
    public SortedMap<String, String> sentHashes() {
        return sent().hashes();
    }

    /** The same order for an ECU that does not mind who reads its image. */
    Ordered inClear() {
        return new Ordered(serial, hardwareId, filename, new Target(target.length(), target.hashes(), target.ecus(),
                target.hardwareIds(), target.releaseCounter(), new TreeMap<>(), target.deltas(), target.extras()),
                listedBy);
    }
}
