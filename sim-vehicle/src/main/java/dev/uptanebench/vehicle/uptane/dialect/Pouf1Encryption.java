package dev.uptanebench.vehicle.uptane.dialect;

import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.EncryptedImage;
import dev.uptanebench.vehicle.uptane.Encryption;
import dev.uptanebench.vehicle.uptane.Extras;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bouncycastle.asn1.DERSequence;
import org.jspecify.annotations.Nullable;

/**
 * What a Director says to an ECU of its encrypted image. POUF-1 has a target and a wrapped key, but no place for the
 * method: without that extension both are kept as they stand, and no ECU here decrypts anything.
 */
final class Pouf1Encryption {
    private static final String TARGET = "encryptedTarget";
    private static final String KEY = "encryptedSymmetricKey";
    private static final String METHOD = "encryptionMethod";
    private static final String PARAMETER = "encryptionParameter";
    private static final String AES_256 = "aes256";
    private static final List<String> KEY_TYPES = List.of("aes128", "aes192", AES_256);
    private static final String SYMMETRIC = "aes-256-gcm";
    private static final List<String> METHODS = List.of(SYMMETRIC, "hpke-x25519-aes-256-gcm");

    private Pouf1Encryption() {}

    /** A wrapped key and what it is for. */
    private record Wrapped(String type, Bytes key) {}

    /**
     * POUF-1's two fields, before it is known whether a method follows.
     *
     * @param kept both as they stand
     */
    record Beginning(Pouf1Targets.@Nullable Image image, @Nullable Wrapped wrapped, Extras kept) {

        /** What the fields 9 and 10 make of it; null where they are not there. */
        @Nullable
        EncryptedImage end(DerReader custom) throws MalformedMetadata {
            return custom.has(9) ? encrypted(this, custom, 9) : null;
        }
    }

    static Beginning begin(DerReader custom) throws MalformedMetadata {
        SortedMap<String, String> kept = new TreeMap<>();
        Pouf1Targets.Image image = null;
        Wrapped wrapped = null;
        if (custom.has(3)) {
            kept.put(TARGET, custom.raw(3, TARGET).toHex());
            image = image(custom, 3);
        }
        if (custom.has(4)) {
            kept.put(KEY, custom.raw(4, KEY).toHex());
            wrapped = wrapped(custom, 4);
        }
        return new Beginning(image, wrapped, kept.isEmpty() ? Extras.NONE : new Extras(kept));
    }

    /** All of it in a sequence of its own. */
    static EncryptedImage whole(DerReader encryption) throws MalformedMetadata {
        Pouf1Targets.Image image = image(encryption, 0);
        Wrapped wrapped = encryption.has(1) ? wrapped(encryption, 1) : null;
        return encrypted(new Beginning(image, wrapped, Extras.NONE), encryption, 2);
    }

    private static Pouf1Targets.Image image(DerReader reader, int field) throws MalformedMetadata {
        return reader.sequence(field, TARGET, target -> Pouf1Targets.image(target, 1));
    }

    private static Wrapped wrapped(DerReader reader, int field) throws MalformedMetadata {
        return reader.sequence(field, KEY,
                key -> new Wrapped(key.enumerated(0, "type", KEY_TYPES), key.octets(1, "value")));
    }

    private static EncryptedImage encrypted(Beginning begun, DerReader reader, int field) throws MalformedMetadata {
        String method = reader.enumerated(field, METHOD, METHODS);
        Bytes parameter = reader.octets(field + 1, PARAMETER);
        Pouf1Targets.Image image = begun.image();
        Wrapped wrapped = begun.wrapped();
        if (image == null) {
            throw reader.problem(TARGET, "one beside an " + METHOD);
        }
        if (wrapped != null && !(method.equals(SYMMETRIC) && wrapped.type().equals(AES_256))) {
            throw reader.problem(KEY, "a key of type " + AES_256 + ", for " + SYMMETRIC + " alone");
        }
        return new EncryptedImage(image.filename(), image.length(), image.hashes(),
                wrapped != null
                        ? new Encryption.WrappedKey(parameter, wrapped.key())
                        : method.equals(SYMMETRIC)
                                ? new Encryption.OwnKey(parameter)
                                : new Encryption.PublicKey(parameter));
    }

    /** Writes what was kept. */
    static void keep(Extras extras, DerFields fields) {
        for (String kept : List.of(TARGET, KEY)) {
            String hex = extras.fields().get(kept);
            if (hex != null) {
                fields.kept(hex);
            }
        }
    }

    /** Writes the target and the wrapped key, if there is one, from that field on. */
    static DerFields write(EncryptedImage image, DerFields fields, int field) {
        fields.put(field, Pouf1Writer.image(image.filename(), image.length(), image.hashes()));
        return switch (image.encryption()) {
            case Encryption.WrappedKey wrapped -> fields.put(field + 1, new DerFields()
                    .enumerated(0, KEY_TYPES.indexOf(AES_256)).octets(1, wrapped.wrappedKey()).sequence());
            case Encryption.OwnKey _,Encryption.PublicKey _ -> fields;
        };
    }

    /** Writes the method and its parameter. */
    static DerFields method(Encryption encryption, DerFields fields, int field) {
        return switch (encryption) {
            case Encryption.OwnKey own -> fields.enumerated(field, 0).octets(field + 1, own.nonce());
            case Encryption.WrappedKey wrapped -> fields.enumerated(field, 0).octets(field + 1, wrapped.nonce());
            case Encryption.PublicKey direct ->
                fields.enumerated(field, 1).octets(field + 1, direct.encapsulatedKey());
        };
    }

    static DERSequence whole(EncryptedImage image) {
        return method(image.encryption(), write(image, new DerFields(), 0), 2).sequence();
    }
}
