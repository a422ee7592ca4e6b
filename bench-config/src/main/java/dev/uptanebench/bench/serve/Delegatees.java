package dev.uptanebench.bench.serve;

import dev.uptanebench.vehicle.uptane.PublicKey;
import dev.uptanebench.vehicle.uptane.Signers;
import dev.uptanebench.vehicle.uptane.Targets;
import java.util.SortedMap;
import java.util.TreeMap;

/** To whom Targets delegate. */
final class Delegatees {
    private Delegatees() {}

    /** Who signs for each role, by its name. */
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
