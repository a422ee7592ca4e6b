package dev.uptanebench.vehicle.encryption;

import dev.uptanebench.vehicle.requirement.Carries;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.Encryption;

/** A symmetric key of an ECU, which its Director has as well: 32 bytes. */
@Carries("U-5.4.3.4-s6.a")
record OwnSymmetricKey(Bytes shown) implements EcuKey {
    OwnSymmetricKey {
        if (shown.length() != AesGcm.KEY) {
            throw new IllegalArgumentException("expected " + AesGcm.KEY + " bytes, found " + shown.length());
        }
    }

    @Override
    public Bytes open(Encryption encryption, byte[] context, Bytes sealed) throws CannotDecrypt {
        return switch (encryption) {
            case Encryption.OwnKey own -> AesGcm.open(shown.toArray(), own.nonce(), context, sealed)
                    .orElseThrow(() -> new CannotDecrypt("it does not open with the symmetric key of this ECU"));
            case Encryption.WrappedKey _,Encryption.PublicKey _ ->
                throw new CannotDecrypt("it was encrypted for an ECU that has a pair of keys");
        };
    }

    @Override
    public String toString() {
        return "a symmetric key";
    }
}
