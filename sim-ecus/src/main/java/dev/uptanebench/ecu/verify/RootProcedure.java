package dev.uptanebench.ecu.verify;

import dev.uptanebench.vehicle.requirement.Carries;
import dev.uptanebench.vehicle.requirement.Check;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.PublicKey;
import dev.uptanebench.vehicle.uptane.RoleType;
import dev.uptanebench.vehicle.uptane.Root;
import dev.uptanebench.vehicle.uptane.Signers;
import dev.uptanebench.vehicle.uptane.Unverified;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/** How to check Root metadata (5.4.4.3). */
record RootProcedure(RoleRules rules) {
    private static final String ROLE = RoleType.ROOT.id();

    /** Steps 2.3 and 2.4, for the file that comes after the trusted one. */
    @Carries("U-5.4.4.3-s1")
    Verified<Root> next(Bytes file, Root trusted) throws Rejected {
        Unverified<Root> offered = parse(file);
        Root next = offered.payload();
        requireSigned(offered, trusted); // U-5.4.4.3-s2.3
        requireSigned(offered, next);
        rules.require(Check.ROOT_VERSION, ROLE, next.version() == trusted.version() + 1, // U-5.4.4.3-s2.4
                "version " + (trusted.version() + 1), "version " + next.version());
        return new Verified<>(offered);
    }

    /** What somebody gave the client to begin with: it has to be signed by its own keys, and that is all. */
    Verified<Root> provisioned(Bytes file) throws Rejected {
        Unverified<Root> offered = parse(file);
        requireSigned(offered, offered.payload());
        return new Verified<>(offered);
    }

    /** Step 3. */
    void requireFresh(Root latest, Instant now) throws Rejected {
        rules.requireFresh(Check.ROOT_EXPIRY, ROLE, latest, now);
    }

    /** Step 4: whether Timestamp or Snapshot have other keys than before. */
    static boolean isRotation(Root before, Root next) {
        return !keys(next, RoleType.TIMESTAMP).equals(keys(before, RoleType.TIMESTAMP))
                || !keys(next, RoleType.SNAPSHOT).equals(keys(before, RoleType.SNAPSHOT));
    }

    /** The keys themselves: an id that stands for another key than before is a rotation too. */
    private static Set<PublicKey> keys(Root root, RoleType role) {
        Signers signers = root.signers(role);
        Set<PublicKey> keys = new HashSet<>(signers.keys().values());
        keys.removeIf(key -> !signers.role().keyIds().contains(key.id()));
        return keys;
    }

    private Unverified<Root> parse(Bytes file) throws Rejected {
        return rules.parse(RoleType.ROOT, ROLE, file, rules.dialect()::root);
    }

    private void requireSigned(Unverified<Root> file, Root by) throws Rejected {
        rules.requireSigned(Check.ROOT_SIGNATURES, ROLE, file, by.signers(RoleType.ROOT));
    }
}
