package dev.uptanebench.vehicle.uptane;

import org.jspecify.annotations.Nullable;

/**
 * In which form an image goes to one ECU.
 *
 * @param encrypted what is sent, encrypted for that ECU: the image, or the delta where there is one
 * @param delta what makes the image of the one the ECU runs
 */
public record Delivery(@Nullable EncryptedImage encrypted, @Nullable DeltaImage delta) {
    /** As it is. */
    public static final Delivery WHOLE = new Delivery(null, null);
}
