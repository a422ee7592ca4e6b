package dev.uptanebench.ecu.verify;

import dev.uptanebench.vehicle.requirement.AttackId;
import dev.uptanebench.vehicle.requirement.Check;
import dev.uptanebench.vehicle.requirement.Checks;
import dev.uptanebench.vehicle.requirement.RequirementId;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.MetaFile;
import dev.uptanebench.vehicle.uptane.Metadata;
import dev.uptanebench.vehicle.uptane.PublicKey;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.RoleType;
import dev.uptanebench.vehicle.uptane.Root;
import dev.uptanebench.vehicle.uptane.SignatureCheck;
import dev.uptanebench.vehicle.uptane.Signers;
import dev.uptanebench.vehicle.uptane.Snapshot;
import dev.uptanebench.vehicle.uptane.Targets;
import dev.uptanebench.vehicle.uptane.Timestamp;
import dev.uptanebench.vehicle.uptane.Unverified;
import dev.uptanebench.vehicle.uptane.dialect.Dialect;
import dev.uptanebench.vehicle.uptane.dialect.MalformedMetadata;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a client trusts of one repository, and the rules by which new files become trusted (5.4.4.3 to 5.4.4.6). Files
 * must be offered in the order Root, Timestamp, Snapshot, Targets; each that passes is persisted at once, so that a
 * client which is interrupted knows what it has seen.
 */
public final class TrustedMetadata {
    private final RepositoryName repository;
    private final Dialect dialect;
    private final Checks checks;
    private final Signing signing;
    private final MetadataStore store;
    private Root root;
    private @Nullable Timestamp timestamp;
    private @Nullable Snapshot snapshot;
    private @Nullable Targets targets;

    /**
     * Begins with what is in the store, which must hold at least a Root from provisioning (5.4.1).
     */
    public TrustedMetadata(RepositoryName repository, Dialect dialect, Checks checks, SignatureCheck signatures,
            MetadataStore store) {
        this.repository = repository;
        this.dialect = dialect;
        this.checks = checks;
        this.signing = new Signing(checks, signatures);
        this.store = store;
        Root provisioned = load(RoleType.ROOT, dialect::root);
        if (provisioned == null) {
            throw new IllegalStateException("no trusted Root for " + repository);
        }
        this.root = provisioned;
        this.timestamp = load(RoleType.TIMESTAMP, dialect::timestamp);
        this.snapshot = load(RoleType.SNAPSHOT, dialect::snapshot);
        this.targets = load(RoleType.TARGETS, dialect::targets);
    }

    public Root root() {
        return root;
    }

    /** The trusted Targets, null before the first. */
    public @Nullable Targets targets() {
        return targets;
    }

    /** 5.4.4.3 steps 2.3 to 2.5, for the file offered as the next one in the chain. */
    public void offerRoot(Bytes file) throws Rejected {
        Unverified<Root> offered = parse(RoleType.ROOT, file, dialect::root);
        Root next = offered.payload();
        signing.require(Check.ROOT_SIGNATURES, subject(RoleType.ROOT), offered, root.signers(RoleType.ROOT)); // s2.3
        signing.require(Check.ROOT_SIGNATURES, subject(RoleType.ROOT), offered, next.signers(RoleType.ROOT));
        require(Check.ROOT_VERSION, RoleType.ROOT, next.version() == root.version() + 1, // s2.4
                "version " + (root.version() + 1), "version " + next.version());
        dropWhatNewKeysInvalidate(next);
        root = next; // s2.5
        store.save(repository, new Verified<>(next, file));
    }

    /** 5.4.4.3 step 4, done as each Root comes so that no rotation in a long chain is missed. */
    private void dropWhatNewKeysInvalidate(Root next) {
        boolean rotated = !keys(next, RoleType.TIMESTAMP).equals(keys(root, RoleType.TIMESTAMP))
                || !keys(next, RoleType.SNAPSHOT).equals(keys(root, RoleType.SNAPSHOT));
        if (rotated && timestamp != null) {
            timestamp = null;
            store.dropAfterRotation(repository, RoleType.TIMESTAMP);
        }
        if (rotated && snapshot != null) {
            snapshot = null;
            store.dropAfterRotation(repository, RoleType.SNAPSHOT);
        }
    }

