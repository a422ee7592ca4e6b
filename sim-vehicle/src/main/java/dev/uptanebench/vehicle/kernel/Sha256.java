package dev.uptanebench.vehicle.kernel;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256. Looking an algorithm up costs as much as hashing a line, so it is looked up once. */
public final class Sha256 {
    private static final MessageDigest PROTOTYPE = prototype(); // only ever cloned

    private Sha256() {}

    /** A digest that has seen nothing yet. */
    public static MessageDigest begun() {
        try {
            return (MessageDigest) PROTOTYPE.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the JDK's SHA-256 can be cloned", e);
        }
    }

    /** Lower-case hex digits. */
    public static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(begun().digest(bytes));
    }

    private static MessageDigest prototype() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
