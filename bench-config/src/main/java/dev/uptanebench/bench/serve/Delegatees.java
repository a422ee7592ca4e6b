package dev.uptanebench.bench.serve;

import dev.uptanebench.bench.config.ServeConfig;
import dev.uptanebench.vehicle.uptane.PublicKey;
import dev.uptanebench.vehicle.uptane.Signers;
import dev.uptanebench.vehicle.uptane.Targets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** To whom Targets delegate, and whoever they delegate to in turn. */
final class Delegatees {
    private Delegatees() {}

    /** Who signs for each role that the top-level Targets lead to, by its name. */
    static SortedMap<String, Signers> of(Map<String, Targets> roles) {
        SortedMap<String, Signers> reached = new TreeMap<>();
        Deque<Targets> next = new ArrayDeque<>();
        Optional.ofNullable(roles.get(ServeConfig.TARGETS)).ifPresent(next::add);
        while (!next.isEmpty()) {
            of(next.remove()).forEach((role, signers) -> {
                if (reached.putIfAbsent(role, signers) == null && roles.containsKey(role)) {
                    next.add(Objects.requireNonNull(roles.get(role)));
                }
            });
        }
        return reached;
    }

    /** The same of one file alone. */
    static SortedMap<String, Signers> of(Targets targets) {
        SortedMap<String, Signers> roles = new TreeMap<>();
        targets.delegations().forEach(delegation -> delegation.roles()
                .forEach(role -> roles.putIfAbsent(role.name(), own(role.signers()))));
        return roles;
    }

    /** A file lists the keys of all its delegations together; what is left are those that a role has itself. */
    static Signers own(Signers listed) {
        SortedMap<String, PublicKey> keys = new TreeMap<>(listed.keys());
        keys.keySet().retainAll(listed.role().keyIds());
        return new Signers(keys, listed.role());
    }
}
