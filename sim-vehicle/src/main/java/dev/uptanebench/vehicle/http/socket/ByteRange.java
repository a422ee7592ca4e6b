package dev.uptanebench.vehicle.http.socket;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The part of a body that a client asks for with {@code Range: bytes=first-} or {@code bytes=first-last} (RFC 9110,
 * 14.2). Other forms are ignored, as it allows.
 *
 * @param length 0 where it begins behind the end
 */
record ByteRange(long first, long length) {
    private static final Pattern FORM = Pattern.compile("bytes=([0-9]{1,18})-([0-9]{0,18})");

    /** @param whole length of the whole body */
    static Optional<ByteRange> of(@Nullable String header, long whole) {
        Matcher form = FORM.matcher(header == null ? "" : header);
        if (!form.matches()) {
            return Optional.empty();
        }
        long first = Long.parseLong(form.group(1));
        long last = form.group(2).isEmpty() ? whole - 1 : Math.min(Long.parseLong(form.group(2)), whole - 1);
        if (!form.group(2).isEmpty() && Long.parseLong(form.group(2)) < first) {
            return Optional.empty();
        }
        return Optional.of(new ByteRange(first, Math.max(0, last - first + 1)));
    }
}
