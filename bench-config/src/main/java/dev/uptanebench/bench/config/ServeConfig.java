package dev.uptanebench.bench.config;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What only a server needs to know.
 *
 * @param keys by role, such as {@code image/root}; a role that is left out has one key
 * @param delegations of the Image repository's Targets and of suppliers, those of one role in order of priority (5.2.3.2)
 */
public record ServeConfig(Map<String, KeyCount> keys, List<DelegationConfig> delegations) {
    /** What the Image repository's own Targets are called among the roles that they delegate to. */
    public static final String TARGETS = "targets";
    /** Most delegations in a row, from Targets to a role: no further do the bench's own clients go. */
    public static final int DEEPEST = 16;
    public static final ServeConfig PLAIN = new ServeConfig(Map.of(), List.of());

    public ServeConfig {
        keys = Map.copyOf(keys);
        delegations = List.copyOf(delegations);
    }

    /** @param role such as {@code director/timestamp} */
    public KeyCount count(String role) {
        return keys.getOrDefault(role, KeyCount.ONE);
    }

    /** Every role that anybody delegates to. */
    public SortedSet<String> suppliers() {
        SortedSet<String> suppliers = new TreeSet<>();
        delegations.forEach(delegation -> suppliers.addAll(delegation.roles()));
        return suppliers;
    }

    /** Every role that delegates, the Image repository's Targets among them in any case. */
    public SortedSet<String> delegators() {
        SortedSet<String> delegators = new TreeSet<>(Set.of(TARGETS));
        delegations.forEach(delegation -> delegators.add(delegation.by()));
        return delegators;
    }

    /** What one role delegates. */
    public List<DelegationConfig> delegations(String by) {
        return delegations.stream().filter(delegation -> delegation.by().equals(by)).toList();
    }

    /**
     * @param by who delegates: {@link #TARGETS}, or a supplier
     * @param name of the delegation; its role's where there is one role alone
     * @param roles one, or several that have to agree
     * @param agreement how many of them have to say the same
     * @param paths patterns of filenames
     * @param hardwareIds the models it is for; empty for any
     */
    public record DelegationConfig(String by, String name, List<String> roles, int agreement, List<String> paths,
            List<String> hardwareIds, boolean terminating) {
        public DelegationConfig {
            roles = List.copyOf(roles);
            paths = List.copyOf(paths);
            hardwareIds = List.copyOf(hardwareIds);
        }

        /** By the Image repository's Targets. */
        public DelegationConfig(String name, List<String> roles, int agreement, List<String> paths,
                List<String> hardwareIds, boolean terminating) {
            this(TARGETS, name, roles, agreement, paths, hardwareIds, terminating);
        }
    }
}
