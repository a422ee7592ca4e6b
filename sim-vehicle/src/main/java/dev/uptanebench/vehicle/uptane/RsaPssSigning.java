package dev.uptanebench.vehicle.uptane;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.SecureRandom;
import org.bouncycastle.crypto.generators.RSAKeyPairGenerator;
import org.bouncycastle.crypto.params.RSAKeyGenerationParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.params.RSAPrivateCrtKeyParameters;

/** The private half of an RSA key. The salt of RSASSA-PSS derives from the key and the message (RFC 8017, 8.1.1). */
final class RsaPssSigning {
    private static final int BITS = 2048;
    private static final int CERTAINTY = 100;
    private static final BigInteger EXPONENT = BigInteger.valueOf(65537);

    private final RSAPrivateCrtKeyParameters key;
    private final byte[] seed;

    private RsaPssSigning(RSAPrivateCrtKeyParameters key, byte[] seed) {
        this.key = key;
        this.seed = seed;
    }

    static RsaPssSigning generate(SecureRandom random) {
        RSAKeyPairGenerator generator = new RSAKeyPairGenerator();
        generator.init(new RSAKeyGenerationParameters(EXPONENT, random, BITS, CERTAINTY));
        RSAPrivateCrtKeyParameters key = (RSAPrivateCrtKeyParameters) generator.generateKeyPair().getPrivate();
        return new RsaPssSigning(key, key.getExponent().toByteArray());
    }

    String pem() {
        return Pem.encode(new RSAKeyParameters(false, key.getModulus(), key.getPublicExponent()));
    }

    byte[] sign(Bytes message) {
        int bits = key.getModulus().bitLength();
        byte[] hash = message.sha256Bytes();
        BigInteger representative = Pss.encode(hash, salt(hash), bits - 1);
        return Pss.fixed(representative.modPow(key.getExponent(), key.getModulus()), (bits + 7) / 8);
    }

    private byte[] salt(byte[] hash) {
        MessageDigest sha256 = Bytes.sha256Digest();
        sha256.update(seed);
        return sha256.digest(hash);
    }
}
