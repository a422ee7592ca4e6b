package dev.uptanebench.vehicle.uptane;

import dev.uptanebench.vehicle.kernel.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** An immutable run of bytes: a file, a signature, a signing input. */
public final class Bytes {
    private final byte[] bytes;
    private @Nullable String sha256;

    private Bytes(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A copy of the given bytes. */
    public static Bytes of(byte[] bytes) {
        return new Bytes(bytes.clone());
    }

    /** A copy of the first bytes of a buffer. */
    public static Bytes of(byte[] buffer, int length) {
        return new Bytes(Arrays.copyOf(buffer, length));
    }

    /** The UTF-8 bytes of a text. */
    public static Bytes utf8(String text) {
        return new Bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** @throws IllegalArgumentException if it is not an even number of hex digits */
    public static Bytes hex(String digits) {
        return new Bytes(HexFormat.of().parseHex(digits));
    }

    public int length() {
        return bytes.length;
    }

    /** A copy. */
    public byte[] toArray() {
        return bytes.clone();
    }

    /** Lower-case hex digits. */
    public String toHex() {
        return HexFormat.of().formatHex(bytes);
    }

    public String toUtf8() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Lower-case hex SHA-256. */
    public String sha256() {
        String known = sha256;
        if (known == null) {
            known = Sha256.hex(bytes);
            sha256 = known;
        }
        return known;
    }

    /** Lower-case hex SHA-512. */
    public String sha512() {
        return digest("SHA-512");
    }

    /** SHA-256. */
    byte[] sha256Bytes() {
        return HexFormat.of().parseHex(sha256());
    }

    static MessageDigest sha256Digest() {
        return messageDigest("SHA-256");
    }

    private String digest(String algorithm) {
        return HexFormat.of().formatHex(messageDigest(algorithm).digest(bytes));
    }

    private static MessageDigest messageDigest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Bytes that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return bytes.length + " bytes";
    }
}
