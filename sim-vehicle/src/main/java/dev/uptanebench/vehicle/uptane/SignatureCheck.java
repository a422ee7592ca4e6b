package dev.uptanebench.vehicle.uptane;

import dev.uptanebench.vehicle.requirement.Carries;

/** Tells whether a signature over a message was made with a key. Unknown key types and malformed values are not valid. */
@FunctionalInterface
public interface SignatureCheck {
    @Carries("U-3.2.1-1")
    boolean isValid(PublicKey key, Bytes message, Bytes signature);
}
