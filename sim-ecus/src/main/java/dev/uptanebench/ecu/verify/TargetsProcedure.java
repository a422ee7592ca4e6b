package dev.uptanebench.ecu.verify;

import dev.uptanebench.vehicle.requirement.Check;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.MetaFile;
import dev.uptanebench.vehicle.uptane.RoleType;
import dev.uptanebench.vehicle.uptane.Signers;
import dev.uptanebench.vehicle.uptane.Targets;
import dev.uptanebench.vehicle.uptane.Unverified;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How to check Targets metadata (5.4.4.6; TUF 1.0.34, 5.6), top-level and delegated.
 *
 * @param role its name: {@code targets}, or that of a delegated role
 * @param signers who may sign it: Root says so of top-level Targets, the delegating file of all others
 * @param listed what Snapshot says of it, null if it says nothing
 */
record TargetsProcedure(RoleRules rules, String role, Signers signers, @Nullable MetaFile listed) {

    /** Steps 2 to 5. */
    Verified<Targets> next(Bytes file, @Nullable Targets trusted, Instant now) throws Rejected {
        requireListed();
        requireBytes(file);
        Unverified<Targets> offered = rules.parse(RoleType.TARGETS, role, file, rules.dialect()::targets);
        Targets next = offered.payload();
        rules.require(Check.TARGETS_VERSION, role, isVersion(next.version()), // U-5.4.4.6-s2
                "version " + (listed == null ? 0 : listed.version()), "version " + next.version());
        rules.requireSigned(Check.TARGETS_SIGNATURES, role, offered, signers); // U-5.4.4.6-s3
        if (rules.workflow() == Workflow.UPTANE) {
            rules.requireNotOlder(Check.TARGETS_ROLLBACK, role, next, trusted); // U-5.4.4.6-s4
        }
        rules.requireFresh(Check.TARGETS_EXPIRY, role, next, now); // U-5.4.4.6-s5
        return new Verified<>(offered);
    }

    /** 5.2.4: Snapshot lists every Targets file of the repository. */
    void requireListed() throws Rejected {
        rules.require(Check.TARGETS_VERSION, role, listed != null, "an entry in snapshot", "none");
    }

    /** Whether a file that was accepted before may be used as it is: all of the above still holds of it. */
    boolean isUsable(Unverified<Targets> before, Instant now) {
        return listed != null && isVersion(before.payload().version()) && agrees(listed, before.file())
                && now.isBefore(before.payload().expires()) && isSigned(before);
    }

    /** Whether the keys entitled now signed it. */
    boolean isSigned(Unverified<Targets> file) {
        return rules.signing().isSigned(Check.TARGETS_SIGNATURES, file, signers);
    }

    private boolean isVersion(long version) {
        return listed != null && version == listed.version();
    }

    /** Uptane's Snapshot need not state lengths and hashes, but what it states holds. */
    private void requireBytes(Bytes file) throws Rejected {
        if (listed != null) {
            rules.require(Check.TARGETS_VERSION, role, agrees(listed, file),
                    (listed.length() == null ? "" : listed.length() + " bytes with ") + "hashes " + listed.hashes(),
                    file.length() + " bytes with sha256 " + file.sha256());
        }
    }

    private static boolean agrees(MetaFile listed, Bytes file) {
        return listed.agreesInLength(file) && (listed.hashes().isEmpty() || listed.agreesInHashes(file));
    }
}
