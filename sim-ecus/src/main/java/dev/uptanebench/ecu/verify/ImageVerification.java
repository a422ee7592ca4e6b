package dev.uptanebench.ecu.verify;

import dev.uptanebench.vehicle.delta.NoDelta;
import dev.uptanebench.vehicle.delta.Vcdiff;
import dev.uptanebench.vehicle.encryption.CannotDecrypt;
import dev.uptanebench.vehicle.encryption.EcuKey;
import dev.uptanebench.vehicle.encryption.ImageIdentity;
import dev.uptanebench.vehicle.requirement.Carries;
import dev.uptanebench.vehicle.requirement.Check;
import dev.uptanebench.vehicle.requirement.Checks;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.EncryptedImage;
import dev.uptanebench.vehicle.uptane.Hashes;
import dev.uptanebench.vehicle.uptane.Target;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What every ECU checks before it installs an image (5.4.3.4): the order, then the bytes that were sent, then, where they
 * were encrypted, the image that they hide.
 */
public final class ImageVerification {
    private static final int SHOWN_DIGITS = 12;

    private final Checks checks;
    private final String serial;
    private final String hardwareId;
    private final @Nullable EcuKey key;

    /**
     * The memory of the ECU.
     *
     * @param running reads the image that it runs
     * @param room bytes of the largest image that can take its place
     */
    public record Memory(Supplier<Bytes> running, long room) {}

    public ImageVerification(Checks checks, String serial, String hardwareId) {
        this(checks, serial, hardwareId, null);
    }

    /** @param key of an ECU whose images are encrypted, and which therefore takes no others; null for one without */
    public ImageVerification(Checks checks, String serial, String hardwareId, @Nullable EcuKey key) {
        this.checks = checks;
        this.serial = serial;
        this.hardwareId = hardwareId;
        this.key = key;
    }

    /** Orders as an ECU takes them that makes these checks: one that does not mind who reads an image has it sent in the clear. */
    public static Ordered taken(Checks checks, Ordered order) {
        return checks.on(Check.IMAGE_CONFIDENTIAL) ? order : order.inClear();
    }

    /**
     * Whether what is sent is encrypted, if it has to be. The Director decides that, not the ECU, and not for one order
     * alone: otherwise whoever holds the Director's keys would have it sent for everybody to read.
     */
    public static void requireConfidential(Checks checks, Ordered order) throws Rejected {
        if (order.encrypted() == null && checks.on(Check.IMAGE_CONFIDENTIAL)) {
            throw new Rejected(Rejection.of(Check.IMAGE_CONFIDENTIAL, "image " + order.filename(),
                    "an encrypted image", "one in the clear"));
        }
    }

    /** Steps 2 to 5. */
    public void requireOrder(Ordered order, Installed before) throws Rejected {
        require(Check.IMAGE_FOR_THIS_ECU, order, order.serial().equals(serial), serial, order.serial()); // U-5.4.3.4-s2
        require(Check.IMAGE_HARDWARE, order, order.hardwareId().equals(hardwareId), hardwareId, order.hardwareId()); // U-5.4.3.4-s3
        for (String name : List.of(order.filename(), order.clear().name(), order.sentFilename())) {
            require(Check.IMAGE_FILENAME, order, isPlain(name), "a plain relative name", name); // U-5.4.3.4-s4
        }
        Long counter = order.target().releaseCounter();
        require(Check.IMAGE_RELEASE_COUNTER, order, (counter == null ? 0 : counter) >= before.releaseCounter(), // U-5.4.3.4-s5
                "a release counter of at least " + before.releaseCounter(), String.valueOf(counter));
        if (key != null) {
            requireConfidential(checks, order);
        }
    }

    /**
     * Steps 6 and 7 and the length, and what a delta makes.
     *
     * @param sent the bytes that came
     * @param memory what a delta is applied to
     * @return the clear and whole image
     */
    public Bytes requireImage(Ordered order, Bytes sent, Memory memory) throws Rejected {
        requireSent(checks, order, sent);
        Bytes clear = sent;
        EncryptedImage encrypted = order.encrypted();
        if (encrypted != null) {
            clear = decrypted(order, encrypted, sent); // U-5.4.3.4-s6.a, U-5.4.3.4-s6.b, U-5.4.3.4-s6.c
            require(checks, Check.IMAGE_HASHES, order.clear(), clear);
        }
        return order.delta() == null ? clear : made(order, clear, memory);
    }

