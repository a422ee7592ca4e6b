package dev.uptanebench.bench.serve;

import dev.uptanebench.vehicle.kernel.Limits;
import dev.uptanebench.vehicle.repository.Publication;
import dev.uptanebench.vehicle.uptane.DelegationSearch;
import dev.uptanebench.vehicle.uptane.Target;
import dev.uptanebench.vehicle.uptane.Targets;
import dev.uptanebench.vehicle.uptane.Wildcards;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
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
            Limits.standard().delegatedRoles(), 2);
    private static final String TOP_LEVEL = "targets";

    static Listing of(Publication publication, Wildcards wildcards) {
        Map<String, Targets> roles = new HashMap<>();
        roles.put(TOP_LEVEL, publication.targets());
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
        DelegationSearch search = DelegationSearch.begin(filename, hardwareId, role(TOP_LEVEL), wildcards, BOUNDS);
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
        Targets top = role(TOP_LEVEL);
        Map<String, Targets> alone = new HashMap<>();
        alone.put(TOP_LEVEL, with(top, filename, null));
        top.delegations().stream().filter(delegation -> delegation.roles().stream()
                .anyMatch(delegatee -> delegatee.name().equals(role)))
                .forEach(delegation -> delegation.roles().forEach(partner -> alone.put(partner.name(),
                        with(ImageSigning.EMPTY, filename, target))));
        alone.put(role, with(role.equals(TOP_LEVEL) ? top : ImageSigning.EMPTY, filename, target));
        return new Listing(alone, wildcards).find(filename, hardwareId).isPresent()
                && reaches(role, filename, hardwareId);
    }

    private boolean reaches(String role, String filename, String hardwareId) {
        return role.equals(TOP_LEVEL) || role(TOP_LEVEL).delegations().stream()
                .anyMatch(delegation -> delegation.covers(filename, hardwareId, wildcards)
                        && delegation.roles().stream().anyMatch(delegatee -> delegatee.name().equals(role)));
    }

    /** Everything that a client can find, by filename. */
    SortedMap<String, Target> all() {
        SortedMap<String, Target> all = new TreeMap<>(role(TOP_LEVEL).targets());
        roles.values().forEach(role -> role.targets().forEach((filename, target) -> {
            if (!all.containsKey(filename)) {
                new TreeSet<>(target.hardwareIds()).stream().flatMap(model -> find(filename, model).stream())
                        .findFirst().ifPresent(found -> all.put(filename, found));
            }
        }));
        return all;
    }
}
