package dev.uptanebench.vehicle.uptane;

import java.util.Map;

/**
 * Checks signatures of the schemes that TUF 1.0.34 defines: {@code ed25519}, {@code ecdsa-sha2-nistp256} and
 * {@code rsassa-pss-sha256}. A signature of any other scheme is not valid, and no more than that: a file may carry some
 * beside those that count.
 */
public final class TufSignatures implements SignatureCheck {
    private final Map<String, SignatureCheck> byScheme = Map.of("ed25519", new Ed25519Signatures(),
            EcdsaSignatures.SCHEME, new EcdsaSignatures(), RsaPssSignatures.SCHEME, new RsaPssSignatures());

    /**
     * Requires that a key in PEM can be read, and is of its type.
     *
     * @throws IllegalArgumentException with one sentence if no signature will ever be valid under it
     */
    public static void requireReadable(PublicKey key) {
        switch (key.scheme()) {
            case EcdsaSignatures.SCHEME -> EcdsaSignatures.decode(key);
            case RsaPssSignatures.SCHEME -> RsaPssSignatures.decode(key);
            default -> {
                // not in PEM
            }
        }
    }

    @Override
    public boolean isValid(PublicKey key, Bytes message, Bytes signature) {
        SignatureCheck check = byScheme.get(key.scheme());
        return check != null && check.isValid(key, message, signature);
    }
}
