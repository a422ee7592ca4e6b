package dev.uptanebench.ecu.store;

import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.PercentEncoding;
import dev.uptanebench.vehicle.uptane.RoleType;
import java.util.Arrays;
import java.util.Locale;

/**
 * Names under which a client keeps what a repository names as it likes: one file name in one folder, whatever the name
 * holds. Most names stay as they are; all others are percent-encoded.
 */
final class LocalName {
    private static final int LONGEST = 200;

    private LocalName() {}

    /** Of an image. Two images never share a name. */
    static String of(String name) {
        String encoded = PercentEncoding.segment(name);
        if (encoded.startsWith(".")) { // neither this folder nor the one above, nor hidden
            encoded = "%2E" + encoded.substring(1);
        }
        return encoded.length() <= LONGEST ? encoded : "%sha256-" + Bytes.utf8(name).sha256();
    }

    /** Of a delegated role, apart from the top-level ones even where a file system takes A for a. */
    static String ofRole(String name) {
        boolean clashes = Arrays.stream(RoleType.values())
                .anyMatch(top -> top.id().equals(name.toLowerCase(Locale.ROOT)));
        String local = of(name);
        return clashes ? "%" + Integer.toHexString(local.charAt(0)) + local.substring(1) : local;
    }
}
