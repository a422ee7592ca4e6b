package dev.uptanebench.bench.serve;

import dev.uptanebench.vehicle.repository.Publication;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.RepositoryMap;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.RoleType;
import dev.uptanebench.vehicle.uptane.Target;
import dev.uptanebench.vehicle.uptane.Targets;
import dev.uptanebench.vehicle.uptane.dialect.Dialect;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.stream.Collectors;

/**
 * What stands published together: the Image repositories, and the Director's Root, which is one for all vehicles.
 * Immutable; whoever has it serves from it.
 *
 * @param number rises with every publication
 * @param repositories what each Image repository has published
 * @param files metadata by path, such as {@code director/1.root.json}: of this publication and of those shortly before,
 *        for clients that are in the middle of theirs
 * @param images every image that can be had of each Image repository, by path below {@code targets/}; of one that is
 *        listed no more only with a hash in its path, as long as metadata that lists it can be had
 * @param listings what the Targets of each Image repository say
 * @param listed every image that clients find in as many of them as the map asks for, by filename
 */
record Standing(long number, SignedRoot director, SortedMap<RepositoryName, Publication> repositories,
        SortedMap<String, Bytes> files, SortedMap<RepositoryName, Map<String, Target>> images,
        SortedMap<RepositoryName, Listing> listings, SortedMap<String, Target> listed) {

    /**
     * @param earlier files of publications shortly before
     * @param before what those listed, in each Image repository
     * @param map which of the repositories have to agree on an image
     */
    static Standing of(long number, SignedRoot director, SortedMap<RepositoryName, Publication> repositories,
            SortedMap<String, Bytes> earlier, SortedMap<RepositoryName, List<Targets>> before, Dialect dialect,
            RepositoryMap map) {
        SortedMap<String, Bytes> files = new TreeMap<>(earlier);
        files.putAll(roots(director, dialect));
        SortedMap<RepositoryName, Listing> listings = new TreeMap<>();
        SortedMap<RepositoryName, Map<String, Target>> images = new TreeMap<>();
        SortedMap<RepositoryName, SortedMap<String, Target>> found = new TreeMap<>();
        repositories.forEach((name, publication) -> {
            files.putAll(files(name, publication, dialect));
            Listing listing = Listing.of(publication, dialect.wildcards());
            listings.put(name, listing);
            found.put(name, listing.all());
            images.put(name, images(listing, found.getOrDefault(name, new TreeMap<>()), before.getOrDefault(name,
                    List.of())));
        });
        return new Standing(number, director, Collections.unmodifiableSortedMap(repositories), files, images, listings,
                agreed(map, found));
    }

    /** The Image repository of the basic case, which is there in any. */
    Publication image() {
        return publication(RepositoryName.IMAGE);
    }

    /** What its Targets say. */
    Listing listing() {
        return listing(RepositoryName.IMAGE);
    }

    Publication publication(RepositoryName repository) {
        return Objects.requireNonNull(repositories.get(repository));
    }

    Listing listing(RepositoryName repository) {
        return Objects.requireNonNull(listings.get(repository));
    }

    /** What an Image repository has under a path below {@code targets/}. */
    Optional<Target> image(RepositoryName repository, String path) {
        return Optional.ofNullable(images.getOrDefault(repository, Map.of()).get(path));
    }

    SignedRoot root(RepositoryName repository) {
        return new SignedRoot(publication(repository).root(), publication(repository).rootFile());
    }

    /** Whether any role of any Image repository lists it, as many as the map asks for or not. */
    boolean isListed(String filename) {
        return listings.values().stream().flatMap(listing -> listing.roles().values().stream())
                .anyMatch(role -> role.targets().containsKey(filename));
    }

    /** As a client with that map does (TAP 4), the Director having said so. */
    private static SortedMap<String, Target> agreed(RepositoryMap map,
            SortedMap<RepositoryName, SortedMap<String, Target>> found) {
        SortedMap<String, Target> agreed = new TreeMap<>();
        found.values().forEach(all -> all.forEach((filename, target) -> {
            boolean enough = map.mappings(filename).stream().anyMatch(mapping -> mapping.repositories().stream()
                    .filter(name -> target.equals(found.getOrDefault(name, new TreeMap<>()).get(filename)))
                    .count() + 1 >= mapping.threshold());
            if (enough) {
                agreed.put(filename, target);
            }
        }));
        return agreed;
    }

    /** The Director's Root, under the name of 5.2.7 and without a version. */
    static SortedMap<String, Bytes> roots(SignedRoot root, Dialect dialect) {
        SortedMap<String, Bytes> files = new TreeMap<>();
        String folder = RepositoryName.DIRECTOR.id() + '/';
        put(files, root.root().version(), root.file(), version -> folder + dialect.fileName(RoleType.ROOT, version));
        return files;
    }

    /** The files of one publication, under the names of 5.2.7 and, for clients that ask for those, without versions. */
    static SortedMap<String, Bytes> files(RepositoryName repository, Publication publication, Dialect dialect) {
        String folder = repository.id() + '/';
        SortedMap<String, Bytes> files = new TreeMap<>();
        put(files, publication.root().version(), publication.rootFile(),
                version -> folder + dialect.fileName(RoleType.ROOT, version));
        files.put(folder + dialect.fileName(RoleType.TIMESTAMP, 0), publication.timestampFile());
        put(files, publication.snapshot().version(), publication.snapshotFile(),
                version -> folder + dialect.fileName(RoleType.SNAPSHOT, version));
        put(files, publication.targets().version(), publication.targetsFile(),
                version -> folder + dialect.fileName(RoleType.TARGETS, version));
        publication.delegated().forEach((name, role) -> put(files, role.targets().version(), role.file(),
                version -> folder + dialect.delegatedFileName(name, version)));
        return files;
    }

    private static void put(SortedMap<String, Bytes> files, long version, Bytes file, LongFunction<String> name) {
        files.put(name.apply(version), file);
        files.put(name.apply(0), file);
    }

    private static Map<String, Target> images(Listing listing, SortedMap<String, Target> found,
            List<Targets> before) {
        Map<String, Target> paths = new HashMap<>();
        listing.roles().values().forEach(role -> role.targets().forEach((name, target) -> {
            paths.putIfAbsent(name, target);
            underHashes(name, target).forEach(path -> paths.put(path, target));
        }));
        paths.putAll(found); // where two roles list one name, the one that clients find
        before.forEach(role -> role.targets().forEach(
                (name, target) -> underHashes(name, target).forEach(path -> paths.putIfAbsent(path, target))));
        return paths;
    }

    private static List<String> underHashes(String name, Target target) {
        int last = name.lastIndexOf('/') + 1;
        return target.hashes().values().stream()
                .map(hash -> name.substring(0, last) + hash + '.' + name.substring(last)).toList();
    }

    /** SHA-256 of every image that can be had. */
    Set<String> imageDigests() {
        return images.values().stream().flatMap(paths -> paths.values().stream())
                .map(target -> target.hashes().getOrDefault("sha256", ""))
                .collect(Collectors.toSet());
    }
}
