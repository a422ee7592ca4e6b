package dev.uptanebench.vehicle.encryption;

import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.EncryptedImage;
import dev.uptanebench.vehicle.uptane.Encryption;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a Director encrypts images for one ECU.
 *
 * @param known what it knows of the ECU's key: the public half of a pair, or a symmetric key itself
 */
public record Sealing(Way way, Bytes known) {
    /** How many bytes longer an image is when it is encrypted, in each way. */
    public static final int OVERHEAD = AesGcm.TAG;

    /** The ways of 5.4.3.4 step 6. */
    public enum Way {
        /** The ECU has a symmetric key, which encrypts the image. */
        SYMMETRIC,
        /** The ECU has a pair of keys; a key made for the image is wrapped for it. */
        WRAPPED,
        /** The ECU has a pair of keys; the image is encrypted to it. */
        DIRECT;

        /** As bench files write it. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The key of an ECU that gets its images in this way, made of 32 secret bytes. */
        public EcuKey key(byte[] secret) {
            return switch (this) {
                case SYMMETRIC -> new OwnSymmetricKey(Bytes.of(secret));
                case WRAPPED, DIRECT -> new OwnKeyPair(secret);
            };
        }
    }

    /**
     * With a key that was taken in before: whether anything can be encrypted to it is asked where it comes from outside,
     * by {@link #with}, and not each time it is read again.
     *
     * @throws IllegalArgumentException if it is too long or too short
     */
    public Sealing {
        if (known.length() != AesGcm.KEY) {
            throw new IllegalArgumentException(
                    "a key to encrypt with has " + AesGcm.KEY + " bytes, not " + known.length());
        }
    }

    /**
     * With a key that somebody states.
     *
     * @throws IllegalArgumentException if nothing can be encrypted with that
     */
    public static Sealing with(Way way, Bytes stated) {
        Sealing sealing = new Sealing(way, stated);
        if (way != Way.SYMMETRIC && !Hpke.isPublicKey(stated)) {
            throw new IllegalArgumentException("nothing can be encrypted to that X25519 key");
        }
        return sealing;
    }

    /** For the ECU that has the key which {@link Way#key} makes of the secret; of a pair, the public half is kept alone. */
    public static Sealing of(Way way, byte[] secret) {
        return new Sealing(way, way.key(secret).shown());
    }

    /**
     * Encrypts an image.
     *
     * @param random never the same twice, except for the same image for the same ECU
     */
    public Sealed seal(ImageIdentity identity, Bytes clear, Randomness random) {
        byte[] context = identity.context();
        return switch (way) {
            case SYMMETRIC -> {
                Bytes nonce = Bytes.of(random.nextBytes(AesGcm.NONCE));
                yield sealed(identity, AesGcm.seal(known.toArray(), nonce, context, clear),
                        new Encryption.OwnKey(nonce));
            }
            case WRAPPED -> {
                Bytes nonce = Bytes.of(random.nextBytes(AesGcm.NONCE));
                byte[] content = random.nextBytes(AesGcm.KEY);
                Hpke.Message wrapped = Hpke.seal(known, random.nextBytes(Hpke.SHARE), context, Bytes.of(content));
                yield sealed(identity, AesGcm.seal(content, nonce, context, clear), new Encryption.WrappedKey(nonce,
                        Bytes.hex(wrapped.encapsulatedKey().toHex() + wrapped.sealed().toHex())));
            }
            case DIRECT -> {
                Hpke.Message message = Hpke.seal(known, random.nextBytes(Hpke.SHARE), context, clear);
                yield sealed(identity, message.sealed(), new Encryption.PublicKey(message.encapsulatedKey()));
            }
        };
    }

    private static Sealed sealed(ImageIdentity identity, Bytes bytes, Encryption encryption) {
        return new Sealed(new EncryptedImage(identity.filename() + '.' + identity.serial() + ".enc", bytes.length(),
                new TreeMap<>(Map.of("sha256", bytes.sha256(), "sha512", bytes.sha512())), encryption), bytes);
    }

    /** Says nothing of the key, which may be a secret. */
    @Override
    public String toString() {
        return way.id();
    }
}
