package dev.uptanebench.vehicle.uptane;

/**
 * A public key (5.2.1).
 *
 * @param id its key identifier
 * @param type such as {@code ed25519}
 * @param scheme such as {@code ed25519}
 * @param value as the dialect writes it; hex digits for Ed25519, PEM for ECDSA and RSA
 * @param extras unknown fields; those beside {@code value} itself stand under {@code keyval}
 */
public record PublicKey(String id, String type, String scheme, String value, Extras extras) {

    public PublicKey(String id, String type, String scheme, String value) {
        this(id, type, scheme, value, Extras.NONE);
    }
}
