package dev.uptanebench.bench.assembly;

import dev.uptanebench.bench.config.BenchConfig;
import dev.uptanebench.bench.config.EcuConfig;
import dev.uptanebench.bench.config.ImageRole;
import dev.uptanebench.ecu.image.FirmwareImage;
import dev.uptanebench.vehicle.encryption.Sealing;
import dev.uptanebench.vehicle.kernel.RandomStream;
import dev.uptanebench.vehicle.repository.ImageEncryption;
import dev.uptanebench.vehicle.uptane.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The images of a bench, made once for all its worlds: the user's where there are any, random bytes elsewhere; and how
 * they are encrypted.
 */
final class ImageSet {
    private static final int FACTORY_LENGTH = 1024;
    private static final int LEAST = 8 * 1024;
    private static final int SPREAD = 1024;
    private static final int CHANGED = 600;

    private final Map<String, Map<String, Bytes>> images = new TreeMap<>();
    private final Map<String, Bytes> factory = new TreeMap<>();
    private final Map<String, ImageEncryption> encryption = new TreeMap<>();
    private final long seed;

    ImageSet(BenchConfig config) {
        this.seed = config.seed();
        for (EcuConfig ecu : config.ecus()) {
            Map<String, Bytes> own = new TreeMap<>();
            for (ImageRole role : ImageRole.values()) {
                FirmwareImage given = ecu.images().get(role);
                own.put(role.id(), given == null ? madeUp(config, ecu, role) : flat(given, ecu.memory().base()));
            }
            images.put(ecu.id(), own);
            factory.put(ecu.id(), factoryImage(ecu));
            ecu.encryption().ifPresent(way -> encryption.put(ecu.id(),
                    new ImageEncryption(ecu.serial(), Sealing.of(way, secret(ecu)), seed)));
        }
    }

    /** By label: v1, v2, v3, attack. */
    Map<String, Bytes> of(EcuConfig ecu) {
        return images.getOrDefault(ecu.id(), Map.of());
    }

    /** What the key of an ECU is made of with which it decrypts: not the seed of the one with which it signs (5.4.1). */
    byte[] secret(EcuConfig ecu) {
        return RandomStream.bytes(seed, "decryption key " + ecu.serial());
    }

    /** How the Director encrypts the ECU's images; null where it does not. */
    @Nullable
    ImageEncryption encryption(EcuConfig ecu) {
        return encryption.get(ecu.id());
    }

    /** What the ECU left the factory with. */
    Bytes factory(EcuConfig ecu) {
        return factory.getOrDefault(ecu.id(), Bytes.utf8(""));
    }

    private static Bytes madeUp(BenchConfig config, EcuConfig ecu, ImageRole role) {
        RandomStream random = RandomStream.of(config.seed(), "image " + ecu.id() + ' ' + role.id());
        long room = ecu.memory().size() - (ecu.encryption().isPresent() ? Sealing.OVERHEAD : 0);
        int length = (int) Math.min(LEAST + random.nextInt(SPREAD), room);
        byte[] image = random.nextBytes(length);
        if (ecu.deltas() && role != ImageRole.V1) {
            likeTheFirst(image, config, ecu, random);
        }
        return Bytes.of(image);
    }

    /** Versions of one program have most in common. */
    private static void likeTheFirst(byte[] image, BenchConfig config, EcuConfig ecu, RandomStream random) {
        byte[] first = madeUp(config, ecu, ImageRole.V1).toArray();
        byte[] own = image.clone();
        int common = Math.min(image.length, first.length);
        System.arraycopy(first, 0, image, 0, common);
        int changed = random.nextInt(common - CHANGED);
        System.arraycopy(own, changed, image, changed, CHANGED);
    }

    /** From the beginning of the ECU's memory on. */
    static Bytes flat(FirmwareImage image, long base) {
        return Bytes.of(image.from(base));
    }

    private static Bytes factoryImage(EcuConfig ecu) {
        byte[] text = ("as delivered: " + ecu.serial() + "; ").getBytes(StandardCharsets.UTF_8);
        byte[] image = new byte[(int) Math.min(FACTORY_LENGTH, ecu.memory().size())];
        for (int i = 0; i < image.length; i++) {
            image[i] = text[i % text.length];
        }
        return Bytes.of(image);
    }
}
