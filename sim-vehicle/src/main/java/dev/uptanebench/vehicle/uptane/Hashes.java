package dev.uptanebench.vehicle.uptane;

import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Hashes as metadata states them, by function: {@code sha256}, {@code sha512} and any that are not known here. */
public final class Hashes {
    private Hashes() {}

    /** Whether bytes have every stated hash of a known function, and at least one is known. */
    public static boolean agree(SortedMap<String, String> hashes, Bytes bytes) {
        String sha256 = hashes.get("sha256");
        String sha512 = hashes.get("sha512");
        return (sha256 != null || sha512 != null) && is(sha256, sha256 == null ? "" : bytes.sha256())
                && is(sha512, sha512 == null ? "" : bytes.sha512());
    }

    private static boolean is(@Nullable String stated, String computed) {
        return stated == null || stated.equals(computed);
    }
}
