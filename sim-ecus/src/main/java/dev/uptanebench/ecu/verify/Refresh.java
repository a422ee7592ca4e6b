package dev.uptanebench.ecu.verify;

import dev.uptanebench.vehicle.requirement.Carries;
import dev.uptanebench.vehicle.kernel.Limits;
import dev.uptanebench.vehicle.requirement.Check;
import dev.uptanebench.vehicle.requirement.Checks;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.DelegationSearch;
import dev.uptanebench.vehicle.uptane.MetaFile;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.RoleType;
import dev.uptanebench.vehicle.uptane.Targets;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One repository in one cycle: gets each file within its limits and offers it, all at one time of day. */
final class Refresh {
    /** How many delegations may lie between top-level Targets and a role. */
    private static final int DEEPEST_DELEGATION = 16;

    private final TrustedMetadata trusted;
    private final MetadataSource source;
    private final Checks checks;
    private final Limits limits;
    private final Instant now;

    Refresh(TrustedMetadata trusted, MetadataSource source, Checks checks, Limits limits, Instant now) {
        this.trusted = trusted;
        this.source = source;
        this.checks = checks;
        this.limits = limits;
        this.now = now;
    }

    /** 5.4.4.3. */
    void roots() throws Rejected, Unavailable {
        roots(any -> {});
    }

    /** The same of the Director's Root, which lists the key of the time source. */
    void roots(TimeSourceListed time) throws Rejected, Unavailable {
        for (int i = 0; i < limits.rootRotations(); i++) { // U-5.4.4.3-s2.6
            MetadataSource.Fetched next = source.fetch(repository(), RoleType.ROOT, trusted.root().version() + 1, // U-5.4.4.3-s2.1
                    bound(Check.ROOT_SIZE, limits.rootBytes())); // U-5.4.4.3-s2.2
            Bytes file = file(RoleType.ROOT.id(), next, Check.ROOT_SIZE, limits.rootBytes());
            if (file == null) {
                break;
            }
            trusted.offerRoot(file);
        }
        time.listed(trusted.root().timeSource());
        trusted.endOfRoots(now); // s3
    }

    /** 5.4.4.4. */
    void timestamp() throws Rejected, Unavailable {
        trusted.offerTimestamp(fetch(RoleType.TIMESTAMP, 0, Check.TIMESTAMP_SIZE, limits.timestampBytes()), now);
    }

    /** 5.4.4.5. */
    void snapshot() throws Rejected, Unavailable {
        MetaFile expected = trusted.expectedSnapshot();
        trusted.offerSnapshot(fetch(RoleType.SNAPSHOT, prefix(expected.version()), Check.SNAPSHOT_SIZE,
                least(expected.length(), limits.snapshotBytes())), now);
    }

    /** 5.4.4.6. */
    void targets() throws Rejected, Unavailable {
        trusted.offerTargets(targetsFile(), now);
    }

    /** The same of the Director's. */
    void targets(DirectorTargets rules) throws Rejected, Unavailable {
        trusted.offerTargets(targetsFile(), now, rules);
    }

    private Bytes targetsFile() throws Rejected, Unavailable {
        Long length = trusted.listed(RoleType.TARGETS.id()).map(MetaFile::length).orElse(null);
        return fetch(RoleType.TARGETS, prefix(trusted.expectedTargetsVersion()), Check.TARGETS_SIZE,
                least(length, limits.targetsBytes()));
    }

    /** 5.4.4.7: the trusted description of an image, gone through all roles entitled to give one. */
    @Carries("U-5.4.4.7-s0")
    Optional<DelegationSearch.Found> find(String filename, @Nullable String hardwareId)
            throws Rejected, Unavailable {
        Targets top = trusted.targets();
        if (top == null) {
            return Optional.empty();
        }
        DelegationSearch search = DelegationSearch.begin(filename, hardwareId, top, trusted.dialect().wildcards(),
                new DelegationSearch.Bounds(limits.delegatedRoles(), DEEPEST_DELEGATION));
        for (Targets.Delegatee next = search.next(); next != null; next = search.next()) {
            search.enter(delegated(next)); // U-5.4.4.7-s1: what cannot be had or believed ends the search
        }
        return search.found();
    }

    private Targets delegated(Targets.Delegatee role) throws Rejected, Unavailable {
        Optional<Targets> kept = trusted.delegated(role, now);
        if (kept.isPresent()) {
            return kept.get();
        }
        Optional<MetaFile> listed = trusted.listed(role.name());
        long limit = least(listed.map(MetaFile::length).orElse(null), limits.targetsBytes());
        MetadataSource.Fetched fetched = source.fetchDelegated(repository(), role.name(),
                prefix(listed.map(MetaFile::version).orElse(0L)), bound(Check.TARGETS_SIZE, limit));
        return trusted.offerDelegated(role,
                needed(role.name(), file(role.name(), fetched, Check.TARGETS_SIZE, limit)), now);
    }

    private Bytes fetch(RoleType role, long version, Check check, long limit) throws Rejected, Unavailable {
        MetadataSource.Fetched fetched = source.fetch(repository(), role, version, bound(check, limit));
        return needed(role.id(), file(role.id(), fetched, check, limit));
    }

    private @Nullable Bytes file(String role, MetadataSource.Fetched fetched, Check check, long limit)
            throws Rejected {
        String subject = repository().id() + ' ' + role;
        return switch (fetched) {
            case MetadataSource.File file -> file.bytes();
            case MetadataSource.Absent absent -> null;
            case MetadataSource.TooLarge tooLarge ->
                throw new Rejected(Rejection.of(check, subject, "at most " + limit + " bytes", "more"));
            case MetadataSource.TooSlow tooSlow ->
                throw new Rejected(Rejection.of(Check.RETRIEVAL_RATE, subject, "an honest rate", tooSlow.rate()));
        };
    }

    private Bytes needed(String role, @Nullable Bytes file) throws Unavailable {
        if (file == null) {
            throw new Unavailable(repository().id() + ' ' + role + " is not there");
        }
        return file;
    }

    private RepositoryName repository() {
        return trusted.repository();
    }

    /** Names carry a version only in repositories with consistent snapshots (5.2.7; TUF 1.0.34, 6.2). */
    private long prefix(long version) {
        return trusted.root().consistentSnapshot() ? version : 0;
    }

    private long bound(Check check, long limit) {
        return checks.on(check) ? limit : Integer.MAX_VALUE;
    }

    private static long least(@Nullable Long stated, long limit) {
        return stated == null ? limit : Math.min(stated, limit);
    }
}
