package dev.uptanebench.vehicle.encryption;

import dev.uptanebench.vehicle.requirement.Carries;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.Encryption;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;

/** A pair of X25519 keys of an ECU, of which its Director has the public one. */
@Carries({"U-5.4.3.4-s6.b", "U-5.4.3.4-s6.c"})
final class OwnKeyPair implements EcuKey {
    private final AsymmetricCipherKeyPair pair;

    /** @param material 32 bytes that the pair follows from (RFC 9180, section 7.1.3) */
    OwnKeyPair(byte[] material) {
        this.pair = Hpke.pair(material);
    }

    @Override
    public Bytes shown() {
        return Hpke.publicKey(pair);
    }

    @Override
    public Bytes open(Encryption encryption, byte[] context, Bytes sealed) throws CannotDecrypt {
        return switch (encryption) {
            case Encryption.WrappedKey wrapped -> {
                Bytes content = unwrapped(wrapped.wrappedKey(), context)
                        .filter(key -> key.length() == AesGcm.KEY)
                        .orElseThrow(() -> new CannotDecrypt("the wrapped key does not open with that of this ECU"));
                yield AesGcm.open(content.toArray(), wrapped.nonce(), context, sealed)
                        .orElseThrow(() -> new CannotDecrypt("it does not open with the key that was wrapped"));
            }
            case Encryption.PublicKey direct -> Hpke.open(pair, direct.encapsulatedKey(), context, sealed)
                    .orElseThrow(() -> new CannotDecrypt("it does not open with the private key of this ECU"));
            case Encryption.OwnKey _ ->
                throw new CannotDecrypt("it was encrypted for an ECU that has a symmetric key");
        };
    }

    private Optional<Bytes> unwrapped(Bytes wrapped, byte[] context) {
        byte[] bytes = wrapped.toArray();
        return bytes.length < Hpke.SHARE
                ? Optional.empty()
                : Hpke.open(pair, Bytes.of(bytes, Hpke.SHARE), context,
                        Bytes.of(Arrays.copyOfRange(bytes, Hpke.SHARE, bytes.length)));
    }

    @Override
    public String toString() {
        return "a pair of keys";
    }
}
