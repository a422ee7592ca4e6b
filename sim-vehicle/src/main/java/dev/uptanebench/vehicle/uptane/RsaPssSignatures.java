package dev.uptanebench.vehicle.uptane;

import java.math.BigInteger;
import org.bouncycastle.crypto.params.RSAKeyParameters;

/**
 * Checks RSASSA-PSS signatures with SHA-256 and MGF1 with SHA-256 (RFC 8017, 8.1.2). The length of the salt is taken from
 * the signature: TUF does not fix it, and signers differ.
 */
final class RsaPssSignatures implements SignatureCheck {
    static final String TYPE = "rsa";
    static final String SCHEME = "rsassa-pss-sha256";
    /** Of the modulus, as TUF demands. */
    private static final int LEAST_BITS = 2048;
    /** Beyond these, one signature could keep a client busy for long. */
    private static final int MOST_BITS = 8192;
    private static final int MOST_EXPONENT_BITS = 64;

    @Override
    public boolean isValid(PublicKey key, Bytes message, Bytes signature) {
        if (!key.scheme().equals(SCHEME) || !key.type().equals(TYPE)) {
            return false;
        }
        try {
            return isValid(decode(key), message, signature.toArray());
        } catch (IllegalArgumentException e) {
            return false; // not an RSA key
        }
    }

    /** @throws IllegalArgumentException if it is no RSA key, or too short, or too long for anybody's patience */
    static RSAKeyParameters decode(PublicKey key) {
        if (Pem.decode(key.value()) instanceof RSAKeyParameters rsa && isAcceptable(rsa)) {
            return rsa;
        }
        throw new IllegalArgumentException("not an RSA key of " + LEAST_BITS + " to " + MOST_BITS + " bits");
    }

    private static boolean isAcceptable(RSAKeyParameters key) {
        int bits = key.getModulus().bitLength();
        return bits >= LEAST_BITS && bits <= MOST_BITS && key.getExponent().bitLength() <= MOST_EXPONENT_BITS;
    }

    private static boolean isValid(RSAKeyParameters key, Bytes message, byte[] signature) {
        int bits = key.getModulus().bitLength();
        BigInteger number = new BigInteger(1, signature);
        if (signature.length != (bits + 7) / 8 || number.compareTo(key.getModulus()) >= 0) {
            return false;
        }
        return Pss.isValid(message.sha256Bytes(), number.modPow(key.getExponent(), key.getModulus()), bits - 1);
    }
}
