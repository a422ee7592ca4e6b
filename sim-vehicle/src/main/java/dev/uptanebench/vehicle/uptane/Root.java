package dev.uptanebench.vehicle.uptane;

import dev.uptanebench.vehicle.requirement.Carries;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Root metadata (5.2.2): the keys of all four roles and how many of them must sign.
 *
 * @param consistentSnapshot whether files carry a version or hash prefix (5.2.7)
 * @param keys by key id
 * @param timeSource key of the time source, in the Director's file where there is one; null elsewhere
 */
@Carries({"U-5.1.1-1", "U-5.2.2-1"})
public record Root(long version, Instant expires, boolean consistentSnapshot, SortedMap<String, PublicKey> keys,
        Map<RoleType, RoleKeys> roles, @Nullable PublicKey timeSource, Extras extras) implements Metadata {

    public Root {
        keys = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(keys));
        roles = Map.copyOf(roles);
    }

    public Root(long version, Instant expires, boolean consistentSnapshot, SortedMap<String, PublicKey> keys,
            Map<RoleType, RoleKeys> roles) {
        this(version, expires, consistentSnapshot, keys, roles, null, Extras.NONE);
    }

    @Override
    public RoleType type() {
        return RoleType.ROOT;
    }

    /** The same Root, listing that key of the time source. */
    public Root listing(PublicKey time) {
        return new Root(version, expires, consistentSnapshot, keys, roles, time, extras);
    }

    /** Who signs for a top-level role. */
    public Signers signers(RoleType role) {
        RoleKeys entitled = roles.get(role);
        return entitled == null ? new Signers(keys, new RoleKeys(java.util.List.of(), 1)) : new Signers(keys, entitled);
    }

    /**
     * The Root after this one, in which others sign for some roles. Keys that no role has any more are gone from it: that
     * is how they are revoked.
     */
    public Root next(Instant expiry, Map<RoleType, Signers> others) {
        Map<RoleType, RoleKeys> entitled = new EnumMap<>(RoleType.class);
        entitled.putAll(roles);
        SortedMap<String, PublicKey> known = new TreeMap<>(keys);
        others.forEach((role, signers) -> {
            entitled.put(role, signers.role());
            known.putAll(signers.keys());
        });
        Set<String> named = entitled.values().stream().flatMap(role -> role.keyIds().stream())
                .collect(Collectors.toSet());
        known.keySet().retainAll(named);
        return new Root(version + 1, expiry, consistentSnapshot, known, entitled, timeSource, extras);
    }
}
