package dev.uptanebench.vehicle.uptane;

import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/** An Ed25519 key pair. The private part never leaves this object. */
public final class SigningKey {
    private static final int MOST_REMEMBERED = 10_000;

    private final Ed25519PrivateKeyParameters privateKey;
    private final PublicKey publicKey;
    private final Map<String, Signature> signed = new ConcurrentHashMap<>();

    private SigningKey(Ed25519PrivateKeyParameters privateKey, PublicKey publicKey) {
        this.privateKey = privateKey;
        this.publicKey = publicKey;
    }

    /**
     * The key pair of a 32-byte seed (RFC 8032).
     *
     * @param keyId how the dialect derives a key id from a public key that has none yet
     */
    public static SigningKey ofSeed(byte[] seed, Function<PublicKey, String> keyId) {
        Ed25519PrivateKeyParameters key = new Ed25519PrivateKeyParameters(seed);
        String value = HexFormat.of().formatHex(key.generatePublicKey().getEncoded());
        PublicKey unnamed = new PublicKey("", "ed25519", "ed25519", value);
        return new SigningKey(key, new PublicKey(keyId.apply(unnamed), "ed25519", "ed25519", value));
    }

    public PublicKey publicKey() {
        return publicKey;
    }

    /** Signs a message; one that was signed before gets the same signature again, as RFC 8032 has it. */
    public Signature sign(Bytes message) {
        Signature known = signed.get(message.sha256());
        if (known == null) {
            known = signAnew(message);
            if (signed.size() < MOST_REMEMBERED) {
                signed.put(message.sha256(), known);
            }
        }
        return known;
    }

    private Signature signAnew(Bytes message) {
        Ed25519Signer signer = new Ed25519Signer();
        signer.init(true, privateKey);
        signer.update(message.toArray(), 0, message.length());
        return new Signature(publicKey.id(), Bytes.of(signer.generateSignature()));
    }

    @Override
    public String toString() {
        return "key " + publicKey.id();
    }
}
