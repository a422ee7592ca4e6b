package dev.uptanebench.vehicle.uptane;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * Checks Ed25519 signatures (RFC 8032) each time anew. Bouncy Castle does the curve eight times as fast as the JDK, the
 * JDK hashes twice as fast as Bouncy Castle: who is asked depends on the length of the message alone.
 */
public final class Ed25519Signatures implements SignatureCheck {
    private static final int KEY_LENGTH = 32;
    private static final int SIGNATURE_LENGTH = 64;
    private static final int LONG_MESSAGE = 512 * 1024;
    /** What DER has in front of the 32 bytes of a key (RFC 8410). */
    private static final String X509_PREFIX = "302a300506032b6570032100";

    @Override
    public boolean isValid(PublicKey key, Bytes message, Bytes signature) {
        if (!key.type().equals("ed25519") || !key.scheme().equals("ed25519")
                || key.value().length() != 2 * KEY_LENGTH || signature.length() != SIGNATURE_LENGTH) {
            return false;
        }
        if (message.length() > LONG_MESSAGE) {
            return isValidToTheJdk(key, message, signature);
        }
        try {
            return Ed25519.verify(signature.toArray(), 0, HexFormat.of().parseHex(key.value()), 0, message.toArray(), 0,
                    message.length());
        } catch (IllegalArgumentException e) {
            return false; // not hex
        }
    }

    private static boolean isValidToTheJdk(PublicKey key, Bytes message, Bytes signature) {
        try {
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(KeyFactory.getInstance("Ed25519")
                    .generatePublic(new X509EncodedKeySpec(HexFormat.of().parseHex(X509_PREFIX + key.value()))));
            verifier.update(message.toArray());
            return verifier.verify(signature.toArray());
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false; // not hex, or not a point of the curve
        }
    }
}
