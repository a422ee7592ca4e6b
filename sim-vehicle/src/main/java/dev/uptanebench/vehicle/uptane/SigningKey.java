package dev.uptanebench.vehicle.uptane;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** A key pair. The private part never leaves this object. Signing is deterministic, whatever the kind of key. */
public final class SigningKey {
    private static final int MOST_REMEMBERED = 10_000;

    private final Signer signer;
    private final PublicKey publicKey;
    private final Map<String, Signature> signed = new ConcurrentHashMap<>();

    /** Makes the signature over a message. */
    @FunctionalInterface
    interface Signer {
        byte[] sign(Bytes message);
    }

    private SigningKey(Signer signer, PublicKey unnamed, Function<PublicKey, String> keyId) {
        this.signer = signer;
        this.publicKey = new PublicKey(keyId.apply(unnamed), unnamed.type(), unnamed.scheme(), unnamed.value());
    }

    /**
     * The Ed25519 key pair of a 32-byte seed (RFC 8032).
     *
     * @param keyId how the dialect derives a key id from a public key that has none yet
     */
    public static SigningKey ofSeed(byte[] seed, Function<PublicKey, String> keyId) {
        Ed25519PrivateKeyParameters key = new Ed25519PrivateKeyParameters(seed);
        String value = HexFormat.of().formatHex(key.generatePublicKey().getEncoded());
        return new SigningKey(message -> sign(key, message), new PublicKey("", "ed25519", "ed25519", value), keyId);
    }

    /** An ECDSA key pair on P-256 that depends on nothing but the seed; signs as RFC 6979 says. */
    public static SigningKey ecdsaOfSeed(byte[] seed, Function<PublicKey, String> keyId) {
        EcdsaSigning key = EcdsaSigning.ofSeed(seed);
        return new SigningKey(key::sign, new PublicKey("", EcdsaSignatures.TYPE, EcdsaSignatures.SCHEME, key.pem()),
                keyId);
    }

    /**
     * Makes an RSA key pair of 2048 bits that signs with RSASSA-PSS. It takes a while: have few of them.
     *
     * @param random what the pair depends on; its salts depend on the pair and the message
     */
    public static SigningKey rsa(SecureRandom random, Function<PublicKey, String> keyId) {
        RsaPssSigning key = RsaPssSigning.generate(random);
        return new SigningKey(key::sign, new PublicKey("", RsaPssSignatures.TYPE, RsaPssSignatures.SCHEME, key.pem()),
                keyId);
    }

    public PublicKey publicKey() {
        return publicKey;
    }

    /** Signs a message; one that was signed before gets the same signature again. */
    public Signature sign(Bytes message) {
        Signature known = signed.get(message.sha256());
        if (known == null) {
            known = new Signature(publicKey.id(), Bytes.of(signer.sign(message)));
            if (signed.size() < MOST_REMEMBERED) {
                signed.put(message.sha256(), known);
            }
        }
        return known;
    }

    private static byte[] sign(Ed25519PrivateKeyParameters key, Bytes message) {
        byte[] signature = new byte[Ed25519PrivateKeyParameters.SIGNATURE_SIZE];
        key.sign(Ed25519.Algorithm.Ed25519, null, message.toArray(), 0, message.length(), signature, 0);
        return signature;
    }

    @Override
    public String toString() {
        return "key " + publicKey.id();
    }
}
