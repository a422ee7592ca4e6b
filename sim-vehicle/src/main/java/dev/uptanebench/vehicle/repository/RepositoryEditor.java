package dev.uptanebench.vehicle.repository;

import dev.uptanebench.vehicle.requirement.Carries;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.Extras;
import dev.uptanebench.vehicle.uptane.MetaFile;
import dev.uptanebench.vehicle.uptane.PublicKey;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.RoleKeys;
import dev.uptanebench.vehicle.uptane.RoleType;
import dev.uptanebench.vehicle.uptane.Root;
import dev.uptanebench.vehicle.uptane.SigningKey;
import dev.uptanebench.vehicle.uptane.Snapshot;
import dev.uptanebench.vehicle.uptane.Target;
import dev.uptanebench.vehicle.uptane.Targets;
import dev.uptanebench.vehicle.uptane.Timestamp;
import dev.uptanebench.vehicle.uptane.dialect.Dialect;
import dev.uptanebench.vehicle.uptane.dialect.Feature;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes a repository's metadata: set what the next publication shall say, then make it. Every publication raises the
 * versions of Targets, Snapshot and Timestamp by one unless they are set.
 */
public final class RepositoryEditor {
    private final RepositoryName repository;
    private final Dialect dialect;
    private final Map<RoleType, List<SigningKey>> keys = new EnumMap<>(RoleType.class);
    private final Map<RoleType, Integer> thresholds = new EnumMap<>(RoleType.class);
    private final Map<RoleType, Duration> lifetimes = new EnumMap<>(RoleType.class);
    private final Map<RoleType, Long> versions = new EnumMap<>(RoleType.class);
    private final SortedMap<String, Target> targets = new TreeMap<>();
    private final SortedMap<String, MetaFile> delegatedFiles = new TreeMap<>();
    private final List<Targets.Delegation> delegations = new ArrayList<>();
    private final SortedMap<String, DelegatedRole> delegatedRoles = new TreeMap<>();
    private final KeySource ring;
    private boolean consistentSnapshot;
    private boolean fullSnapshot;
    private @Nullable String vehicle;
    private @Nullable String correlation;
    private @Nullable PublicKey timeSource;

    /**
     * @param lifetimes how long each role's files stay valid
     * @param vehicle the vehicle that a Director's Targets are for; null for the Image repository
     */
    public RepositoryEditor(RepositoryName repository, KeySource ring, Map<RoleType, Duration> lifetimes,
            Map<RoleType, Integer> thresholds, @Nullable String vehicle) {
        this.repository = repository;
        this.ring = ring;
        this.dialect = ring.dialect();
        this.lifetimes.putAll(lifetimes);
        this.thresholds.putAll(thresholds);
        this.vehicle = vehicle;
        this.consistentSnapshot = dialect.features().contains(Feature.CONSISTENT_SNAPSHOT);
        for (RoleType role : RoleType.values()) {
            versions.put(role, 0L);
        }
    }

    private RepositoryEditor(RepositoryEditor other) {
        repository = other.repository;
        ring = other.ring;
        dialect = other.dialect;
        keys.putAll(other.keys);
        thresholds.putAll(other.thresholds);
        lifetimes.putAll(other.lifetimes);
        versions.putAll(other.versions);
        targets.putAll(other.targets);
        delegatedFiles.putAll(other.delegatedFiles);
        delegations.addAll(other.delegations);
        other.delegatedRoles.forEach((name, role) -> delegatedRoles.put(name, new DelegatedRole(role)));
        consistentSnapshot = other.consistentSnapshot;
        fullSnapshot = other.fullSnapshot;
        vehicle = other.vehicle;
        correlation = other.correlation;
        timeSource = other.timeSource;
    }

    /** An editor of its own that begins where this one stands; what an attacker who forges works with. */
    public RepositoryEditor copy() {
        return new RepositoryEditor(this);
    }

