package dev.uptanebench.bench.config;

import dev.uptanebench.attack.yaml.Section;
import dev.uptanebench.bench.config.ServeConfig.DelegationConfig;
import dev.uptanebench.vehicle.uptane.RepositoryMap;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.RoleType;
import dev.uptanebench.vehicle.uptane.dialect.Feature;
import dev.uptanebench.vehicle.uptane.dialect.KnownDialect;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The section {@code serve} of a bench file. */
final class ServeSections {
    /** Without dots: a role's file is named after it, with a version in front. */
    private static final Pattern ROLE = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");
    private static final Set<String> TOP_LEVEL = Set.of("root", "timestamp", "snapshot", "targets");
    private static final int MOST_KEYS = 20;
    private static final int MOST_DELEGATIONS = 100;

    private ServeSections() {}

    /**
     * @param map whose Image repositories have keys
     * @param dialect that has to be able to say what is delegated
     */
    static ServeConfig read(Section bench, RepositoryMap map, KnownDialect dialect) {
        Optional<Section> serve = bench.section("serve").optional();
        return serve.map(section -> serve(section, map, dialect)).orElse(ServeConfig.PLAIN);
    }

    private static ServeConfig serve(Section serve, RepositoryMap map, KnownDialect dialect) {
        List<Section> sections = serve.sections("delegations").or(List.of());
        if (sections.size() > MOST_DELEGATIONS) {
            serve.problem("delegations", "there are at most " + MOST_DELEGATIONS + " delegations");
        }
        Set<String> names = new HashSet<>();
        Map<String, Integer> depths = new HashMap<>(Map.of(ServeConfig.TARGETS, 0));
        int deepest = Math.min(ServeConfig.DEEPEST, dialect.dialect().deepestDelegation());
        List<DelegationConfig> delegations = sections.stream()
                .map(section -> delegation(section, names, depths, deepest))
                .toList();
        for (int i = 0; i < delegations.size(); i++) {
            requireSayable(sections.get(i), delegations.get(i), delegations.subList(0, i), dialect);
        }
        ServeConfig plain = new ServeConfig(Map.of(), delegations);
        Map<String, KeyCount> keys = serve.section("keys").optional().map(section -> keys(section, plain, map))
                .orElse(Map.of());
        serve.finish();
        return new ServeConfig(keys, delegations);
    }

    private static Map<String, KeyCount> keys(Section section, ServeConfig config, RepositoryMap map) {
        Set<String> known = new TreeSet<>();
        for (RepositoryName repository : map.servers().keySet()) {
            for (RoleType role : RoleType.values()) {
                known.add(repository.id() + '/' + role.id());
            }
        }
        config.suppliers().forEach(supplier -> known.add("image/" + supplier));
        Map<String, KeyCount> keys = new HashMap<>();
        for (String role : section.keys()) {
            if (known.contains(role)) {
                section.section(role).optional().ifPresent(count -> keys.put(role, count(count)));
            } else {
                section.problem(role, "there is no role '" + role + "'; there are " + String.join(", ", known));
                section.node(role);
            }
        }
        section.finish();
        return keys;
    }

    private static KeyCount count(Section section) {
        int keys = section.integer("keys", 1, MOST_KEYS).or(1);
        int threshold = section.integer("threshold", 1, MOST_KEYS).or(1);
        if (threshold > keys) {
            section.problem("threshold", "of " + keys + " keys no more than " + keys + " can sign");
        }
        section.finish();
        return new KeyCount(keys, threshold);
    }

    /**
     * @param depths how many delegations lead to each role so far
     * @param deepest how many may
     */
    private static DelegationConfig delegation(Section section, Set<String> names, Map<String, Integer> depths,
            int deepest) {
        List<String> roles = section.texts("roles").required();
        for (int i = 0; i < roles.size(); i++) {
            requireRole(section, "roles", i, roles.get(i));
        }
        if (new HashSet<>(roles).size() < roles.size()) {
            section.problem("roles", "a role stands here twice");
        }
        if (section.has("roles") && roles.isEmpty()) {
            section.problem("roles", "a delegation is to at least one role");
        }
        List<String> paths = section.texts("paths").required();
        if (section.has("paths") && paths.isEmpty()) {
            section.problem("paths", "without a path it covers nothing");
        }
        int agreement = section.integer("agreement", 1, Math.max(1, roles.size())).or(Math.max(1, roles.size()));
        String by = section.text("by").or(ServeConfig.TARGETS);
        int depth = 1 + depths.getOrDefault(by, 0);
        if (!depths.containsKey(by)) {
            section.problem("by", "no delegation above this one leads to '" + by + "'");
        } else if (depth > deepest) {
            section.problem("by", "clients follow " + deepest + " delegations in a row, not " + depth);
        }
        roles.forEach(role -> depths.merge(role, depth, Math::min));
        DelegationConfig read = new DelegationConfig(by, name(section, roles), roles, agreement, paths,
                section.texts("hardwareIds").or(new ArrayList<>()), section.flag("terminating").or(false));
        if (!read.name().isEmpty() && !names.add(by + '/' + read.name())) {
            section.problem(section.has("name") ? "name" : "roles",
                    "another delegation of " + by + " is called '" + read.name() + "'; give this one a name");
        }
        section.finish();
        return read;
    }

    /** @param before those above it */
    private static void requireSayable(Section section, DelegationConfig delegation, List<DelegationConfig> before,
            KnownDialect dialect) {
        Set<Feature> features = dialect.dialect().features();
        if (delegation.roles().size() > 1 && !features.contains(Feature.MULTI_ROLE)) {
            section.problem("roles", dialect + " delegates to one role at a time");
        }
        if (!delegation.hardwareIds().isEmpty() && !features.contains(Feature.HARDWARE_DELEGATION)) {
            section.problem("hardwareIds", dialect + " delegates by paths alone");
        }
        if (!features.contains(Feature.DELEGATION_NAMES)
                && before.stream().anyMatch(other -> other.by().equals(delegation.by())
                        && other.roles().equals(delegation.roles()))) {
            section.problem("roles", "in " + dialect + " a delegation has no name but its roles', and another of "
                    + delegation.by() + " is to the same");
        }
    }

    private static String name(Section section, List<String> roles) {
        if (roles.size() > 1) {
            return section.text("name").required();
        }
        if (section.has("name")) {
            section.problem("name", "a delegation to one role has that role's name");
        }
        section.text("name").optional();
        return roles.isEmpty() ? "" : roles.getFirst();
    }

    private static void requireRole(Section section, String key, int index, String role) {
        if (!ROLE.matcher(role).matches() || TOP_LEVEL.contains(role)) {
            section.problem(key, index, "a supplier's role has letters, digits, hyphens and underscores, "
                    + "begins with a letter and is no top-level role's name");
        }
    }
}
