package dev.uptanebench.vehicle.uptane.dialect;

import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.PublicKey;
import dev.uptanebench.vehicle.uptane.Signature;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.DERSequence;
import org.jspecify.annotations.Nullable;

/** Keys, signatures and hashes of POUF-1. */
final class Pouf1Keys {
    /** In the order of their numbers. */
    private static final List<String> HASHES = List.of("sha224", "sha256", "sha384", "sha512", "sha512-224",
            "sha512-256");
    /** Types of keys and methods of signatures have the same numbers; the last one is an extension. */
    private static final List<String> TYPES = List.of("rsa", "ed25519", "ecdsa");
    private static final List<String> SCHEMES = List.of("rsassa-pss-sha256", "ed25519", "ecdsa-sha2-nistp256");
    private static final String BEGIN = "-----BEGIN PUBLIC KEY-----\n";
    private static final String END = "\n-----END PUBLIC KEY-----\n";
    private static final int PEM_LINE = 64;

    private Pouf1Keys() {}

    static SortedMap<String, PublicKey> keys(DerReader reader, int field) throws MalformedMetadata {
        return reader.named(field, "keys", each -> {
            PublicKey key = key(each);
            return Map.entry(key.id(), key);
        });
    }

    private static PublicKey key(DerReader key) throws MalformedMetadata {
        String id = key.octets(0, "publicKeyid").toHex();
        String type = key.enumerated(1, "publicKeyType", TYPES);
        return new PublicKey(id, type, SCHEMES.get(TYPES.indexOf(type)), value(type, key.octets(2, "publicKeyValue")));
    }

    /** The key of the time source; null where none is listed. */
    static @Nullable PublicKey timeSource(DerReader reader, int field) throws MalformedMetadata {
        return reader.has(field) ? reader.sequence(field, "timeSource", Pouf1Keys::key) : null;
    }

    static DerFields timeSource(DerFields fields, int field, @Nullable PublicKey key) {
        return key == null ? fields : fields.put(field, key(key));
    }

    /** Ed25519 keys are their 32 octets, all others a SubjectPublicKeyInfo; the model has hex digits and PEM. */
    private static String value(String type, Bytes octets) {
        return type.equals("ed25519")
                ? octets.toHex()
                : BEGIN + Base64.getMimeEncoder(PEM_LINE, new byte[]{'\n'}).encodeToString(octets.toArray()) + END;
    }

    private static Bytes octets(PublicKey key) {
        String value = key.value();
        if (key.type().equals("ed25519")) {
            return Bytes.hex(value);
        }
        if (!value.startsWith(BEGIN) || !value.strip().endsWith(END.strip())) {
            throw new IllegalArgumentException("expected a public key in PEM, found " + value);
        }
        String base64 = value.substring(BEGIN.length(), value.lastIndexOf(END.strip()));
        return Bytes.of(Base64.getMimeDecoder().decode(base64));
    }

    static DERSequence key(PublicKey key) {
        return body(key, new DerFields().octets(0, Bytes.hex(key.id())));
    }

    /** The SHA-256 of the key as it is written, but for the id itself. */
    static String id(PublicKey key) {
        return DerFields.encode(body(key, new DerFields())).sha256();
    }

    private static DERSequence body(PublicKey key, DerFields fields) {
        return fields.enumerated(1, number(TYPES, key.type())).octets(2, octets(key)).sequence();
    }

    /** A signature says over which hash it is, and that has to be the one of the signed part. */
    static Signature signature(DerReader signature, Bytes input) throws MalformedMetadata {
        String id = signature.octets(0, "keyid").toHex();
        signature.enumerated(1, "method", SCHEMES);
        Map.Entry<String, String> hash = signature.sequence(2, "hash", Pouf1Keys::hash);
        if (!hash.equals(Map.entry("sha256", input.toHex()))) {
            throw signature.problem("hash", "the sha256 of the signed part");
        }
        return new Signature(id, signature.octets(3, "value"));
    }

    static DERSequence signature(Signature signature, PublicKey key, Bytes input) {
        return new DerFields().octets(0, Bytes.hex(signature.keyId())).enumerated(1, number(TYPES, key.type()))
                .put(2, hash("sha256", input.toHex())).octets(3, signature.value()).sequence();
    }

    static SortedMap<String, String> hashes(DerReader reader, int field) throws MalformedMetadata {
        return reader.named(field, "hashes", Pouf1Keys::hash);
    }

    private static Map.Entry<String, String> hash(DerReader hash) throws MalformedMetadata {
        return Map.entry(hash.enumerated(0, "function", HASHES), hash.octets(1, "digest").toHex());
    }

    static DerFields hashes(DerFields fields, int field, SortedMap<String, String> hashes) {
        return fields.list(field, hashes.entrySet(), hash -> hash(hash.getKey(), hash.getValue()));
    }

    private static ASN1Encodable hash(String function, String digest) {
        return new DerFields().enumerated(0, number(HASHES, function)).octets(1, Bytes.hex(digest)).sequence();
    }

    private static int number(List<String> names, String name) {
        int number = names.indexOf(name);
        if (number < 0) {
            throw new IllegalArgumentException("pouf1-der has no " + name + ", but " + names);
        }
        return number;
    }
}
