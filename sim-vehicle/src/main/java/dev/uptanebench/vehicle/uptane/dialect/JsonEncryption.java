package dev.uptanebench.vehicle.uptane.dialect;

import dev.uptanebench.vehicle.uptane.EncryptedImage;
import dev.uptanebench.vehicle.uptane.Encryption;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/** What the Director says to an ECU of its encrypted image, beside its hardware id, in both dialects of JSON. */
final class JsonEncryption {
    private static final String FIELD = "encryptedTarget";
    private static final String SYMMETRIC = "aes-256-gcm";
    private static final String DIRECT = "hpke-x25519-aes-256-gcm";
    private static final String NONCE = "nonce";
    private static final String WRAPPED_KEY = "wrappedKey";
    private static final String ENCAPSULATED_KEY = "encapsulatedKey";

    private JsonEncryption() {}

    /** @param ecus by serial */
    static SortedMap<String, EncryptedImage> read(JsonReader ecus) throws MalformedMetadata {
        SortedMap<String, EncryptedImage> all = new TreeMap<>();
        for (var ecu : ecus.objects().entrySet()) {
            JsonReader image = ecu.getValue().optionalObject(FIELD);
            if (image != null) {
                all.put(ecu.getKey(), image(image));
            }
        }
        return all;
    }

    private static EncryptedImage image(JsonReader image) throws MalformedMetadata {
        SortedMap<String, String> hashes = TufJsonTargets.hashes(image.object("hashes"));
        String filename = image.string("filename");
        if (hashes.isEmpty()) {
            throw image.problem("hashes", "at least one");
        }
        if (filename.isEmpty()) {
            throw image.problem("filename", "a name");
        }
        return new EncryptedImage(filename, image.integer("length", 0), hashes, encryption(image));
    }

    private static Encryption encryption(JsonReader image) throws MalformedMetadata {
        return switch (image.string("method")) {
            case SYMMETRIC -> image.has(WRAPPED_KEY)
                    ? new Encryption.WrappedKey(image.hex(NONCE), image.hex(WRAPPED_KEY))
                    : new Encryption.OwnKey(image.hex(NONCE));
            case DIRECT -> new Encryption.PublicKey(image.hex(ENCAPSULATED_KEY));
            default -> throw image.problem("method", "one of " + List.of(SYMMETRIC, DIRECT));
        };
    }

    static void write(EncryptedImage image, ObjectNode ecu) {
        ObjectNode out = ecu.putObject(FIELD).put("filename", image.filename()).put("length", image.length());
        image.hashes().forEach(out.putObject("hashes")::put);
        switch (image.encryption()) {
            case Encryption.OwnKey own -> out.put("method", SYMMETRIC).put(NONCE, own.nonce().toHex());
            case Encryption.WrappedKey wrapped -> out.put("method", SYMMETRIC).put(NONCE, wrapped.nonce().toHex())
                    .put(WRAPPED_KEY, wrapped.wrappedKey().toHex());
            case Encryption.PublicKey direct ->
                out.put("method", DIRECT).put(ENCAPSULATED_KEY, direct.encapsulatedKey().toHex());
        }
    }
}
