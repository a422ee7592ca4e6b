package dev.uptanebench.ecu.verify;

import dev.uptanebench.vehicle.requirement.Carries;
import dev.uptanebench.vehicle.requirement.Check;
import dev.uptanebench.vehicle.requirement.Checks;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.RoleType;
import dev.uptanebench.vehicle.uptane.SignatureCheck;
import dev.uptanebench.vehicle.uptane.Signers;
import dev.uptanebench.vehicle.uptane.Target;
import dev.uptanebench.vehicle.uptane.Targets;
import dev.uptanebench.vehicle.uptane.Unverified;
import dev.uptanebench.vehicle.uptane.dialect.Dialect;
import dev.uptanebench.vehicle.uptane.dialect.MalformedMetadata;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Partial verification (5.4.4.1): the Director's Targets, with the key the ECU was provisioned with. */
public final class PartialVerification {
    @Carries("U-5.4.4.1-s2")
    private static final String SUBJECT = "director targets";

    private final String serial;
    private final Dialect dialect;
    private final Checks checks;
    private final Signing signing;
    private final Signers directorTargets;
    private final MetadataStore store;
    private final DirectorTargets rules;
    private final TimeSourceListed time;

    /**
     * @param directorTargets the provisioned keys of the Director's Targets role
     * @param time hears of the time source's key
     */
    public PartialVerification(String serial, Dialect dialect, Checks checks, SignatureCheck signatures,
            Signers directorTargets, MetadataStore store, DirectorTargets rules, TimeSourceListed time) {
        this.serial = serial;
        this.dialect = dialect;
        this.checks = checks;
        this.signing = new Signing(checks, signatures);
        this.directorTargets = directorTargets;
        this.store = store;
        this.rules = rules;
        this.time = time;
    }

    /**
     * Verifies the Director's Targets that the Primary sent (5.4.4.1 step 2).
     *
     * @return the image ordered for this ECU, if any
     */
    @Carries("U-5.4.3.4-s1")
    public Optional<Ordered> verify(Bytes file, Instant now) throws Rejected, Unavailable {
        Unverified<Targets> offered = parse(file);
        Targets next = offered.payload();
        require(Check.ROLE_TYPE, offered.declaredType().equals(RoleType.TARGETS.id()), "type targets",
                "type " + offered.declaredType());
        signing.require(Check.TARGETS_SIGNATURES, SUBJECT, offered, directorTargets); // U-5.4.4.6-s3
        long trusted = trustedVersion();
        require(Check.TARGETS_ROLLBACK, next.version() >= trusted, "version " + trusted + " or newer", // s4
                "version " + next.version());
        rules.require(next); // U-5.4-9, U-5.4.4.1-1; another vehicle's say nothing of this one's time source
        Verified<Targets> verified = new Verified<>(offered);
        hear(verified);
        require(Check.TARGETS_EXPIRY, now.isBefore(next.expires()), "a time before " + next.expires(), now.toString()); // s5
        store.save(RepositoryName.DIRECTOR, verified);
        return order(next);
    }

    /** Targets that brought another key are kept before they can be judged by a time, or older ones would undo it. */
    private void hear(Verified<Targets> targets) throws Unavailable {
        try {
            time.listed(targets.metadata().timeSource());
        } catch (Unavailable e) {
            store.save(RepositoryName.DIRECTOR, targets);
            throw e;
        }
    }

    private Optional<Ordered> order(Targets targets) {
        for (Map.Entry<String, Target> entry : targets.targets().entrySet()) {
            String hardwareId = entry.getValue().ecus().get(serial);
            if (hardwareId != null) {
                return Optional.of(new Ordered(serial, hardwareId, entry.getKey(), entry.getValue()));
            }
        }
        return Optional.empty();
    }

    private long trustedVersion() {
        Bytes stored = store.load(RepositoryName.DIRECTOR, RoleType.TARGETS);
        try {
            return stored == null ? 0 : dialect.targets(stored).payload().version();
        } catch (MalformedMetadata e) {
            throw new IllegalStateException("the store holds what was never verified", e);
        }
    }

    private Unverified<Targets> parse(Bytes file) throws Rejected {
        try {
            return dialect.targets(file);
        } catch (MalformedMetadata e) {
            throw new Rejected(RoleRules.malformed(SUBJECT, e));
        }
    }

    private void require(Check check, boolean holds, String expected, String found) throws Rejected {
        if (!holds && checks.on(check)) {
            throw new Rejected(Rejection.of(check, SUBJECT, expected, found));
        }
    }
}