    /** The keys themselves: an id that stands for another key than before is a rotation too. */
    private static Set<PublicKey> keys(Root root, RoleType role) {
        Signers signers = root.signers(role);
        Set<PublicKey> keys = new HashSet<>(signers.keys().values());
        keys.removeIf(key -> !signers.role().keyIds().contains(key.id()));
        return keys;
    }

    /** 5.4.4.3 step 3, when no further Root was found. */
    public void endOfRoots(Instant now) throws Rejected {
        requireFresh(Check.ROOT_EXPIRY, root, now);
    }

    /** 5.4.4.4. */
    public void offerTimestamp(Bytes file, Instant now) throws Rejected {
        Unverified<Timestamp> offered = parse(RoleType.TIMESTAMP, file, dialect::timestamp);
        Timestamp next = offered.payload();
        signing.require(Check.TIMESTAMP_SIGNATURES, subject(RoleType.TIMESTAMP), offered, // s2
                root.signers(RoleType.TIMESTAMP));
        requireNotOlder(Check.TIMESTAMP_ROLLBACK, next, timestamp); // s3
        requireFresh(Check.TIMESTAMP_EXPIRY, next, now); // s4
        timestamp = next;
        store.save(repository, new Verified<>(next, file));
    }

    /** What the trusted Timestamp says of Snapshot. */
    public MetaFile expectedSnapshot() {
        return known(timestamp).snapshot();
    }

    /**
     * 5.4.4.2 steps 4 and 8: whether the stored Snapshot is the one the new Timestamp speaks of. It is not done with yet
     * where the Targets that it lists were refused or lost on their way.
     */
    public boolean isSnapshotCurrent() {
        Snapshot stored = snapshot;
        Targets listed = targets;
        Bytes file = store.load(repository, RoleType.SNAPSHOT);
        return stored != null && file != null && listed != null && listed.version() == expectedTargetsVersion()
                && stored.version() == expectedSnapshot().version() && hashesAgree(expectedSnapshot(), file);
    }

    /** 5.4.4.5. */
    public void offerSnapshot(Bytes file, Instant now) throws Rejected {
        MetaFile expected = expectedSnapshot();
        require(Check.SNAPSHOT_MATCHES_TIMESTAMP, RoleType.SNAPSHOT, hashesAgree(expected, file), // s2
                "hashes " + expected.hashes(), "sha256 " + file.sha256());
        Unverified<Snapshot> offered = parse(RoleType.SNAPSHOT, file, dialect::snapshot);
        Snapshot next = offered.payload();
        require(Check.SNAPSHOT_MATCHES_TIMESTAMP, RoleType.SNAPSHOT, next.version() == expected.version(),
                "version " + expected.version(), "version " + next.version());
        signing.require(Check.SNAPSHOT_SIGNATURES, subject(RoleType.SNAPSHOT), offered, // s3
                root.signers(RoleType.SNAPSHOT));
        requireNotOlder(Check.SNAPSHOT_ROLLBACK, next, snapshot); // s4
        requireNoTargetsFileOlder(next);
        requireFresh(Check.SNAPSHOT_EXPIRY, next, now); // s7
        snapshot = next;
        store.save(repository, new Verified<>(next, file));
    }

