package dev.uptanebench.vehicle.uptane;

import dev.uptanebench.vehicle.requirement.Carries;

/**
 * How an image was encrypted for one ECU, with what that ECU needs beside its own key (5.2.3.1.1). One kind for each way
 * of 5.4.3.4 step 6.
 */
@Carries("U-5.2.3.1.1-7")
public sealed interface Encryption {

    /** With the symmetric key of the ECU itself: AES-256-GCM, the tag at the end. */
    record OwnKey(Bytes nonce) implements Encryption {}

    /**
     * With a key made for this image: AES-256-GCM, the tag at the end.
     *
     * @param wrappedKey that key, encrypted to the ECU's public key: HPKE (RFC 9180), the encapsulated key in front
     */
    record WrappedKey(Bytes nonce, Bytes wrappedKey) implements Encryption {}

    /**
     * To the ECU's public key, without any other: HPKE (RFC 9180).
     *
     * @param encapsulatedKey the sender's share, made for this image
     */
    record PublicKey(Bytes encapsulatedKey) implements Encryption {}
}