    /** An ECU that overlooks what a delta makes takes whatever comes out, or the bytes as they came. */
    private Bytes made(Ordered order, Bytes delta, Memory memory) throws Rejected {
        try {
            Bytes image = Vcdiff.apply(memory.running().get(), delta,
                    Math.min(order.target().length(), memory.room()));
            boolean asStated = image.length() == order.target().length()
                    && Hashes.agree(order.target().hashes(), image);
            if (!asStated && checks.on(Check.DELTA_RESULT)) { // U-5.4.3.4-s7, of the whole image
                throw new Rejected(Rejection.of(Check.DELTA_RESULT, "image " + order.filename(),
                        "a delta that makes " + described(order.target().hashes()),
                        "one that makes " + described("sha256", image.sha256())));
            }
            return image;
        } catch (NoDelta e) {
            if (checks.on(Check.DELTA_RESULT)) {
                throw new Rejected(Rejection.of(Check.DELTA_RESULT, "image " + order.filename(),
                        "a delta to the image that runs", String.valueOf(e.getMessage())));
            }
            return delta;
        }
    }

    /**
     * Length and hashes of what is sent, encrypted or not: all that a Primary can check of an image that it passes on
     * (5.4.2.4).
     */
    @Carries("U-5.4.4.2-s10.2.1")
    public static void requireSent(Checks checks, Ordered order, Bytes sent) throws Rejected {
        require(checks, order.encrypted() == null ? Check.IMAGE_HASHES : Check.ENCRYPTED_HASHES,
                order.sent(), sent);
    }

    private static void require(Checks checks, Check hashes, Ordered.File stated, Bytes file) throws Rejected {
        String subject = "image " + stated.name();
        if (file.length() != stated.length() && checks.on(Check.IMAGE_LENGTH)) {
            throw new Rejected(
                    Rejection.of(Check.IMAGE_LENGTH, subject, stated.length() + " bytes", file.length() + " bytes"));
        }
        if (!Hashes.agree(stated.hashes(), file) && checks.on(hashes)) { // U-5.4.3.4-s7: all of them
            throw new Rejected(
                    Rejection.of(hashes, subject, described(stated.hashes()), described("sha256", file.sha256())));
        }
    }

    /** Step 6. An ECU that overlooks that an image does not open takes the bytes as they came. */
    private Bytes decrypted(Ordered order, EncryptedImage encrypted, Bytes sent) throws Rejected {
        EcuKey own = key;
        if (own == null) {
            throw new Rejected(Rejection.of(Check.IMAGE_DECRYPTED, "image " + order.filename(),
                    "an image in the clear, as this ECU has no key", "one that is encrypted"));
        }
        try {
            Ordered.File clear = order.clear();
            return own.open(encrypted,
                    new ImageIdentity(serial, clear.name(), clear.hashes().getOrDefault("sha256", "")),
                    sent);
        } catch (CannotDecrypt e) {
            if (checks.on(Check.IMAGE_DECRYPTED)) {
                throw new Rejected(Rejection.of(Check.IMAGE_DECRYPTED, "image " + order.filename(),
                        "an image for this ECU", String.valueOf(e.getMessage())));
            }
            return Bytes.of(sent.toArray(), (int) Math.min(sent.length(), order.clear().length()));
        }
    }

    /** The refusal of an image that has more bytes than was ordered (5.4.3.3 step 4.b). */
    public static Rejected tooLarge(Ordered order) {
        return tooLarge(order.filename(), order.sentLength());
    }

    public static Rejected tooLarge(String filename, Target target) {
        return tooLarge(filename, target.length());
    }

    private static Rejected tooLarge(String filename, long length) {
        return new Rejected(Rejection.of(Check.IMAGE_SIZE, "image " + filename,
                "at most " + length + " bytes", "more"));
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
                target.length() + " bytes, " + described(target.hashes()), "others"));
    }

    private static String described(SortedMap<String, String> hashes) {
        return hashes.entrySet().stream().map(hash -> described(hash.getKey(), hash.getValue()))
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
