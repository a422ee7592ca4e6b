package dev.uptanebench.vehicle.encryption;

import dev.uptanebench.vehicle.uptane.Bytes;
import java.util.Optional;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.hpke.HPKE;
import org.bouncycastle.crypto.hpke.HPKEContextWithEncapsulation;

/** HPKE in base mode with DHKEM(X25519, HKDF-SHA256), HKDF-SHA256 and AES-256-GCM (RFC 9180). */
final class Hpke {
    /** Bytes of an encapsulated key. */
    static final int SHARE = 32;
    private static final byte[] NOTHING = {};

    private Hpke() {}

    /** What goes to the receiver. */
    record Message(Bytes encapsulatedKey, Bytes sealed) {}

    private static HPKE suite() {
        return new HPKE(HPKE.mode_base, HPKE.kem_X25519_SHA256, HPKE.kdf_HKDF_SHA256, HPKE.aead_AES_GCM256);
    }

    /** The pair that follows from 32 bytes of key material (section 7.1.3). */
    static AsymmetricCipherKeyPair pair(byte[] material) {
        return suite().deriveKeyPair(material);
    }

    static Bytes publicKey(AsymmetricCipherKeyPair pair) {
        return Bytes.of(suite().serializePublicKey(pair.getPublic()));
    }

    /** Whether a secret can be shared with whoever has the other half; with points of low order none can. */
    static boolean isPublicKey(Bytes receiver) {
        try {
            HPKE suite = suite();
            suite.setupBaseS(suite.deserializePublicKey(receiver.toArray()), NOTHING,
                    suite.deriveKeyPair(new byte[SHARE]));
            return true;
        } catch (IllegalArgumentException | IllegalStateException e) {
            return false;
        }
    }

    /** @param ephemeral key material of the sender's share, never used for anything else */
    static Message seal(Bytes receiver, byte[] ephemeral, byte[] info, Bytes clear) {
        try {
            HPKE suite = suite();
            HPKEContextWithEncapsulation context = suite.setupBaseS(suite.deserializePublicKey(receiver.toArray()),
                    info, suite.deriveKeyPair(ephemeral));
            return new Message(Bytes.of(context.getEncapsulation()),
                    Bytes.of(context.seal(NOTHING, clear.toArray())));
        } catch (InvalidCipherTextException e) {
            throw new IllegalStateException("only opening fails", e);
        }
    }

    /** Empty where it was made for somebody else, for another purpose, or not at all. */
    static Optional<Bytes> open(AsymmetricCipherKeyPair receiver, Bytes encapsulatedKey, byte[] info, Bytes sealed) {
        if (encapsulatedKey.length() != SHARE) {
            return Optional.empty();
        }
        try {
            return Optional.of(Bytes.of(suite().setupBaseR(encapsulatedKey.toArray(), receiver, info)
                    .open(NOTHING, sealed.toArray())));
        } catch (InvalidCipherTextException | IllegalArgumentException | IllegalStateException e) {
            return Optional.empty(); // shares of low order are refused by the library in its own way
        }
    }
}
