package dev.uptanebench.bench.serve;

import java.util.Set;
import java.util.regex.Pattern;

/** What an image can be called, so that no client's path leads anywhere else (U-5.2.7-s3). */
final class ImageFilename {
    private static final int LONGEST = 255;
    private static final Pattern PART = Pattern.compile("[^\\\\/\\p{Cntrl}\\p{Cf}\\p{Cs}]+");
    private static final Set<String> NOT_A_NAME = Set.of(".", "..");

    private ImageFilename() {}

    /** @throws IllegalArgumentException with one sentence if it is no filename */
    static void require(String filename) {
        if (filename.length() > LONGEST) {
            throw new IllegalArgumentException("an image's name has at most " + LONGEST + " characters");
        }
        for (String part : filename.split("/", -1)) {
            if (!PART.matcher(part).matches() || NOT_A_NAME.contains(part)) {
                throw new IllegalArgumentException("not the name of an image: its parts between slashes are neither "
                        + "empty nor . nor .., and have no backslash or control character (U-5.2.7-s3)");
            }
        }
    }
}
