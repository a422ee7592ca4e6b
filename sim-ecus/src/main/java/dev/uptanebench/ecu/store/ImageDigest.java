package dev.uptanebench.ecu.store;

import dev.uptanebench.vehicle.uptane.Target;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** Length and hashes of an image as it goes by, against what metadata states: all hashes of known functions. */
final class ImageDigest {
    private static final Map<String, String> FUNCTIONS = Map.of("sha256", "SHA-256", "sha512", "SHA-512");

    private final Target target;
    private final Map<String, MessageDigest> digests = new TreeMap<>();
    private long length;

    ImageDigest(Target target) {
        this.target = target;
        for (String function : target.hashes().keySet()) {
            String algorithm = FUNCTIONS.get(function);
            if (algorithm != null) {
                digests.put(function, digest(algorithm));
            }
        }
    }

    void update(byte[] bytes, int from, int count) {
        digests.values().forEach(digest -> digest.update(bytes, from, count));
        length += count;
    }

    /** Ends it. An image of which no hash can be computed is not that of any target. */
    boolean isThatOfTarget() {
        boolean same = !digests.isEmpty() && length == target.length();
        for (Map.Entry<String, MessageDigest> digest : digests.entrySet()) {
            same &= HexFormat.of().formatHex(digest.getValue().digest()).equals(target.hashes().get(digest.getKey()));
        }
        return same;
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }
}
