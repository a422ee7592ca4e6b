package dev.uptanebench.vehicle.uptane;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Resolves delegations (5.4.4.7; TUF 1.0.34, 5.6.7): a pre-order, depth-first search for the role that describes an
 * image, beginning with top-level Targets. It does no I/O itself:
 *
 * <pre>{@code
 * DelegationSearch search = DelegationSearch.begin(filename, null, top, wildcards, limits);
 * for (Delegation next = search.next(); next != null; next = search.next()) {
 *     search.enter(load(next));
 * }
 * search.found();
 * }</pre>
 *
 * Each role is visited once, by the first path that leads to it; so the search ends whatever graph it is given.
 */
public final class DelegationSearch {
    private static final String TOP_LEVEL = "targets";

    private final String filename;
    private final @Nullable String hardwareId;
    private final Wildcards wildcards;
    private final Bounds bounds;
    private final Deque<Pending> pending = new ArrayDeque<>();
    private final Set<String> visited = new HashSet<>();
    private String role = TOP_LEVEL;
    private int depth;
    private @Nullable Found found;
    private boolean exhausted;

    /** What was found, and which role says it. */
    public record Found(String role, Target target) {}

    /**
     * How far a search goes.
     *
     * @param roles most delegated roles that are visited
     * @param depth most delegations between top-level Targets and a role
     */
    public record Bounds(int roles, int depth) {}

    private record Pending(Targets.Delegation delegation, int depth) {}

    private DelegationSearch(String filename, @Nullable String hardwareId, Wildcards wildcards, Bounds bounds) {
        this.filename = filename;
        this.hardwareId = hardwareId;
        this.wildcards = wildcards;
        this.bounds = bounds;
        visited.add(TOP_LEVEL);
    }

    /** @param hardwareId the model the image is meant for, null where that is not known */
    public static DelegationSearch begin(String filename, @Nullable String hardwareId, Targets top,
            Wildcards wildcards, Bounds bounds) {
        DelegationSearch search = new DelegationSearch(filename, hardwareId, wildcards, bounds);
        search.enter(top);
        return search;
    }

    /** The delegation to follow now; null when the search has ended. Its role has to be {@link #enter entered} next. */
    public Targets.@Nullable Delegation next() {
        while (found == null && !pending.isEmpty()) {
            Pending next = pending.pop();
            if (visited.contains(next.delegation().name())) {
                continue; // a cycle, or a second way
            }
            if (visited.size() > bounds.roles() || next.depth() > bounds.depth()) {
                exhausted = true;
                return null;
            }
            role = next.delegation().name();
            depth = next.depth();
            visited.add(role);
            return next.delegation();
        }
        return null;
    }

    /** Looks into the file of the role that {@link #next} named. */
    public void enter(Targets targets) {
        Target target = targets.targets().get(filename);
        if (target != null) {
            found = new Found(role, target);
            return;
        }
        List<Targets.Delegation> covering = covering(targets);
        if (!covering.isEmpty() && covering.getLast().terminating()) {
            pending.clear();
        }
        covering.reversed().forEach(delegation -> pending.push(new Pending(delegation, depth + 1)));
    }

    /** Those to look into, as far as the first terminating one. */
    private List<Targets.Delegation> covering(Targets targets) {
        List<Targets.Delegation> covering = new ArrayList<>();
        for (Targets.Delegation delegation : targets.delegations()) {
            if (delegation.covers(filename, hardwareId, wildcards)) {
                covering.add(delegation);
                if (delegation.terminating()) {
                    break;
                }
            }
        }
        return covering;
    }

    /** The image, if it was found. */
    public Optional<Found> found() {
        return Optional.ofNullable(found);
    }

    /** Whether the search was given up at a bound. */
    public boolean isExhausted() {
        return exhausted;
    }
}
