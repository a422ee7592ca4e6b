package dev.uptanebench.ecu.verify;

import dev.uptanebench.vehicle.requirement.AttackId;
import dev.uptanebench.vehicle.requirement.Check;
import dev.uptanebench.vehicle.requirement.Checks;
import dev.uptanebench.vehicle.requirement.RequirementId;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.Metadata;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.RoleType;
import dev.uptanebench.vehicle.uptane.SignatureCheck;
import dev.uptanebench.vehicle.uptane.Signers;
import dev.uptanebench.vehicle.uptane.Unverified;
import dev.uptanebench.vehicle.uptane.dialect.Dialect;
import dev.uptanebench.vehicle.uptane.dialect.MalformedMetadata;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the procedures for all roles of one repository have in common. */
record RoleRules(RepositoryName repository, Dialect dialect, Checks checks, Signing signing, Workflow workflow) {

    static RoleRules of(RepositoryName repository, Dialect dialect, Checks checks, SignatureCheck signatures,
            Workflow workflow) {
        Signing signing = switch (workflow) {
            case UPTANE -> new Signing(checks, signatures);
            case TUF -> new Signing(checks, signatures, key -> key.id().equals(dialect.keyId(key)));
        };
        return new RoleRules(repository, dialect, checks, signing, workflow);
    }

    /** Reads a file of a dialect. */
    @FunctionalInterface
    interface Parser<M> {
        Unverified<M> parse(Bytes file) throws MalformedMetadata;
    }

    String subject(String role) {
        return repository.id() + ' ' + role;
    }

    <M extends Metadata> Unverified<M> parse(RoleType type, String role, Bytes file, Parser<M> parser)
            throws Rejected {
        try {
            Unverified<M> parsed = parser.parse(file);
            require(Check.ROLE_TYPE, role, parsed.declaredType().equals(type.id()), "type " + type.id(),
                    "type " + parsed.declaredType());
            return parsed;
        } catch (MalformedMetadata e) {
            throw new Rejected(malformed(subject(role), e));
        }
    }

    static Rejection malformed(String subject, MalformedMetadata problem) {
        return new Rejection(new RequirementId("U-5.2.1-5"), new AttackId("arbitrary-software"), subject,
                "well-formed metadata", String.valueOf(problem.getMessage()));
    }

    void requireSigned(Check check, String role, Unverified<?> file, Signers signers) throws Rejected {
        signing.require(check, subject(role), file, signers);
    }

    void requireNotOlder(Check check, String role, Metadata next, @Nullable Metadata before) throws Rejected {
        if (before != null) {
            require(check, role, next.version() >= before.version(), "version " + before.version() + " or newer",
                    "version " + next.version());
        }
    }

    void requireFresh(Check check, String role, Metadata metadata, Instant now) throws Rejected {
        if (!now.isBefore(metadata.expires())) {
            require(check, role, false, "a time before " + metadata.expires(), now.toString());
        }
    }

    void require(Check check, String role, boolean holds, String expected, String found) throws Rejected {
        if (!holds && checks.on(check)) {
            throw new Rejected(Rejection.of(check, subject(role), expected, found));
        }
    }
}
