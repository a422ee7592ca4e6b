package dev.uptanebench.vehicle.uptane;

/** Tells whether a signature over a message was made with a key. Unknown key types and malformed values are not valid. */
@FunctionalInterface
public interface SignatureCheck {
    boolean isValid(PublicKey key, Bytes message, Bytes signature);
}
