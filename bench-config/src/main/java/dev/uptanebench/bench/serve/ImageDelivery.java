package dev.uptanebench.bench.serve;

import dev.uptanebench.vehicle.delta.Delta;
import dev.uptanebench.vehicle.delta.Vcdiff;
import dev.uptanebench.vehicle.encryption.ImageIdentity;
import dev.uptanebench.vehicle.encryption.Sealed;
import dev.uptanebench.vehicle.encryption.Sealing;
import dev.uptanebench.vehicle.kernel.SystemRandom;
import dev.uptanebench.vehicle.repository.ImageForm;
import dev.uptanebench.vehicle.repository.ImageName;
import dev.uptanebench.vehicle.repository.RegisteredEcu;
import dev.uptanebench.vehicle.repository.Vehicle;
import dev.uptanebench.vehicle.requirement.Carries;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.Delivery;
import dev.uptanebench.vehicle.uptane.DeltaImage;
import dev.uptanebench.vehicle.uptane.EncryptedImage;
import dev.uptanebench.vehicle.uptane.Target;
import dev.uptanebench.vehicle.uptane.Targets;
import java.io.IOException;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes what is sent to an ECU of an image, in the form in which it gets its images: as a delta to the one it reports,
 * encrypted for it alone (5.3.2.1 step 6), or both.
 */
final class ImageDelivery {
    private final ImageFolder images;
    private final DeliveryFolder made;

    ImageDelivery(ImageFolder images, DeliveryFolder made) {
        this.images = images;
        this.made = made;
    }

    /** What is sent, once it is clear. */
    private record Clear(String filename, Bytes bytes, @Nullable DeltaImage delta) {}

    /**
     * Makes it, so that it can be fetched.
     *
     * @param target the image, listed under that filename
     * @param whole whether no delta will do, whatever the ECU could take
     * @throws Undeliverable if the image cannot be read, or what is made of it cannot be kept
     */
    @Carries("U-5.3.2.1-s6")
    Delivery to(String vin, Vehicle.Ecu ecu, String filename, Target target, boolean whole) throws Undeliverable {
        ImageForm form = ecu.registered().images();
        if (form.equals(ImageForm.PLAIN)) {
            return Delivery.WHOLE;
        }
        try {
            String name = ImageName.normal(filename);
            Bytes image = images.read(ImageFolder.digest(target));
            Clear clear = delta(ecu, name, image, whole).orElse(new Clear(name, image, null));
            return new Delivery(form.sealing().isPresent()
                    ? encrypted(vin, ecu, form.sealing().get(), clear)
                    : null, clear.delta());
        } catch (IOException e) {
            throw new Undeliverable(filename, ecu.registered().serial(), e);
        }
    }

    /**
     * Whether what was ordered for an ECU is what it would get by now: encrypted for the key that it has, if it has one, and
     * a delta only if it takes any.
     *
     * @param ordered how the Director describes the image
     */
    boolean fits(String vin, RegisteredEcu ecu, Target ordered) {
        EncryptedImage encrypted = ordered.encrypted().get(ecu.serial());
        Optional<Sealing> sealing = ecu.images().sealing();
        boolean forItsKey = sealing.isPresent()
                ? encrypted != null
                        && made.isMadeFor(vin, key(sealing.get()), encrypted.hashes().getOrDefault("sha256", ""))
                : encrypted == null;
        return forItsKey && (ecu.images().deltas() || !ordered.deltas().containsKey(ecu.serial()));
    }

    private static String key(Sealing sealing) {
        return Bytes.utf8(sealing.way().id() + ' ' + sealing.known().toHex()).sha256();
    }

    /** Empty where the image it would be applied to is not known here, or whole is shorter. */
    private Optional<Clear> delta(Vehicle.Ecu ecu, String filename, Bytes image, boolean whole) throws IOException {
        String runs = ecu.newest().map(accepted -> accepted.report().sha256()).orElse("");
        if (whole || !ecu.registered().images().deltas() || runs.equals(image.sha256()) || !images.has(runs)) {
            return Optional.empty();
        }
        Bytes before = images.read(runs);
        Bytes delta = made.delta(runs, image.sha256(), () -> Vcdiff.between(before, image));
        if (delta.length() >= image.length()) {
            return Optional.empty();
        }
        DeltaImage described = Delta.of(runs, filename, delta).description();
        return Optional.of(new Clear(described.filename(), delta, described));
    }

    private EncryptedImage encrypted(String vin, Vehicle.Ecu ecu, Sealing sealing, Clear clear) throws IOException {
        Sealed sealed = sealing.seal(
                new ImageIdentity(ecu.registered().serial(), clear.filename(), clear.bytes().sha256()), clear.bytes(),
                SystemRandom::bytes);
        made.store(vin, key(sealing), sealed.bytes());
        return sealed.description();
    }

    /** Whether anything was encrypted for ECUs of a vehicle. */
    boolean holds(String vin) {
        return made.holds(vin);
    }

    /** Removes what was encrypted for ECUs of a vehicle, but for what these say. What cannot be removed only takes room. */
    void keep(String vin, Collection<Targets> said) {
        Set<String> sha256 = said.stream().flatMap(targets -> targets.targets().values().stream())
                .flatMap(target -> target.encrypted().values().stream())
                .map(sealed -> sealed.hashes().getOrDefault("sha256", "")).collect(Collectors.toSet());
        try {
            made.keep(vin, sha256);
        } catch (IOException e) {
            System.err.println("serve: what was encrypted for " + vin + " cannot be removed: " + e.getMessage());
        }
    }

    /** In words, for those who ask later. */
    static String told(Delivery delivery) {
        DeltaImage delta = delivery.delta();
        EncryptedImage encrypted = delivery.encrypted();
        return (delta == null ? "" : ", as delta " + delta.filename())
                + (encrypted == null ? "" : ", encrypted as " + encrypted.filename());
    }
}
