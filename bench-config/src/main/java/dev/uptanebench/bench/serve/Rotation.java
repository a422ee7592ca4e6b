package dev.uptanebench.bench.serve;

import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.RoleType;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whose keys are replaced, all in one repository.
 *
 * @param topLevel roles that Root gives their keys
 * @param suppliers roles that the Image repository's Targets give theirs
 * @param time whether the time source has another key too, which the Director's Root lists
 */
record Rotation(RepositoryName repository, Set<RoleType> topLevel, SortedSet<String> suppliers, boolean time) {

    /**
     * @param roles such as {@code director/timestamp}, or {@code time}
     * @param known every supplier's role
     * @param imageRepositories those that there are
     * @throws IllegalArgumentException if there is no such role, or they are of two repositories
     */
    static Rotation of(SortedSet<String> roles, Set<String> known, Set<RepositoryName> imageRepositories) {
        Set<RepositoryName> repositories = new HashSet<>();
        EnumSet<RoleType> topLevel = EnumSet.noneOf(RoleType.class);
        SortedSet<String> suppliers = new TreeSet<>();
        for (String role : roles) {
            if (role.equals(RoleKeyFolders.TIME)) {
                repositories.add(RepositoryName.DIRECTOR);
                continue;
            }
            int slash = role.indexOf('/');
            String name = role.substring(slash + 1);
            RepositoryName repository = Stream.concat(Stream.of(RepositoryName.DIRECTOR), imageRepositories.stream())
                    .filter(some -> slash > 0 && some.id().equals(role.substring(0, slash))).findFirst()
                    .orElseThrow(() -> unknown(role, known, imageRepositories));
            repositories.add(repository);
            Optional<RoleType> top = Arrays.stream(RoleType.values()).filter(type -> type.id().equals(name))
                    .findFirst();
            if (top.isPresent()) {
                topLevel.add(top.get());
            } else if (repository.equals(RepositoryName.IMAGE) && known.contains(name)) {
                suppliers.add(name);
            } else {
                throw unknown(role, known, imageRepositories);
            }
        }
        if (repositories.size() != 1) {
            throw new IllegalArgumentException("name roles of one repository at a time");
        }
        return new Rotation(repositories.iterator().next(), topLevel, suppliers, roles.contains(RoleKeyFolders.TIME));
    }

    private static IllegalArgumentException unknown(String role, Set<String> suppliers,
            Set<RepositoryName> imageRepositories) {
        String more = suppliers.isEmpty() ? "" : "; suppliers: image/" + String.join(", image/", suppliers);
        return new IllegalArgumentException("there is no role '" + role
                + "': a repository (director, " + imageRepositories.stream().map(RepositoryName::id)
                        .collect(Collectors.joining(", "))
                + "), a slash and a role (root, targets, snapshot, timestamp), or time"
                + more);
    }
}
