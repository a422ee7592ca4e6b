package dev.uptanebench.bench.serve;

import dev.uptanebench.bench.config.ServeConfig;
import dev.uptanebench.bench.config.ServeConfig.DelegationConfig;
import dev.uptanebench.vehicle.uptane.Extras;
import dev.uptanebench.vehicle.uptane.Signers;
import dev.uptanebench.vehicle.uptane.Targets;
import dev.uptanebench.vehicle.uptane.dialect.Dialect;
import dev.uptanebench.vehicle.uptane.dialect.MalformedMetadata;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Delegations of the Image repository's Targets and of suppliers, as the bench file has them, with the keys that each role has. */
final class Suppliers {
    private final RootKeys keys;
    private final ServeConfig config;

    Suppliers(RootKeys keys, ServeConfig config) {
        this.keys = keys;
        this.config = config;
    }

    /** Every role that delegates by the bench file, top-level Targets among them. */
    SortedSet<String> delegators() {
        return config.delegators();
    }

    /** Which roles of the bench file do not delegate just so. */
    SortedSet<String> otherwise(Listing now) {
        SortedMap<String, Signers> known = Delegatees.of(now.roles());
        SortedSet<String> otherwise = new TreeSet<>();
        for (String by : Stream.concat(config.delegators().stream(), config.suppliers().stream()).toList()) {
            List<Targets.Delegation> stand = signedBy(now.role(by).delegations(),
                    (name, signers) -> Delegatees.own(signers));
            if (!known.keySet().containsAll(roles(by)) || !stand.equals(said(delegations(by, known)))) {
                otherwise.add(by);
            }
        }
        return otherwise;
    }

    /** As they are read from a file, in which not every dialect gives a delegation a name of its own. */
    private List<Targets.Delegation> said(List<Targets.Delegation> delegations) {
        Dialect dialect = keys.dialect();
        Targets alone = new Targets(1, Instant.EPOCH, new TreeMap<>(), delegations, null, null);
        try {
            return signedBy(dialect.targets(dialect.encode(alone, List.of())).payload().delegations(),
                    (name, signers) -> Delegatees.own(signers));
        } catch (MalformedMetadata e) {
            throw new IllegalArgumentException("no client could read these delegations: " + e.getMessage(), e);
        }
    }

    private Set<String> roles(String by) {
        return config.delegations(by).stream().flatMap(delegation -> delegation.roles().stream())
                .collect(Collectors.toSet());
    }

    /**
     * Who signs for each role that these delegate to.
     *
     * @param before whom the roles had until now; those that had nobody get keys
     */
    private SortedMap<String, Signers> signers(Set<String> delegators, SortedMap<String, Signers> before)
            throws IOException {
        SortedMap<String, Signers> signers = new TreeMap<>(before);
        for (String by : delegators) {
            for (String role : new TreeSet<>(roles(by))) {
                if (!signers.containsKey(role)) {
                    signers.put(role, keys.fresh("image/" + role));
                }
            }
        }
        return signers;
    }

    /** Every delegation of one role. */
    private List<Targets.Delegation> delegations(String by, SortedMap<String, Signers> signers) {
        List<Targets.Delegation> all = new ArrayList<>();
        for (DelegationConfig delegation : config.delegations(by)) {
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

    /**
     * What is to be signed so that these roles delegate as the bench file says.
     *
     * @param delegators top-level Targets among them
     */
    ImageSigning.Change change(Listing now, Set<String> delegators) throws IOException {
        SortedMap<String, Signers> before = Delegatees.of(now.roles());
        SortedMap<String, Signers> signers = signers(delegators, before);
        SortedMap<String, Targets> changed = new TreeMap<>();
        signers.keySet().stream().filter(role -> !before.containsKey(role))
                .forEach(role -> changed.put(role, now.role(role)));
        delegators.forEach(by -> changed.put(by, new Targets(0, Instant.EPOCH, now.role(by).targets(),
                delegations(by, signers), null, null)));
        return new ImageSigning.Change(changed, Set.of());
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
