package dev.uptanebench.bench.serve;

import dev.uptanebench.bench.config.ServeConfig;
import dev.uptanebench.vehicle.repository.DelegatedRole;
import dev.uptanebench.vehicle.repository.Publication;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.MetaFile;
import dev.uptanebench.vehicle.uptane.Metadata;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.RoleType;
import dev.uptanebench.vehicle.uptane.Root;
import dev.uptanebench.vehicle.uptane.Signers;
import dev.uptanebench.vehicle.uptane.Snapshot;
import dev.uptanebench.vehicle.uptane.Targets;
import dev.uptanebench.vehicle.uptane.Timestamp;
import dev.uptanebench.vehicle.uptane.dialect.MalformedMetadata;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Signs an Image repository's metadata: what changes, what has to follow, and nothing else. Keeps nothing. */
final class ImageSigning {
    private static final Duration YEAR = Duration.ofDays(365);
    /** Root and Targets are signed with keys that should lie in a safe; the others are online. */
    static final Map<RoleType, Duration> LIFETIMES = Map.of(RoleType.ROOT, YEAR, RoleType.TARGETS, YEAR,
            RoleType.SNAPSHOT, Duration.ofDays(7), RoleType.TIMESTAMP, Duration.ofDays(1));
    /** What is written where there is nothing before. */
    static final Targets EMPTY = new Targets(0, Instant.EPOCH, new TreeMap<>(), List.of(), null, null);

    private final RoleKeyFolders keys;
    private final RepositoryName repository;

    ImageSigning(RoleKeyFolders keys, RepositoryName repository) {
        this.keys = keys;
        this.repository = repository;
    }

    /**
     * What is different in the next publication.
     *
     * @param targets by role, what it shall say; versions and dates in it do not matter
     * @param anew which of Snapshot and Timestamp are to be signed even if no Targets change; if both, then Snapshot
     *        forgets roles that nobody delegates to any more, which clients accept where both have new keys alone
     */
    record Change(SortedMap<String, Targets> targets, Set<RoleType> anew) {}

    /**
     * Makes the next publication.
     *
     * @throws IllegalArgumentException if a key that this takes is not here
     */
    Publication next(SignedRoot root, Optional<Publication> before, Change change, Instant now) {
        Targets top = before.map(Publication::targets).orElse(EMPTY);
        Bytes topFile = before.map(Publication::targetsFile).orElse(Bytes.utf8(""));
        Targets wanted = change.targets().get(ServeConfig.TARGETS);
        if (wanted != null) {
            topFile = sign(root.root(), targets(wanted, top.version(), now));
            top = read(topFile);
        }
        SortedMap<String, DelegatedRole.Published> delegated = new TreeMap<>(
                before.map(Publication::delegated).orElseGet(TreeMap::new));
        SortedMap<String, Signers> entitled = entitled(top, delegated, change.targets());
        for (Map.Entry<String, Targets> role : change.targets().entrySet()) {
            if (!role.getKey().equals(ServeConfig.TARGETS)) {
                delegated.put(role.getKey(), delegated(role.getKey(), role.getValue(), entitled.get(role.getKey()),
                        Optional.ofNullable(delegated.get(role.getKey())), now));
            }
        }
        if (change.anew().containsAll(Set.of(RoleType.SNAPSHOT, RoleType.TIMESTAMP))) {
            delegated.keySet().retainAll(entitled.keySet());
        }
        if (before.isPresent() && change.targets().isEmpty() && !change.anew().contains(RoleType.SNAPSHOT)) {
            Publication same = before.get().with(root.root(), root.file());
            return change.anew().contains(RoleType.TIMESTAMP) ? refreshed(same, now) : same;
        }
        Snapshot snapshot = snapshot(before, top, topFile, delegated, now);
        Bytes snapshotFile = sign(root.root(), snapshot);
        Timestamp timestamp = timestamp(before, snapshot, snapshotFile, now);
        return new Publication(root.root(), root.file(), timestamp, sign(root.root(), timestamp), snapshot,
                snapshotFile,
                top, topFile, delegated);
    }

    private Publication refreshed(Publication before, Instant now) {
        Timestamp timestamp = timestamp(Optional.of(before), before.snapshot(), before.snapshotFile(), now);
        return before.with(timestamp, sign(before.root(), timestamp));
    }

    private static Targets targets(Targets wanted, long before, Instant now) {
        return new Targets(before + 1, expiry(RoleType.TARGETS, now), wanted.targets(), wanted.delegations(), null,
                null);
    }

    /** Who signs for whom once everything says what it shall. */
    private static SortedMap<String, Signers> entitled(Targets top,
            SortedMap<String, DelegatedRole.Published> before, SortedMap<String, Targets> wanted) {
        Map<String, Targets> roles = new HashMap<>();
        before.forEach((role, published) -> roles.put(role, published.targets()));
        roles.putAll(wanted);
        roles.put(ServeConfig.TARGETS, top);
        return Delegatees.of(roles);
    }

    private DelegatedRole.Published delegated(String role, Targets wanted, @Nullable Signers entitled,
            Optional<DelegatedRole.Published> before, Instant now) {
        Targets next = targets(wanted, before.map(published -> published.targets().version()).orElse(0L), now);
        if (entitled == null) {
            throw new IllegalArgumentException("nothing is delegated to " + role);
        }
        Bytes file = keys.dialect().encode(next, keys.signers(repository + "/" + role, entitled));
        return new DelegatedRole.Published(read(file), file);
    }

    /** What clients read, who know nothing of what the dialect has no place for. */
    private Targets read(Bytes file) {
        try {
            return keys.dialect().targets(file).payload();
        } catch (MalformedMetadata e) {
            throw new IllegalArgumentException("no client could read what would be published: " + e.getMessage(), e);
        }
    }

    private Snapshot snapshot(Optional<Publication> before, Targets top, Bytes topFile,
            SortedMap<String, DelegatedRole.Published> delegated, Instant now) {
        SortedMap<String, MetaFile> files = new TreeMap<>();
        String end = '.' + keys.dialect().extension();
        delegated.forEach((role, published) -> files.put(role + end,
                keys.dialect().listed(published.targets(), published.file())));
        files.put(ServeConfig.TARGETS + end, keys.dialect().listed(top, topFile));
        return new Snapshot(1 + before.map(old -> old.snapshot().version()).orElse(0L),
                expiry(RoleType.SNAPSHOT, now), files);
    }

    private static Timestamp timestamp(Optional<Publication> before, Snapshot snapshot, Bytes file, Instant now) {
        return new Timestamp(1 + before.map(old -> old.timestamp().version()).orElse(0L),
                expiry(RoleType.TIMESTAMP, now), MetaFile.of(snapshot.version(), file));
    }

    private Bytes sign(Root root, Metadata metadata) {
        RoleType role = metadata.type();
        return keys.dialect().encode(metadata, keys.signers(RootKeys.role(repository, role), root.signers(role)));
    }

    /** Files state whole seconds. */
    static Instant expiry(RoleType role, Instant now) {
        return now.plus(LIFETIMES.getOrDefault(role, YEAR)).truncatedTo(ChronoUnit.SECONDS);
    }
}
