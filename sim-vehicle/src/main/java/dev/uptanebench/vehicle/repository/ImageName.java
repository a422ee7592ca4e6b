package dev.uptanebench.vehicle.repository;

import dev.uptanebench.vehicle.requirement.Carries;
import dev.uptanebench.vehicle.uptane.dialect.Dialect;
import dev.uptanebench.vehicle.uptane.dialect.Feature;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;

/** File names of images as 5.2.7 asks: a hash in front, and nothing that could leave a download folder. */
public final class ImageName {
    private ImageName() {}

    /** A name as metadata has it: every character in one form (RFC 5198), so that equal names have equal bytes. */
    public static String normal(String filename) {
        return Normalizer.normalize(filename, Normalizer.Form.NFC);
    }

    /** The path of an image below {@code targets/}: percent-encoded, with the hash before the last part of its name. */
    @Carries("U-5.2.7-s2")
    public static String prefixed(String hash, String filename) {
        int slash = filename.lastIndexOf('/');
        String folder = slash < 0 ? "" : encode(filename.substring(0, slash)) + "%2F";
        return folder + hash + '.' + encode(filename.substring(slash + 1));
    }

    /** The path of an image in a repository of that dialect: with a hash in front where it has consistent snapshots. */
    public static String of(Dialect dialect, String hash, String filename) {
        return dialect.features().contains(Feature.CONSISTENT_SNAPSHOT) ? prefixed(hash, filename) : encode(filename);
    }

    @Carries("U-5.2.7-s3")
    private static String encode(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
