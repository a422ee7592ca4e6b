package dev.uptanebench.ecu.verify;

import dev.uptanebench.vehicle.requirement.Check;
import dev.uptanebench.vehicle.requirement.Checks;
import dev.uptanebench.vehicle.uptane.PublicKey;
import dev.uptanebench.vehicle.uptane.Signature;
import dev.uptanebench.vehicle.uptane.SignatureCheck;
import dev.uptanebench.vehicle.uptane.Signers;
import dev.uptanebench.vehicle.uptane.Unverified;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Whether a threshold of unique keys signed a file (5.4.4.3 to 5.4.4.6; "unique" since 1.2.0). */
final class Signing {
    private final Checks checks;
    private final SignatureCheck signatures;

    Signing(Checks checks, SignatureCheck signatures) {
        this.checks = checks;
        this.signatures = signatures;
    }

    /** @param check the one that orders these signatures */
    void require(Check check, String subject, Unverified<?> file, Signers signers) throws Rejected {
        if (!checks.on(check)) {
            return;
        }
        int threshold = signers.role().threshold();
        int valid = count(file, signers, threshold);
        if (valid < threshold) {
            throw new Rejected(Rejection.of(check, subject, "valid signatures of " + threshold + " of its keys",
                    valid + " of " + file.signatures().size()));
        }
    }

    /** Stops counting at the threshold: further signatures change nothing and cost time. */
    private int count(Unverified<?> file, Signers signers, int threshold) {
        Set<String> counted = new HashSet<>();
        int valid = 0;
        for (Signature signature : file.signatures()) {
            PublicKey key = signers.keys().get(signature.keyId());
            if (key == null || !signers.role().keyIds().contains(signature.keyId())) {
                continue;
            }
            // One key under two ids, or in two spellings, is still one key.
            boolean again = !counted.add(key.value().toLowerCase(Locale.ROOT));
            if ((!again || !checks.on(Check.UNIQUE_SIGNERS))
                    && signatures.isValid(key, file.signingInput(), signature.value()) && ++valid >= threshold) {
                break;
            }
        }
        return valid;
    }
}
