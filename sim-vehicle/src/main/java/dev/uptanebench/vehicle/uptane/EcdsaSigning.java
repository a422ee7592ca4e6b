package dev.uptanebench.vehicle.uptane;

import java.io.IOException;
import java.math.BigInteger;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/** The private half of an ECDSA key on P-256. Signs without randomness (RFC 6979). */
record EcdsaSigning(BigInteger secret) {

    /** The secret is the seed's hash, made to fit: between 1 and the order of the curve, exclusively. */
    static EcdsaSigning ofSeed(byte[] seed) {
        BigInteger number = new BigInteger(1, Bytes.of(seed).sha256Bytes());
        return new EcdsaSigning(number.mod(EcdsaSignatures.P256.getN().subtract(BigInteger.ONE)).add(BigInteger.ONE));
    }

    String pem() {
        return Pem.encode(new ECPublicKeyParameters(
                new FixedPointCombMultiplier().multiply(EcdsaSignatures.P256.getG(), secret), EcdsaSignatures.P256));
    }

    byte[] sign(Bytes message) {
        ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
        signer.init(true, new ECPrivateKeyParameters(secret, EcdsaSignatures.P256));
        BigInteger[] rs = signer.generateSignature(message.sha256Bytes());
        try {
            return StandardDSAEncoding.INSTANCE.encode(EcdsaSignatures.P256.getN(), rs[0], rs[1]);
        } catch (IOException e) {
            throw new IllegalStateException("a signature always has an encoding", e);
        }
    }

    @Override
    public String toString() {
        return "a secret";
    }
}
