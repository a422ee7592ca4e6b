package dev.uptanebench.vehicle.uptane;

import java.util.HexFormat;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/** Checks Ed25519 signatures (RFC 8032) each time anew. */
public final class Ed25519Signatures implements SignatureCheck {
    private static final int KEY_LENGTH = 32;
    private static final int SIGNATURE_LENGTH = 64;

    @Override
    public boolean isValid(PublicKey key, Bytes message, Bytes signature) {
        if (!key.type().equals("ed25519") || !key.scheme().equals("ed25519")
                || key.value().length() != 2 * KEY_LENGTH || signature.length() != SIGNATURE_LENGTH) {
            return false;
        }
        try {
            Ed25519Signer verifier = new Ed25519Signer();
            verifier.init(false, new Ed25519PublicKeyParameters(HexFormat.of().parseHex(key.value())));
            byte[] input = message.toArray();
            verifier.update(input, 0, input.length);
            return verifier.verifySignature(signature.toArray());
        } catch (IllegalArgumentException e) {
            return false; // not hex, or not a point of the curve
        }
    }
}
