package dev.uptanebench.ecu.verify;

import dev.uptanebench.vehicle.requirement.Check;
import dev.uptanebench.vehicle.requirement.Checks;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.Hashes;
import java.util.stream.Collectors;
import dev.uptanebench.vehicle.uptane.Target;

/** What every ECU checks before it installs an image (5.4.3.4), in two halves: the order, then the bytes. */
public final class ImageVerification {
    private static final int SHOWN_DIGITS = 12;

    private final Checks checks;
    private final String serial;
    private final String hardwareId;

    public ImageVerification(Checks checks, String serial, String hardwareId) {
        this.checks = checks;
        this.serial = serial;
        this.hardwareId = hardwareId;
    }

    /** Steps 2 to 5. */
    public void requireOrder(Ordered order, Installed before) throws Rejected {
        require(Check.IMAGE_FOR_THIS_ECU, order, order.serial().equals(serial), serial, order.serial()); // U-5.4.3.4-s2
        require(Check.IMAGE_HARDWARE, order, order.hardwareId().equals(hardwareId), hardwareId, order.hardwareId()); // U-5.4.3.4-s3
        require(Check.IMAGE_FILENAME, order, isPlain(order.filename()), "a plain relative name", order.filename()); // U-5.4.3.4-s4
        Long counter = order.target().releaseCounter();
        require(Check.IMAGE_RELEASE_COUNTER, order, (counter == null ? 0 : counter) >= before.releaseCounter(), // U-5.4.3.4-s5
                "a release counter of at least " + before.releaseCounter(), String.valueOf(counter));
    }

    /** Step 7 and the length. */
    public void requireImage(Ordered order, Bytes image) throws Rejected {
        requireImage(checks, order, image);
    }

    /** The same for an image that a Primary passes on (5.4.2.4). */
    public static void requireImage(Checks checks, Ordered order, Bytes image) throws Rejected {
        String subject = "image " + order.filename();
        long length = order.target().length();
        if (image.length() != length && checks.on(Check.IMAGE_LENGTH)) {
            throw new Rejected(
                    Rejection.of(Check.IMAGE_LENGTH, subject, length + " bytes", image.length() + " bytes"));
        }
        if (!Hashes.agree(order.target().hashes(), image) && checks.on(Check.IMAGE_HASHES)) { // U-5.4.3.4-s7: all of them
            throw new Rejected(Rejection.of(Check.IMAGE_HASHES, subject, described(order.target()),
                    described("sha256", image.sha256())));
        }
    }

    /** The refusal of an image that has more bytes than was ordered (5.4.3.3 step 4.b). */
    public static Rejected tooLarge(Ordered order) {
        return tooLarge(order.filename(), order.target());
    }

    public static Rejected tooLarge(String filename, Target target) {
        return new Rejected(Rejection.of(Check.IMAGE_SIZE, "image " + filename,
                "at most " + target.length() + " bytes", "more"));
    }

    /** The refusal of an image that comes too slowly (5.4). */
    public static Rejected tooSlow(Ordered order, int bytes) {
        return tooSlow(order.filename(), bytes);
    }

    public static Rejected tooSlow(String filename, long bytes) {
        return new Rejected(Rejection.of(Check.RETRIEVAL_RATE, "image " + filename, "an honest rate",
                bytes + " bytes before patience ended"));
    }

    /** The refusal of an image whose bytes were not kept, because they are not those that metadata describes. */
    public static Rejected notDescribed(String filename, Target target) {
        return new Rejected(Rejection.of(Check.IMAGE_HASHES, "image " + filename,
                target.length() + " bytes, " + described(target), "others"));
    }

    private static String described(Target target) {
        return target.hashes().entrySet().stream().map(hash -> described(hash.getKey(), hash.getValue()))
                .collect(Collectors.joining(", "));
    }

    /** Enough of a hash to tell it from others. */
    private static String described(String algorithm, String hash) {
        return algorithm + ' ' + hash.substring(0, Math.min(SHOWN_DIGITS, hash.length())) + '\u2026';
    }

    private static boolean isPlain(String filename) {
        return !filename.isEmpty() && !filename.startsWith("/") && !filename.contains("..")
                && !filename.contains("\\") && filename.chars().noneMatch(Character::isISOControl);
    }

    private void require(Check check, Ordered order, boolean holds, String expected, String found) throws Rejected {
        if (!holds && checks.on(check)) {
            throw new Rejected(Rejection.of(check, "image " + order.filename(), expected, found));
        }
    }
}
