package dev.uptanebench.vehicle.encryption;

import dev.uptanebench.vehicle.uptane.Bytes;

/**
 * What an encrypted image is bound to: it opens for that ECU and as that image, or not at all.
 *
 * @param filename of the clear image
 * @param sha256 of the clear image; empty where metadata does not state it
 */
public record ImageIdentity(String serial, String filename, String sha256) {
    private static final String PURPOSE = "uptane-bench encrypted image 1";

    /** The associated data of AES-GCM and the info of HPKE: purpose, serial, filename and digest, each ended by a zero. */
    byte[] context() {
        return Bytes.utf8(String.join("\0", PURPOSE, serial, filename, sha256) + '\0').toArray();
    }
}
