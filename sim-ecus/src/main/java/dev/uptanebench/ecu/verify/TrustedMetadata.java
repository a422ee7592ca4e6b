package dev.uptanebench.ecu.verify;

import dev.uptanebench.vehicle.requirement.Check;
import dev.uptanebench.vehicle.requirement.Checks;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.MetaFile;
import dev.uptanebench.vehicle.uptane.Metadata;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.RoleType;
import dev.uptanebench.vehicle.uptane.Root;
import dev.uptanebench.vehicle.uptane.SignatureCheck;
import dev.uptanebench.vehicle.uptane.Snapshot;
import dev.uptanebench.vehicle.uptane.Targets;
import dev.uptanebench.vehicle.uptane.Timestamp;
import dev.uptanebench.vehicle.uptane.Unverified;
import dev.uptanebench.vehicle.uptane.dialect.Dialect;
import dev.uptanebench.vehicle.uptane.dialect.MalformedMetadata;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a client trusts of one repository, and the rules by which new files become trusted (5.4.4.3 to 5.4.4.6). Files
 * must be offered in the order Root, Timestamp, Snapshot, Targets, delegated Targets; each that passes is persisted at
 * once, so that a client which is interrupted knows what it has seen.
 */
public final class TrustedMetadata {
    private final RoleRules rules;
    private final Dialect dialect;
    private final MetadataStore store;
    private Verified<Root> root;
    private @Nullable Verified<Timestamp> timestamp;
    private @Nullable Verified<Snapshot> snapshot;
    private @Nullable Verified<Targets> targets;

    /**
     * Begins with what is in an ECU's store, which must hold at least a Root from provisioning (5.4.1) and is believed.
     */
    public TrustedMetadata(RepositoryName repository, Dialect dialect, Checks checks, SignatureCheck signatures,
            MetadataStore store) {
        this.rules = RoleRules.of(repository, dialect, checks, signatures, Workflow.UPTANE);
        this.dialect = dialect;
        this.store = store;
        Verified<Root> provisioned = believed(RoleType.ROOT, dialect::root);
        if (provisioned == null) {
            throw new IllegalStateException("no trusted Root for " + repository);
        }
        this.root = provisioned;
        this.timestamp = believed(RoleType.TIMESTAMP, dialect::timestamp);
        this.snapshot = believed(RoleType.SNAPSHOT, dialect::snapshot);
        this.targets = believed(RoleType.TARGETS, dialect::targets);
    }

    private TrustedMetadata(RoleRules rules, MetadataStore store, Verified<Root> root) {
        this.rules = rules;
        this.dialect = rules.dialect();
        this.store = store;
        this.root = root;
        this.timestamp = ifSigned(RoleType.TIMESTAMP, dialect::timestamp);
        this.snapshot = ifSigned(RoleType.SNAPSHOT, dialect::snapshot);
        this.targets = ifSigned(RoleType.TARGETS, dialect::targets);
    }

    /**
     * Begins with what is in a TUF client's store. Others may have written there: Root has to be signed by its own keys,
     * and whatever else cannot be read, or is not signed by the keys that Root names, is as good as not there.
     *
     * @throws Rejected if the stored Root cannot be used
     * @throws Unavailable if there is none
     */
    public static TrustedMetadata ofTuf(RepositoryName repository, Dialect dialect, Checks checks,
            SignatureCheck signatures, MetadataStore store) throws Rejected, Unavailable {
        Bytes file = store.load(repository, RoleType.ROOT);
        if (file == null) {
            throw new Unavailable("there is no trusted root");
        }
        RoleRules rules = RoleRules.of(repository, dialect, checks, signatures, Workflow.TUF);
        return new TrustedMetadata(rules, store, new RootProcedure(rules).provisioned(file));
    }

    RepositoryName repository() {
        return rules.repository();
    }

    Dialect dialect() {
        return dialect;
    }

    public Root root() {
        return root.metadata();
    }

    /** The trusted Targets, null before the first. */
    public @Nullable Targets targets() {
        return metadata(targets);
    }

    /** 5.4.4.3 steps 2.3 to 2.5, for the file offered as the next one in the chain. */
    public void offerRoot(Bytes file) throws Rejected {
        Verified<Root> next = new RootProcedure(rules).next(file, root());
        if (RootProcedure.isRotation(root(), next.metadata())) { // U-5.4.4.3-s4, as each Root comes: none in the chain is missed
            forget();
        }
        root = next; // U-5.4.4.3-s2.5
        store.save(repository(), next);
    }

    private void forget() {
        if (timestamp != null) {
            timestamp = null;
            store.dropAfterRotation(repository(), RoleType.TIMESTAMP);
        }
        if (snapshot != null) {
            snapshot = null;
            store.dropAfterRotation(repository(), RoleType.SNAPSHOT);
        }
    }

    /** 5.4.4.3 step 3, when no further Root was found. */
    public void endOfRoots(Instant now) throws Rejected {
        new RootProcedure(rules).requireFresh(root(), now);
    }

    /** 5.4.4.4. */
    public void offerTimestamp(Bytes file, Instant now) throws Rejected {
        Verified<Timestamp> before = timestamp;
        Verified<Timestamp> next = new TimestampProcedure(rules).next(file, root(), before, now);
        if (next != before) {
            timestamp = next;
            store.save(repository(), next);
        }
    }

    /** What the trusted Timestamp says of Snapshot. */
    public MetaFile expectedSnapshot() {
        return known(timestamp).metadata().snapshot();
    }

    /**
     * 5.4.4.2 steps 4 and 8: whether the stored Snapshot is the one the new Timestamp speaks of. It is not done with yet
     * where the Targets that it lists were refused or lost on their way, where other keys are entitled by now, or where
     * one of them has expired since.
     */
    public boolean isSnapshotCurrent(Instant now) {
        return hasSnapshot(now) && hasTargets(now);
    }

