package dev.uptanebench.ecu.verify;

import dev.uptanebench.vehicle.requirement.Check;
import dev.uptanebench.vehicle.requirement.Checks;
import dev.uptanebench.vehicle.uptane.PublicKey;
import dev.uptanebench.vehicle.uptane.Signature;
import dev.uptanebench.vehicle.uptane.SignatureCheck;
import dev.uptanebench.vehicle.uptane.Signers;
import dev.uptanebench.vehicle.uptane.Unverified;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Whether a threshold of unique keys signed a file (5.4.4.3 to 5.4.4.6; "unique" since 1.2.0). A key counts once, under
 * however many ids and in whatever spelling it is listed. A file in which one key id signs twice is not signed at all,
 * whatever else it carries: TUF 1.0.34 (4.2.1) does not allow that.
 */
final class Signing {
    private final Checks checks;
    private final SignatureCheck signatures;
    private final Predicate<PublicKey> usable;

    Signing(Checks checks, SignatureCheck signatures) {
        this(checks, signatures, any -> true);
    }

    /** @param usable which of the listed keys count */
    Signing(Checks checks, SignatureCheck signatures, Predicate<PublicKey> usable) {
        this.checks = checks;
        this.signatures = signatures;
        this.usable = usable;
    }

    /** @param check the one that orders these signatures */
    void require(Check check, String subject, Unverified<?> file, Signers signers) throws Rejected {
        if (!checks.on(check)) {
            return;
        }
        int threshold = signers.role().threshold();
        String found = checks.on(Check.UNIQUE_SIGNERS) && isAnyTwice(file.signatures())
                ? "a key id that signs twice"
                : "";
        if (found.isEmpty()) {
            int valid = count(file, signers, threshold);
            found = valid < threshold ? valid + " of " + file.signatures().size() : "";
        }
        if (!found.isEmpty()) {
            throw new Rejected(
                    Rejection.of(check, subject, "valid signatures of " + threshold + " of its keys", found));
        }
    }

    /** The same of a file that was accepted before, when other keys may have been entitled. */
    boolean isSigned(Check check, Unverified<?> file, Signers signers) {
        try {
            require(check, "", file, signers);
            return true;
        } catch (Rejected e) {
            return false;
        }
    }

    private static boolean isAnyTwice(List<Signature> signatures) {
        Set<String> ids = new HashSet<>();
        return !signatures.stream().allMatch(signature -> ids.add(signature.keyId()));
    }

    /** Stops counting at the threshold: further signatures change nothing and cost time. */
    private int count(Unverified<?> file, Signers signers, int threshold) {
        Set<String> counted = new HashSet<>();
        int valid = 0;
        for (Signature signature : file.signatures()) {
            PublicKey key = signers.keys().get(signature.keyId());
            if (key == null || !signers.role().keyIds().contains(signature.keyId()) || !usable.test(key)) {
                continue;
            }
            String itself = key.value().toLowerCase(Locale.ROOT).strip();
            boolean again = counted.contains(itself) && checks.on(Check.UNIQUE_SIGNERS);
            if (!again && signatures.isValid(key, file.signingInput(), signature.value())) {
                counted.add(itself); // only now: a bad signature must not hide a good one
                if (++valid >= threshold) {
                    break;
                }
            }
        }
        return valid;
    }
}