    /** Goes on from what stands published, top-level Targets and Root; delegated roles are not taken up again. */
    public void resume(Publication published) {
        version(RoleType.ROOT, published.root().version());
        version(RoleType.TARGETS, published.targets().version());
        version(RoleType.SNAPSHOT, published.snapshot().version());
        version(RoleType.TIMESTAMP, published.timestamp().version());
        consistentSnapshot = published.root().consistentSnapshot();
        targets.clear();
        targets.putAll(published.targets().targets());
        delegations.clear();
        delegations.addAll(published.targets().delegations());
    }

    public RepositoryName repository() {
        return repository;
    }

    public Dialect dialect() {
        return dialect;
    }

    /** Who signs for that role: as many of the key source's as its threshold asks for, unless it was told otherwise. */
    public List<SigningKey> keys(RoleType role) {
        return keys.computeIfAbsent(role, unset -> IntStream.rangeClosed(1, thresholds.getOrDefault(unset, 1))
                .mapToObj(i -> ring.key(repository.id() + '/' + unset.id() + '/' + i)).toList());
    }

    /** Signs that role with other keys from now on, without telling Root. */
    public void signWith(RoleType role, List<SigningKey> others) {
        keys.put(role, List.copyOf(others));
    }

    public void lifetime(RoleType role, Duration lifetime) {
        lifetimes.put(role, lifetime);
    }

    public Duration lifetime(RoleType role) {
        return lifetimes.getOrDefault(role, Duration.ofDays(30));
    }

    public long version(RoleType role) {
        return versions.getOrDefault(role, 0L);
    }

    /** Lets the next file of that role be the one after {@code version}. */
    public void version(RoleType role, long version) {
        versions.put(role, version);
    }

    public SortedMap<String, Target> targets() {
        return targets;
    }

    public List<Targets.Delegation> delegations() {
        return delegations;
    }

    /** The delegated role of that name, made with one key if there is none yet; nobody delegates to it by that alone. */
    public DelegatedRole delegatedRole(String name) {
        return delegatedRoles.computeIfAbsent(name, wanted -> new DelegatedRole(wanted,
                List.of(ring.key(repository.id() + '/' + wanted + "/1")), lifetime(RoleType.TARGETS)));
    }

    /** Top-level Targets delegate to that role from now on, after all others. */
    public DelegatedRole delegate(String name, List<String> paths, boolean terminating) {
        DelegatedRole role = delegatedRole(name);
        delegations.add(role.delegation(paths, terminating));
        return role;
    }

    /** Whether the next Root has clients ask for files with a version or hash in front (5.2.7); so it does at first, if the dialect can. */
    public void consistentSnapshot(boolean consistent) {
        consistentSnapshot = consistent;
    }

    /** Whether Snapshot states lengths and hashes of Targets files beside their versions in any dialect; not at first. */
    public void fullSnapshot(boolean full) {
        fullSnapshot = full;
    }

    /** What Snapshot lists of Targets files beside, or other than, those that are published. */
    public SortedMap<String, MetaFile> delegatedFiles() {
        return delegatedFiles;
    }

    public void vehicle(@Nullable String identifier) {
        vehicle = identifier;
    }

    /** How Targets call what they order; not at all at first. */
    public void correlation(@Nullable String identifier) {
        correlation = identifier;
    }

    /** The key of the time source that the next Root and Targets of a Director list; none at first. */
    public void timeSource(PublicKey key) {
        timeSource = key;
    }

    /** Makes the next Root from the present keys. */
    public Root nextRoot(Instant now) {
        SortedMap<String, PublicKey> all = new TreeMap<>();
        Map<RoleType, RoleKeys> roles = new EnumMap<>(RoleType.class);
        for (RoleType role : RoleType.values()) {
            List<SigningKey> own = keys(role);
            own.forEach(key -> all.put(key.publicKey().id(), key.publicKey()));
            roles.put(role, new RoleKeys(own.stream().map(key -> key.publicKey().id()).toList(),
                    thresholds.getOrDefault(role, 1)));
        }
        return new Root(next(RoleType.ROOT), expiry(RoleType.ROOT, now), consistentSnapshot, all, roles,
                timeSource, Extras.NONE);
    }

