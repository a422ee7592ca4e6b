package dev.uptanebench.bench.serve;

import dev.uptanebench.bench.config.ServeConfig;
import dev.uptanebench.vehicle.kernel.Limits;
import dev.uptanebench.vehicle.repository.Publication;
import dev.uptanebench.vehicle.uptane.DelegationSearch;
import dev.uptanebench.vehicle.uptane.Target;
import dev.uptanebench.vehicle.uptane.Targets;
import dev.uptanebench.vehicle.uptane.Wildcards;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the Image repository's Targets say together: asked as a client asks (5.4.4.7), so that nothing is ordered that no
 * client would find.
 *
 * @param roles by name; the top-level ones are called {@code targets}
 */
record Listing(Map<String, Targets> roles, Wildcards wildcards) {
    private static final DelegationSearch.Bounds BOUNDS = new DelegationSearch.Bounds(
            Limits.standard().delegatedRoles(), ServeConfig.DEEPEST);

    static Listing of(Publication publication, Wildcards wildcards) {
        Map<String, Targets> roles = new HashMap<>();
        roles.put(ServeConfig.TARGETS, publication.targets());
        publication.delegated().forEach((name, role) -> roles.put(name, role.targets()));
        return new Listing(roles, wildcards);
    }

    /** The same, but for what one role says of one image. */
    Listing with(String role, String filename, Target target) {
        Map<String, Targets> changed = new HashMap<>(roles);
        changed.put(role, with(role(role), filename, target));
        return new Listing(changed, wildcards);
    }

    /** The same, but for one image that nobody lists. */
    Listing without(String filename) {
        Map<String, Targets> changed = new HashMap<>();
        roles.forEach((name, role) -> changed.put(name, with(role, filename, null)));
        return new Listing(changed, wildcards);
    }

    Targets role(String name) {
        return roles.getOrDefault(name, ImageSigning.EMPTY);
    }

    static Targets with(Targets role, String filename, @Nullable Target target) {
        SortedMap<String, Target> targets = new TreeMap<>(role.targets());
        if (target == null) {
            targets.remove(filename);
        } else {
            targets.put(filename, target);
        }
        return new Targets(role.version(), role.expires(), targets, role.delegations(), role.vehicleIdentifier(),
                role.correlationId());
    }

    /** What a client finds that looks for an image of that name for that model. */
    Optional<Target> find(String filename, @Nullable String hardwareId) {
        DelegationSearch search = DelegationSearch.begin(filename, hardwareId, role(ServeConfig.TARGETS), wildcards,
                BOUNDS);
        for (Targets.Delegatee next = search.next(); next != null; next = search.next()) {
            search.enter(role(next.name()));
        }
        return search.found().map(DelegationSearch.Found::target);
    }

    /**
     * Whether a role may sign for an image, along the delegations that lead to it (5.3.1): whether clients would believe
     * it, if it were alone in describing such an image, or with those that have to agree with it.
     */
    boolean maySign(String role, String filename, Target target, String hardwareId) {
        Map<String, Targets> alone = new HashMap<>();
        roles.forEach((name, said) -> alone.put(name, name.equals(role) ? said : empty(said)));
        alone.put(ServeConfig.TARGETS, with(role(ServeConfig.TARGETS), filename, null));
        roles.values().stream().flatMap(said -> said.delegations().stream())
                .filter(delegation -> names(delegation, role))
                .forEach(delegation -> delegation.roles().forEach(
                        partner -> alone.put(partner.name(), with(empty(role(partner.name())), filename, target))));
        alone.put(role, with(role(role), filename, target));
        return new Listing(alone, wildcards).find(filename, hardwareId).isPresent()
                && reaches(role, filename, hardwareId);
    }

    /** What a role delegates, and nothing else. */
    private static Targets empty(Targets role) {
        return new Targets(role.version(), role.expires(), new TreeMap<>(), role.delegations(),
                role.vehicleIdentifier(), role.correlationId());
    }

    private static boolean names(Targets.Delegation delegation, String role) {
        return delegation.roles().stream().anyMatch(delegatee -> delegatee.name().equals(role));
    }

    /** Whether delegations that all cover the image lead to the role. */
    private boolean reaches(String role, String filename, String hardwareId) {
        Set<String> reached = new HashSet<>(Set.of(ServeConfig.TARGETS));
        Deque<String> next = new ArrayDeque<>(reached);
        while (!next.isEmpty()) {
            role(next.remove()).delegations().stream()
                    .filter(delegation -> delegation.covers(filename, hardwareId, wildcards))
                    .flatMap(delegation -> delegation.roles().stream()).map(Targets.Delegatee::name)
                    .filter(reached::add).forEach(next::add);
        }
        return reached.contains(role);
    }

    /** Everything that a client can find, by filename. */
    SortedMap<String, Target> all() {
        SortedMap<String, Target> all = new TreeMap<>(role(ServeConfig.TARGETS).targets());
        roles.values().forEach(role -> role.targets().forEach((filename, target) -> {
            if (!all.containsKey(filename)) {
                new TreeSet<>(target.hardwareIds()).stream().flatMap(model -> find(filename, model).stream())
                        .findFirst().ifPresent(found -> all.put(filename, found));
            }
        }));
        return all;
    }
}