    /** Whether the stored Snapshot may be used as it is: everything that would be asked of a new one holds of it. */
    boolean hasSnapshot(Instant now) {
        Verified<Snapshot> stored = snapshot;
        return stored != null && isExpected(stored) && now.isBefore(stored.metadata().expires())
                && isSigned(RoleType.SNAPSHOT, stored);
    }

    private boolean isExpected(@Nullable Verified<Snapshot> stored) {
        return stored != null && stored.metadata().version() == expectedSnapshot().version()
                && new SnapshotProcedure(rules).agrees(expectedSnapshot(), stored.file());
    }

    /** 5.4.4.5. */
    public void offerSnapshot(Bytes file, Instant now) throws Rejected {
        Verified<Snapshot> next = new SnapshotProcedure(rules).next(file, expectedSnapshot(), root(),
                metadata(snapshot), now);
        snapshot = next;
        store.save(repository(), next);
    }

    /** The version of top-level Targets that the trusted Snapshot lists, 0 if it lists none. */
    public long expectedTargetsVersion() {
        return listed(RoleType.TARGETS.id()).map(MetaFile::version).orElse(0L);
    }

    /** What the trusted Snapshot says of a Targets file. */
    Optional<MetaFile> listed(String role) {
        return Optional.ofNullable(known(snapshot).metadata().files().get(role + '.' + dialect.extension()));
    }

    /** Whether the stored top-level Targets may be used as they are. */
    boolean hasTargets(Instant now) {
        Verified<Targets> stored = targets;
        return stored != null && procedure().isUsable(stored.signed(), now);
    }

    /** 5.4.4.6 for top-level Targets. */
    void offerTargets(Bytes file, Instant now) throws Rejected {
        trust(procedure().next(file, targets(), now));
    }

    /** The same of the Director's, whose further rules are {@link DirectorTargets}'. */
    public void offerTargets(Bytes file, Instant now, DirectorTargets director) throws Rejected {
        Verified<Targets> next = procedure().next(file, targets(), now);
        if (repository().equals(RepositoryName.DIRECTOR)) {
            director.require(next.metadata()); // s6 to s8
        }
        trust(next);
    }

    private void trust(Verified<Targets> next) {
        targets = next;
        store.save(repository(), next);
    }

    /** The stored file of a delegated role, if the file that delegates to it now lets it be used as it is. */
    Optional<Targets> delegated(Targets.Delegatee role, Instant now) throws Rejected {
        TargetsProcedure procedure = procedure(role);
        procedure.requireListed();
        return storedDelegated(role).filter(stored -> procedure.isUsable(stored, now)).map(Unverified::payload);
    }

    /** 5.4.4.6 for a delegated role. The stored file before it counts only as far as the same delegation covers it. */
    Targets offerDelegated(Targets.Delegatee role, Bytes file, Instant now) throws Rejected {
        TargetsProcedure procedure = procedure(role);
        Targets before = storedDelegated(role).filter(procedure::isSigned).map(Unverified::payload)
                .orElse(null);
        Verified<Targets> next = procedure.next(file, before, now);
        store.saveDelegated(repository(), role.name(), next);
        return next.metadata();
    }

    private TargetsProcedure procedure() {
        String role = RoleType.TARGETS.id();
        return new TargetsProcedure(rules, role, root().signers(RoleType.TARGETS), listed(role).orElse(null)); // U-5.4.4.6-s3.1
    }

    private TargetsProcedure procedure(Targets.Delegatee role) {
        return new TargetsProcedure(rules, role.name(), role.signers(), // U-5.4.4.6-s3.2
                listed(role.name()).orElse(null));
    }

    private Optional<Unverified<Targets>> storedDelegated(Targets.Delegatee role) {
        return Optional.ofNullable(stored(store.loadDelegated(repository(), role.name()), dialect::targets));
    }

    private boolean isSigned(RoleType role, @Nullable Verified<?> stored) {
        Check check = switch (role) {
            case ROOT -> Check.ROOT_SIGNATURES;
            case TIMESTAMP -> Check.TIMESTAMP_SIGNATURES;
            case SNAPSHOT -> Check.SNAPSHOT_SIGNATURES;
            case TARGETS -> Check.TARGETS_SIGNATURES;
        };
        return stored != null && rules.signing().isSigned(check, stored.signed(), root().signers(role));
    }

    private <M extends Metadata> @Nullable Verified<M> ifSigned(RoleType role, RoleRules.Parser<M> parser) {
        Unverified<M> stored = stored(store.load(repository(), role), parser);
        if (stored == null || !stored.declaredType().equals(role.id())) {
            return null;
        }
        Verified<M> verified = new Verified<>(stored);
        return isSigned(role, verified) ? verified : null;
    }

    private static <M> @Nullable Unverified<M> stored(@Nullable Bytes file, RoleRules.Parser<M> parser) {
        try {
            return file == null ? null : parser.parse(file);
        } catch (MalformedMetadata e) {
            return null; // as good as not there
        }
    }

    private <M extends Metadata> @Nullable Verified<M> believed(RoleType role, RoleRules.Parser<M> parser) {
        Bytes file = store.load(repository(), role);
        try {
            return file == null ? null : new Verified<>(parser.parse(file));
        } catch (MalformedMetadata e) {
            throw new IllegalStateException("the store holds what was never verified: " + rules.subject(role.id()), e);
        }
    }

    private static <M> @Nullable M metadata(@Nullable Verified<M> verified) {
        return verified == null ? null : verified.metadata();
    }

    private static <M> M known(@Nullable M metadata) {
        if (metadata == null) {
            throw new IllegalStateException("roles must be offered in order");
        }
        return metadata;
    }
}
