package dev.uptanebench.vehicle.uptane;

import dev.uptanebench.vehicle.requirement.Carries;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Repository mapping metadata (5.2.6; TAP 4): where each repository is found, and how many of which have to say the same of
 * an image. Nobody signs it: it is put into an ECU where that is made, and no repository ever replaces it.
 *
 * @param servers URLs of each repository, in the order in which they are tried
 * @param mappings in order of priority
 */
@Carries({"U-5.2.6-1", "U-5.2.6-2"})
public record RepositoryMap(SortedMap<RepositoryName, List<String>> servers, List<Mapping> mappings) {
    /** Bytes of the largest file. */
    public static final int MOST_BYTES = 64 * 1024;
    /** Most repositories, and most servers of one. */
    public static final int MOST_REPOSITORIES = 16;
    /** Most mappings, and most paths of one. */
    public static final int MOST_MAPPINGS = 128;
    private static final int LONGEST_TEXT = 1024;
    private static final String EVERYTHING = "*";

    /**
     * Which repositories are asked for some images.
     *
     * @param paths shell patterns of filenames; {@code *} crosses {@code /}
     * @param repositories in the order in which they are asked
     * @param terminating whether no later mapping is looked at for these images, should this one come to nothing
     * @param threshold how many of the repositories have to say the same
     */
    public record Mapping(List<String> paths, List<RepositoryName> repositories, boolean terminating, int threshold) {
        public Mapping {
            paths = List.copyOf(paths);
            repositories = List.copyOf(repositories);
        }

        /** One in which all have to say the same. */
        public Mapping(List<String> paths, List<RepositoryName> repositories, boolean terminating) {
            this(paths, repositories, terminating, repositories.size());
        }

        boolean covers(String filename) {
            return paths.stream().anyMatch(path -> PathPattern.matches(path, filename, Wildcards.ACROSS_FOLDERS));
        }

        private boolean needsAll() {
            return threshold == repositories.size();
        }
    }

    /** @throws IllegalArgumentException if it is no map after TAP 4, or has no end; says why in one sentence */
    public RepositoryMap {
        requireAtMost("repositories", servers.size(), MOST_REPOSITORIES);
        requireAtMost("mapping", mappings.size(), MOST_MAPPINGS);
        SortedMap<RepositoryName, List<String>> copies = new TreeMap<>();
        servers.forEach((name, urls) -> {
            requireTexts("repositories." + name, urls, MOST_REPOSITORIES);
            copies.put(name, List.copyOf(urls));
        });
        servers = Collections.unmodifiableSortedMap(copies);
        mappings = List.copyOf(mappings);
        for (Mapping mapping : mappings) {
            requireMapping(mapping, servers.keySet());
        }
    }

    private static void requireMapping(Mapping mapping, Set<RepositoryName> known) {
        requireTexts("mapping.paths", mapping.paths(), MOST_MAPPINGS);
        List<RepositoryName> named = mapping.repositories();
        require(!named.isEmpty() && known.containsAll(named) && new HashSet<>(named).size() == named.size(),
                "mapping.repositories: expected some of " + known + ", each once");
        require(mapping.threshold() >= 1 && mapping.threshold() <= named.size(),
                "mapping.threshold: expected 1 to " + named.size() + ", as many as there are repositories");
    }

    private static void requireTexts(String field, List<String> texts, int most) {
        requireAtMost(field, texts.size(), most);
        require(!texts.isEmpty() && texts.stream().allMatch(text -> !text.isEmpty() && text.length() <= LONGEST_TEXT),
                field + ": expected at least one text, of 1 to " + LONGEST_TEXT + " characters");
    }

    private static void requireAtMost(String field, int count, int most) {
        require(count <= most, field + ": expected at most " + most);
    }

    private static void require(boolean holds, String problem) {
        if (!holds) {
            throw new IllegalArgumentException(problem);
        }
    }

    /** The basic case: every image has to be in Director and Image repository. */
    @Carries("U-5.2.6-4")
    public static RepositoryMap basic(UnaryOperator<String> url) {
        SortedMap<RepositoryName, List<String>> servers = new TreeMap<>();
        RepositoryName.BASIC.forEach(name -> servers.put(name, List.of(url.apply(name.id()))));
        return new RepositoryMap(servers, List.of(new Mapping(List.of(EVERYTHING), RepositoryName.BASIC, true)));
    }

    /** Whether it says no more than that. */
    public boolean isBasic() {
        return mappings.equals(List.of(new Mapping(List.of(EVERYTHING), RepositoryName.BASIC, true)));
    }

    /** URLs of a repository; none if the map does not know it. */
    public List<String> servers(RepositoryName repository) {
        return servers.getOrDefault(repository, List.of());
    }

    /** All but the Director. */
    public List<RepositoryName> imageRepositories() {
        return servers.keySet().stream().filter(name -> !name.equals(RepositoryName.DIRECTOR)).toList();
    }

    /**
     * What makes a map of TAP 4 useless for Uptane, in a few words: it has to name the Director and an Image repository, and
     * never to do with one of them.
     */
    public Optional<String> unfit() {
        if (!servers.containsKey(RepositoryName.DIRECTOR) || servers.size() < 2) {
            return Optional.of("the repositories " + servers.keySet());
        }
        if (mappings.isEmpty()) {
            return Optional.of("no mapping");
        }
        return mappings.stream()
                .filter(mapping -> mapping.threshold() < 2 || !mapping.repositories().contains(RepositoryName.DIRECTOR))
                .findFirst().map(mapping -> mapping.threshold() + " of " + mapping.repositories() + " for "
                        + mapping.paths());
    }

    /** The mappings that are tried for an image, in their order. */
    @Carries("U-5.2.6-3")
    public List<Mapping> mappings(String filename) {
        List<Mapping> tried = new ArrayList<>();
        for (Mapping mapping : mappings) {
            if (mapping.covers(filename)) {
                tried.add(mapping);
                if (mapping.terminating()) {
                    break;
                }
            }
        }
        return tried;
    }

    /** Every repository that may be asked for an image. */
    public SortedSet<RepositoryName> asked(String filename) {
        SortedSet<RepositoryName> asked = new TreeSet<>();
        mappings(filename).forEach(mapping -> asked.addAll(mapping.repositories()));
        return asked;
    }

    /** The repositories of which none can be done without for an image: at least the Director. */
    public SortedSet<RepositoryName> needed(String filename) {
        SortedSet<RepositoryName> needed = asked(filename);
        needed.add(RepositoryName.DIRECTOR);
        for (Mapping mapping : mappings(filename)) {
            needed.removeIf(name -> !name.equals(RepositoryName.DIRECTOR)
                    && !(mapping.needsAll() && mapping.repositories().contains(name)));
        }
        return needed;
    }

    /** The same mappings with repositories that are found elsewhere. */
    public RepositoryMap foundAt(UnaryOperator<String> url) {
        SortedMap<RepositoryName, List<String>> elsewhere = new TreeMap<>();
        for (Map.Entry<RepositoryName, List<String>> each : servers.entrySet()) {
            elsewhere.put(each.getKey(), List.of(url.apply(each.getKey().id())));
        }
        return new RepositoryMap(elsewhere, mappings);
    }
}
