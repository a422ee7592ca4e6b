package dev.uptanebench.vehicle.repository;

import dev.uptanebench.vehicle.requirement.Carries;
import dev.uptanebench.vehicle.uptane.PublicKey;

/**
 * An ECU as its maker registers it (5.3.2.2).
 *
 * @param key the public half of its key
 * @param provisional whether the key was handed out with the vehicle, and the ECU may still bring its own
 * @param images in which form it gets them
 */
@Carries({"U-5.3.2.2-3", "U-5.3.2.2-4", "U-5.3.2.2-5"})
public record RegisteredEcu(String serial, String hardwareId, PublicKey key, boolean provisional, ImageForm images) {

    /** One that gets its images in the clear and whole. */
    public RegisteredEcu(String serial, String hardwareId, PublicKey key, boolean provisional) {
        this(serial, hardwareId, key, provisional, ImageForm.PLAIN);
    }

    /** The same with its images in another form. */
    public RegisteredEcu with(ImageForm other) {
        return new RegisteredEcu(serial, hardwareId, key, provisional, other);
    }
}
