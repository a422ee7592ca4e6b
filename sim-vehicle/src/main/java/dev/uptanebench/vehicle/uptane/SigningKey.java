package dev.uptanebench.vehicle.uptane;

import java.util.HexFormat;
import java.util.function.Function;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/** An Ed25519 key pair. The private part never leaves this object. */
public final class SigningKey {
    private final Ed25519PrivateKeyParameters privateKey;
    private final PublicKey publicKey;

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

    public Signature sign(Bytes message) {
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
