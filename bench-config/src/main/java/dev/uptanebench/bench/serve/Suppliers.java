package dev.uptanebench.bench.serve;

import dev.uptanebench.bench.config.ServeConfig;
import dev.uptanebench.bench.config.ServeConfig.DelegationConfig;
import dev.uptanebench.vehicle.uptane.Extras;
import dev.uptanebench.vehicle.uptane.Signers;
import dev.uptanebench.vehicle.uptane.Targets;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;

/** Delegations of the Image repository's Targets, as the bench file has them, with the keys that each role has. */
final class Suppliers {
    private final RootKeys keys;
    private final ServeConfig config;

    Suppliers(RootKeys keys, ServeConfig config) {
        this.keys = keys;
        this.config = config;
    }

    /** Whether Targets delegate just so. */
    boolean stand(Targets targets) {
        SortedMap<String, Signers> known = Delegatees.of(targets);
        return known.keySet().containsAll(config.suppliers())
                && signedBy(targets.delegations(), (name, signers) -> Delegatees.own(signers))
                        .equals(delegations(known));
    }

    /** Every delegation; roles that nothing was delegated to so far get keys. */
    List<Targets.Delegation> delegations(Targets before) throws IOException {
        SortedMap<String, Signers> signers = new TreeMap<>(Delegatees.of(before));
        for (String role : config.suppliers()) {
            if (!signers.containsKey(role)) {
                signers.put(role, keys.fresh("image/" + role));
            }
        }
        return delegations(signers);
    }

    private List<Targets.Delegation> delegations(SortedMap<String, Signers> signers) {
        List<Targets.Delegation> all = new ArrayList<>();
        for (DelegationConfig delegation : config.delegations()) {
            List<Targets.Delegatee> roles = delegation.roles().stream()
                    .map(role -> new Targets.Delegatee(role, Objects.requireNonNull(signers.get(role)))).toList();
            all.add(new Targets.Delegation(delegation.name(), roles, delegation.agreement(), delegation.paths(),
                    List.of(), delegation.hardwareIds(), delegation.terminating(), Extras.NONE));
        }
        return all;
    }

    /** The same delegations, with others to sign for one role. */
    static List<Targets.Delegation> with(List<Targets.Delegation> delegations, String role, Signers signers) {
        return signedBy(delegations, (name, before) -> name.equals(role) ? signers : Delegatees.own(before));
    }

    private static List<Targets.Delegation> signedBy(List<Targets.Delegation> delegations,
            BiFunction<String, Signers, Signers> change) {
        return delegations.stream().map(delegation -> new Targets.Delegation(delegation.name(),
                delegation.roles().stream().map(role -> new Targets.Delegatee(role.name(),
                        change.apply(role.name(), role.signers()))).toList(),
                delegation.agreement(), delegation.paths(), delegation.pathHashPrefixes(), delegation.hardwareIds(),
                delegation.terminating(), delegation.extras())).toList();
    }
}
