package dev.uptanebench.ecu.verify;

import dev.uptanebench.vehicle.requirement.Check;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.RoleType;
import dev.uptanebench.vehicle.uptane.Root;
import dev.uptanebench.vehicle.uptane.Timestamp;
import dev.uptanebench.vehicle.uptane.Unverified;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How to check Timestamp metadata (5.4.4.4; TUF 1.0.34, 5.4). */
record TimestampProcedure(RoleRules rules) {
    private static final String ROLE = RoleType.TIMESTAMP.id();

    /**
     * Steps 2 to 4.
     *
     * @return the Timestamp to go on with: {@code trusted} itself if TUF has the new one discarded
     */
    Verified<Timestamp> next(Bytes file, Root root, @Nullable Verified<Timestamp> trusted, Instant now)
            throws Rejected {
        Unverified<Timestamp> offered = rules.parse(RoleType.TIMESTAMP, ROLE, file, rules.dialect()::timestamp);
        Timestamp before = trusted == null ? null : trusted.metadata();
        Timestamp next = offered.payload();
        rules.requireSigned(Check.TIMESTAMP_SIGNATURES, ROLE, offered, root.signers(RoleType.TIMESTAMP)); // U-5.4.4.4-s2
        rules.requireNotOlder(Check.TIMESTAMP_ROLLBACK, ROLE, next, before); // U-5.4.4.4-s3
        if (trusted != null && before != null && rules.workflow() == Workflow.TUF) {
            if (next.version() == before.version()) {
                rules.requireFresh(Check.TIMESTAMP_EXPIRY, ROLE, before, now);
                return trusted;
            }
            requireSnapshotNotOlder(next, before);
        }
        rules.requireFresh(Check.TIMESTAMP_EXPIRY, ROLE, next, now); // U-5.4.4.4-s4
        return new Verified<>(offered);
    }

    /** TUF 1.0.34, 5.4.3.2. */
    private void requireSnapshotNotOlder(Timestamp next, Timestamp trusted) throws Rejected {
        long before = trusted.snapshot().version();
        rules.require(Check.TIMESTAMP_ROLLBACK, ROLE, next.snapshot().version() >= before,
                "snapshot version " + before + " or newer", "snapshot version " + next.snapshot().version());
    }
}