    public Targets nextTargets(Instant now) {
        return new Targets(next(RoleType.TARGETS), expiry(RoleType.TARGETS, now), targets, delegations, vehicle,
                correlation, timeSource, Extras.NONE);
    }

    /** @param topFile top-level Targets as they are signed */
    public Snapshot nextSnapshot(Instant now, Targets top, Bytes topFile) {
        return nextSnapshot(now, new TreeMap<>(Map.of(RoleType.TARGETS.id(), listed(top, topFile))));
    }

    private Snapshot nextSnapshot(Instant now, SortedMap<String, MetaFile> listed) {
        SortedMap<String, MetaFile> files = new TreeMap<>();
        listed.forEach((name, file) -> files.put(name + '.' + dialect.extension(), file));
        files.putAll(delegatedFiles);
        return new Snapshot(next(RoleType.SNAPSHOT), expiry(RoleType.SNAPSHOT, now), files);
    }

    public Timestamp nextTimestamp(Instant now, Snapshot snapshot, Bytes snapshotFile) {
        return new Timestamp(next(RoleType.TIMESTAMP), expiry(RoleType.TIMESTAMP, now),
                MetaFile.of(snapshot.version(), snapshotFile));
    }

    /** Signs with the keys of that role. */
    public Bytes sign(dev.uptanebench.vehicle.uptane.Metadata metadata) {
        return dialect.encode(metadata, keys(metadata.type()));
    }

    /** Everything anew except Root, which stays as it is in {@code before}, or is made if there is none. */
    public Publication publish(Instant now, @Nullable Publication before) {
        Root root = before == null ? nextRoot(now) : before.root();
        Bytes rootFile = before == null ? sign(root) : before.rootFile();
        Targets top = nextTargets(now);
        Bytes targetsFile = sign(top);
        SortedMap<String, DelegatedRole.Published> delegated = new TreeMap<>();
        delegatedRoles.forEach((name, role) -> delegated.put(name, role.publish(now, dialect)));
        SortedMap<String, MetaFile> listed = new TreeMap<>();
        delegated.forEach((name, role) -> listed.put(name, listed(role.targets(), role.file())));
        listed.put(RoleType.TARGETS.id(), listed(top, targetsFile));
        Snapshot snapshot = nextSnapshot(now, listed);
        Bytes snapshotFile = sign(snapshot);
        Timestamp timestamp = nextTimestamp(now, snapshot, snapshotFile);
        return new Publication(root, rootFile, timestamp, sign(timestamp), snapshot, snapshotFile, top, targetsFile,
                delegated);
    }

    private MetaFile listed(Targets targets, Bytes file) {
        return fullSnapshot ? MetaFile.of(targets.version(), file) : dialect.listed(targets, file);
    }

    /** A new Timestamp over the same Snapshot. */
    public Publication refresh(Instant now, Publication before) {
        Timestamp timestamp = nextTimestamp(now, before.snapshot(), before.snapshotFile());
        return before.with(timestamp, sign(timestamp));
    }

    /** A new Snapshot of the same Targets, and its Timestamp: what the online keys of an Image repository can do. */
    public Publication renew(Instant now, Publication before) {
        Snapshot snapshot = new Snapshot(next(RoleType.SNAPSHOT), expiry(RoleType.SNAPSHOT, now),
                before.snapshot().files());
        Bytes snapshotFile = sign(snapshot);
        Timestamp timestamp = nextTimestamp(now, snapshot, snapshotFile);
        return new Publication(before.root(), before.rootFile(), timestamp, sign(timestamp), snapshot, snapshotFile,
                before.targets(), before.targetsFile(), before.delegated());
    }

    /** A new Root, everything else unchanged. */
    public Publication rotateRoot(Instant now, Publication before) {
        Root root = nextRoot(now);
        return before.with(root, sign(root));
    }

    /** Files state whole seconds. */
    private Instant expiry(RoleType role, Instant now) {
        return now.plus(lifetime(role)).truncatedTo(ChronoUnit.SECONDS);
    }

    @Carries("U-5.2.1-4")
    private long next(RoleType role) {
        long next = version(role) + 1;
        versions.put(role, next);
        return next;
    }
}
