package dev.uptanebench.attack.stage;

import dev.uptanebench.ecu.flash.Bootloader;
import dev.uptanebench.ecu.primary.UdsLink;
import dev.uptanebench.ecu.unit.EcuIdentity;
import dev.uptanebench.vehicle.delta.Delta;
import dev.uptanebench.vehicle.encryption.Sealed;
import dev.uptanebench.vehicle.repository.ImageEncryption;
import dev.uptanebench.vehicle.uptane.Bytes;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One ECU of the car as a scenario sees it.
 *
 * @param id as the bench file names it
 * @param images by label: v1, v2, v3, attack
 * @param memory what it boots from
 * @param told whether it is told the time; otherwise it has a source of its own
 * @param encryption how the Director encrypts this ECU's images; null where it does not
 * @param fromPrimary the Primary's own link to it; null for the Primary
 * @param fromBus where an attacker can clip on to reach it; null for the Primary
 */
public record Ecu(String id, EcuIdentity identity, Map<String, Bytes> images, Bootloader memory, boolean told,
        @Nullable ImageEncryption encryption, @Nullable UdsLink fromPrimary, @Nullable BusNode fromBus) {

    /** The labels of the images that every ECU of a bench has. */
    public static final List<String> IMAGES = List.of("v1", "v2", "v3", "attack");

    public Ecu {
        images = Collections.unmodifiableMap(new TreeMap<>(images));
    }

    /** The image of that label. */
    public Bytes image(String label) {
        Bytes image = images.get(label);
        if (image == null) {
            throw new IllegalArgumentException("ECU " + id + " has no image " + label);
        }
        return image;
    }

    /** The image of that label as the Director encrypts it for this ECU; empty where it does not. */
    public Optional<Sealed> sealed(String label) {
        return sealed(filename(label), image(label));
    }

    /** Any image as the Director encrypts it for this ECU; empty where it does not. */
    public Optional<Sealed> sealed(String filename, Bytes image) {
        return Optional.ofNullable(encryption).map(own -> own.seal(filename, image));
    }

    /** The image of that label as it is sent to this ECU, encrypted or not. */
    public Bytes sent(String label) {
        return sealed(label).map(Sealed::bytes).orElseGet(() -> image(label));
    }

    /** What makes the image of that label of the one it runs. */
    public Delta delta(String label) {
        return Delta.between(Bytes.of(memory.readInstalled()), image(label), filename(label));
    }

    /** SHA-256 of the image it would boot now; empty when there is none. */
    public String runs() {
        return memory.installedSha256().orElse("");
    }

    /** The file name under which that image is released. */
    public String filename(String label) {
        return id + '-' + label + ".bin";
    }
}
