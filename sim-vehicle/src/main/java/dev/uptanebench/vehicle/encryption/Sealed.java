package dev.uptanebench.vehicle.encryption;

import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.EncryptedImage;

/**
 * An image that was encrypted for one ECU.
 *
 * @param description what the Director says of it
 * @param bytes the encrypted image
 */
public record Sealed(EncryptedImage description, Bytes bytes) {}
