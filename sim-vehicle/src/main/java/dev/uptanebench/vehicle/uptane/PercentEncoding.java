package dev.uptanebench.vehicle.uptane;

import java.nio.charset.StandardCharsets;

/**
 * Names of roles and images as parts of paths (RFC 3986): every byte of UTF-8 but letters, digits and {@code -._~} is
 * written {@code %XX}, so that no name means anything to a server or a file system.
 */
public final class PercentEncoding {
    private static final String UNRESERVED = "-._~";
    private static final String HEX = "0123456789ABCDEF";

    private PercentEncoding() {}

    /** One segment of a path; {@code /} is encoded too. */
    public static String segment(String name) {
        StringBuilder encoded = new StringBuilder(name.length() + 16);
        for (byte octet : name.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xff);
            if (isUnreserved(c)) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            }
        }
        return encoded.toString();
    }

    private static boolean isUnreserved(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || UNRESERVED.indexOf(c) >= 0;
    }
}
