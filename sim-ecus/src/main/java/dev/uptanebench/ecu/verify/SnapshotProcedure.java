package dev.uptanebench.ecu.verify;

import dev.uptanebench.vehicle.requirement.Check;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.MetaFile;
import dev.uptanebench.vehicle.uptane.RoleType;
import dev.uptanebench.vehicle.uptane.Root;
import dev.uptanebench.vehicle.uptane.Snapshot;
import dev.uptanebench.vehicle.uptane.Unverified;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How to check Snapshot metadata (5.4.4.5; TUF 1.0.34, 5.5). */
record SnapshotProcedure(RoleRules rules) {
    private static final String ROLE = RoleType.SNAPSHOT.id();

    /** Steps 2 to 7. */
    Verified<Snapshot> next(Bytes file, MetaFile expected, Root root, @Nullable Snapshot trusted, Instant now)
            throws Rejected {
        rules.require(Check.SNAPSHOT_MATCHES_TIMESTAMP, ROLE, agrees(expected, file), // U-5.4.4.5-s2
                expected.length() == null
                        ? "hashes " + expected.hashes()
                        : expected.length() + " bytes with hashes " + expected.hashes(),
                file.length() + " bytes with sha256 " + file.sha256());
        Unverified<Snapshot> offered = rules.parse(RoleType.SNAPSHOT, ROLE, file, rules.dialect()::snapshot);
        Snapshot next = offered.payload();
        rules.require(Check.SNAPSHOT_MATCHES_TIMESTAMP, ROLE, next.version() == expected.version(),
                "version " + expected.version(), "version " + next.version());
        rules.requireSigned(Check.SNAPSHOT_SIGNATURES, ROLE, offered, root.signers(RoleType.SNAPSHOT)); // U-5.4.4.5-s3
        rules.requireNotOlder(Check.SNAPSHOT_ROLLBACK, ROLE, next, trusted); // U-5.4.4.5-s4
        if (trusted != null) {
            requireNoTargetsFileOlder(next, trusted);
        }
        rules.requireFresh(Check.SNAPSHOT_EXPIRY, ROLE, next, now); // U-5.4.4.5-s7
        return new Verified<>(offered);
    }

    /** Whether a file is the one that Timestamp speaks of. */
    boolean agrees(MetaFile expected, Bytes file) {
        boolean mayBeLeftOut = rules.workflow() == Workflow.TUF && expected.hashes().isEmpty();
        return expected.agreesInLength(file) && (mayBeLeftOut || expected.agreesInHashes(file));
    }

    /** Steps 5 and 6. */
    private void requireNoTargetsFileOlder(Snapshot next, Snapshot trusted) throws Rejected {
        for (Map.Entry<String, MetaFile> entry : trusted.files().entrySet()) {
            MetaFile listed = next.files().get(entry.getKey());
            rules.require(Check.SNAPSHOT_ENTRY_DROPPED, ROLE, listed != null, "an entry " + entry.getKey(), // U-5.4.4.5-s6
                    "none");
            rules.require(Check.SNAPSHOT_ENTRY_ROLLBACK, ROLE, // U-5.4.4.5-s5
                    listed == null || listed.version() >= entry.getValue().version(),
                    entry.getKey() + " version " + entry.getValue().version() + " or newer",
                    "version " + (listed == null ? 0 : listed.version()));
        }
    }
}