    /** 5.4.4.5 steps 5 and 6. */
    private void requireNoTargetsFileOlder(Snapshot next) throws Rejected {
        Snapshot before = snapshot;
        if (before == null) {
            return;
        }
        for (Map.Entry<String, MetaFile> entry : before.files().entrySet()) {
            MetaFile listed = next.files().get(entry.getKey());
            require(Check.SNAPSHOT_ENTRY_DROPPED, RoleType.SNAPSHOT, listed != null, "an entry " + entry.getKey(), // s6
                    "none");
            require(Check.SNAPSHOT_ENTRY_ROLLBACK, RoleType.SNAPSHOT, // s5
                    listed == null || listed.version() >= entry.getValue().version(),
                    entry.getKey() + " version " + entry.getValue().version() + " or newer",
                    "version " + (listed == null ? 0 : listed.version()));
        }
    }

    /** The version of top-level Targets that the trusted Snapshot lists, 0 if it lists none. */
    public long expectedTargetsVersion() {
        MetaFile listed = known(snapshot).files().get("targets." + dialect.extension());
        return listed == null ? 0 : listed.version();
    }

    /** 5.4.4.6 steps 2 to 5, for top-level Targets; the Director's further rules are {@link DirectorTargets}'. */
    public void offerTargets(Bytes file, Instant now, DirectorTargets director) throws Rejected {
        Unverified<Targets> offered = parse(RoleType.TARGETS, file, dialect::targets);
        Targets next = offered.payload();
        require(Check.TARGETS_VERSION, RoleType.TARGETS, next.version() == expectedTargetsVersion(), // s2
                "version " + expectedTargetsVersion(), "version " + next.version());
        signing.require(Check.TARGETS_SIGNATURES, subject(RoleType.TARGETS), offered, // s3
                root.signers(RoleType.TARGETS));
        requireNotOlder(Check.TARGETS_ROLLBACK, next, targets); // s4
        requireFresh(Check.TARGETS_EXPIRY, next, now); // s5
        if (repository == RepositoryName.DIRECTOR) {
            director.require(next); // s6 to s8
        }
        targets = next;
        store.save(repository, new Verified<>(next, file));
    }

    private boolean hashesAgree(MetaFile expected, Bytes file) {
        Long length = expected.length();
        String sha256 = expected.hashes().get("sha256");
        String sha512 = expected.hashes().get("sha512");
        return (length == null || length == file.length()) && (sha256 != null || sha512 != null)
                && (sha256 == null || sha256.equals(file.sha256())) && (sha512 == null || sha512.equals(file.sha512()));
    }

    private void requireNotOlder(Check check, Metadata next, @Nullable Metadata before) throws Rejected {
        if (before != null) {
            require(check, next.type(), next.version() >= before.version(), "version " + before.version() + " or newer",
                    "version " + next.version());
        }
    }

    private void requireFresh(Check check, Metadata metadata, Instant now) throws Rejected {
        if (!now.isBefore(metadata.expires())) {
            require(check, metadata.type(), false, "a time before " + metadata.expires(), now.toString());
        }
    }

    private void require(Check check, RoleType role, boolean holds, String expected, String found) throws Rejected {
        if (!holds && checks.on(check)) {
            throw new Rejected(Rejection.of(check, subject(role), expected, found));
        }
    }

    private <M extends Metadata> Unverified<M> parse(RoleType role, Bytes file, Parser<M> parser) throws Rejected {
        try {
            Unverified<M> parsed = parser.parse(file);
            require(Check.ROLE_TYPE, role, parsed.declaredType().equals(role.id()), "type " + role.id(),
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

    private String subject(RoleType role) {
        return repository.id() + ' ' + role.id();
    }

    @FunctionalInterface
    interface Parser<M> {
        Unverified<M> parse(Bytes file) throws MalformedMetadata;
    }

    private <M extends Metadata> @Nullable M load(RoleType role, Parser<M> parser) {
        Bytes file = store.load(repository, role);
        try {
            return file == null ? null : parser.parse(file).payload();
        } catch (MalformedMetadata e) {
            throw new IllegalStateException("the store holds what was never verified: " + subject(role), e);
        }
    }

    private static <M> M known(@Nullable M metadata) {
        if (metadata == null) {
            throw new IllegalStateException("roles must be offered in order");
        }
        return metadata;
    }
}
