package dev.uptanebench.vehicle.repository;

import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.PublicKey;
import dev.uptanebench.vehicle.uptane.RoleKeys;
import dev.uptanebench.vehicle.uptane.Signers;
import dev.uptanebench.vehicle.uptane.SigningKey;
import dev.uptanebench.vehicle.uptane.Target;
import dev.uptanebench.vehicle.uptane.Targets;
import dev.uptanebench.vehicle.uptane.dialect.Dialect;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A delegated role of a repository that is being edited (5.1.2.1): what its next file shall say, and who signs it. Who
 * delegates to it says with {@link #delegation} what for.
 */
public final class DelegatedRole {
    private final String name;
    private final SortedMap<String, Target> targets = new TreeMap<>();
    private final List<Targets.Delegation> delegations = new ArrayList<>();
    private List<SigningKey> keys;
    private int threshold;
    private Duration lifetime;
    private long version;

    /** @param keys all of which have to sign */
    DelegatedRole(String name, List<SigningKey> keys, Duration lifetime) {
        this.name = name;
        this.keys = List.copyOf(keys);
        this.threshold = keys.size();
        this.lifetime = lifetime;
    }

    DelegatedRole(DelegatedRole other) {
        this(other.name, other.keys, other.lifetime);
        threshold = other.threshold;
        version = other.version;
        targets.putAll(other.targets);
        delegations.addAll(other.delegations);
    }

    /** A signed Targets file of a delegated role. */
    public record Published(Targets targets, Bytes file) {}

    public String name() {
        return name;
    }

    public SortedMap<String, Target> targets() {
        return targets;
    }

    /** Whom this role delegates to, in order of priority. */
    public List<Targets.Delegation> delegations() {
        return delegations;
    }

    public List<SigningKey> keys() {
        return keys;
    }

    /** Signs with other keys from now on, without telling who delegates to it. */
    public void signWith(List<SigningKey> others) {
        keys = List.copyOf(others);
    }

    /** How many of its keys delegations made from now on ask for. */
    public void threshold(int signatures) {
        threshold = signatures;
    }

    public void lifetime(Duration duration) {
        lifetime = duration;
    }

    public long version() {
        return version;
    }

    /** Lets the next file be the one after {@code before}. */
    public void version(long before) {
        version = before;
    }

    /** Trust in this role, for images whose names match one of the patterns. */
    public Targets.Delegation delegation(List<String> paths, boolean terminating) {
        SortedMap<String, PublicKey> all = new TreeMap<>();
        keys.forEach(key -> all.put(key.publicKey().id(), key.publicKey()));
        return new Targets.Delegation(name, new Signers(all, new RoleKeys(List.copyOf(all.keySet()), threshold)), paths,
                terminating);
    }

    /** Makes the next file. */
    public Published publish(Instant now, Dialect dialect) {
        Targets next = new Targets(++version, now.plus(lifetime).truncatedTo(ChronoUnit.SECONDS), targets, delegations,
                null, null);
        return new Published(next, dialect.encode(next, keys));
    }
}
