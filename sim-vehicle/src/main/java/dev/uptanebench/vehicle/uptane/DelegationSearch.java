package dev.uptanebench.vehicle.uptane;

import dev.uptanebench.vehicle.requirement.Carries;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Resolves delegations (5.4.4.7, 5.4.4.8; TUF 1.0.34, 5.6.7): a pre-order, depth-first search for the role that describes
 * an image, beginning with top-level Targets. It does no I/O itself:
 *
 * <pre>{@code
 * DelegationSearch search = DelegationSearch.begin(filename, null, top, wildcards, limits);
 * for (Delegatee next = search.next(); next != null; next = search.next()) {
 *     search.enter(load(next));
 * }
 * search.found();
 * }</pre>
 *
 * Each role is visited once, by the first path that leads to it; so the search ends whatever graph it is given. Roles
 * that have to agree are each searched on their own, and what they find counts only in that agreement.
 */
public final class DelegationSearch {
    private static final String TOP_LEVEL = "targets";

    private final String filename;
    private final @Nullable String hardwareId;
    private final Wildcards wildcards;
    private final Bounds bounds;
    private final Deque<Branch> branches = new ArrayDeque<>();
    private int loaded;
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
    @Carries("U-5.2.3.2-7")
    public record Bounds(int roles, int depth) {}

    private record Pending(Targets.Delegation delegation, int depth) {}

    /** The search below one role: the whole of it, or the part of one among several roles that have to agree. */
    private static final class Branch {
        private final @Nullable Agreement partOf;
        private final Set<String> visited;
        private final Deque<Pending> pending = new ArrayDeque<>();
        private String role;
        private int depth;
        private @Nullable Found found;

        Branch(String role, int depth, Set<String> visited, @Nullable Agreement partOf) {
            this.role = role;
            this.depth = depth;
            this.visited = new HashSet<>(visited);
            this.visited.add(role);
            this.partOf = partOf;
        }
    }

    private DelegationSearch(String filename, @Nullable String hardwareId, Wildcards wildcards, Bounds bounds) {
        this.filename = filename;
        this.hardwareId = hardwareId;
        this.wildcards = wildcards;
        this.bounds = bounds;
        branches.push(new Branch(TOP_LEVEL, 0, Set.of(), null));
    }

    /** @param hardwareId the model the image is meant for, null where that is not known */
    public static DelegationSearch begin(String filename, @Nullable String hardwareId, Targets top,
            Wildcards wildcards, Bounds bounds) {
        DelegationSearch search = new DelegationSearch(filename, hardwareId, wildcards, bounds);
        search.enter(top);
        return search;
    }

    /** The role whose file is needed now; null when the search has ended. It has to be {@link #enter entered} next. */
    public Targets.@Nullable Delegatee next() {
        while (!branches.isEmpty()) {
            Branch branch = branches.element();
            boolean ended = branch.found != null || branch.pending.isEmpty();
            Targets.Delegatee next = ended ? end(branches.remove()) : follow(branch, branch.pending.pop());
            if (next != null) {
                loaded++;
                return next;
            }
        }
        return null;
    }

    /** Looks into the file of the role that {@link #next} named. */
    public void enter(Targets targets) {
        Branch branch = branches.element();
        Target target = targets.targets().get(filename);
        if (target != null) { // U-5.4.4.7-s2
            branch.found = new Found(branch.role, target);
            return;
        }
        List<Targets.Delegation> covering = covering(targets);
        if (!covering.isEmpty() && covering.getLast().terminating()) { // U-5.4.4.7-s3, U-5.1.2.1-3: nothing after it counts
            branch.pending.clear();
        }
        covering.reversed().forEach(delegation -> branch.pending.push(new Pending(delegation, branch.depth + 1)));
    }

    /** Those to look into (U-5.4.4.7-s4.1), as far as the first terminating one. */
    @Carries({"U-5.1.2.1-2", "U-5.2.3.2-2"})
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

    private Targets.@Nullable Delegatee follow(Branch branch, Pending next) {
        if (next.depth() > bounds.depth()) {
            return giveUp();
        }
        if (next.delegation().isMultiRole()) { // U-5.4.4.7-s4.2
            return ask(branch, new Agreement(next.delegation(), next.depth()));
        }
        Targets.Delegatee role = next.delegation().roles().getFirst(); // U-5.4.4.7-s4.3
        if (!branch.visited.add(role.name())) {
            return null; // a cycle, or a second way
        }
        branch.role = role.name();
        branch.depth = next.depth();
        return withinBounds(role);
    }

    /** U-5.4.4.8-s1: asks the next of several roles, or ends with what they agree on. */
    private Targets.@Nullable Delegatee ask(Branch branch, Agreement agreement) {
        for (Targets.Delegatee role = agreement.next(); role != null; role = agreement.next()) {
            if (!branch.visited.contains(role.name())) {
                branches.push(new Branch(role.name(), agreement.depth(), branch.visited, agreement));
                return withinBounds(role);
            }
        }
        branch.found = agreement.decision().orElse(null);
        return null;
    }

    private Targets.@Nullable Delegatee end(Branch branch) {
        Agreement agreement = branch.partOf;
        if (agreement == null) {
            found = branch.found;
            return null;
        }
        if (branch.found != null) {
            agreement.told(branch.found);
        }
        return ask(branches.element(), agreement);
    }

    private Targets.@Nullable Delegatee withinBounds(Targets.Delegatee role) {
        return loaded < bounds.roles() ? role : giveUp();
    }

    private Targets.@Nullable Delegatee giveUp() {
        exhausted = true;
        branches.clear();
        return null;
    }

    /** The image, if it was found (U-5.4.4.7-s5 otherwise). */
    public Optional<Found> found() {
        return Optional.ofNullable(found);
    }

    /** Whether the search was given up at a bound. */
    public boolean isExhausted() {
        return exhausted;
    }
}
