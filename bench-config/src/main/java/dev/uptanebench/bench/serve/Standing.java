package dev.uptanebench.bench.serve;

import dev.uptanebench.vehicle.repository.Publication;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.Target;
import dev.uptanebench.vehicle.uptane.Targets;
import dev.uptanebench.vehicle.uptane.Wildcards;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What stands published together: the Image repository, and the Director's Root, which is one for all vehicles.
 * Immutable; whoever has it serves from it.
 *
 * @param number rises with every publication
 * @param files metadata by path, such as {@code director/1.root.json}: of this publication and of those shortly before,
 *        for clients that are in the middle of theirs
 * @param images every image that can be had, by path below {@code targets/}; of one that is listed no more only with a
 *        hash in its path, as long as metadata that lists it can be had
 * @param listing what Targets say
 * @param listed every image that clients find, by filename
 */
record Standing(long number, SignedRoot director, Publication image, SortedMap<String, Bytes> files,
        Map<String, Target> images, Listing listing, SortedMap<String, Target> listed) {

    /**
     * @param earlier files of publications shortly before
     * @param before what those listed
     */
    static Standing of(long number, SignedRoot director, Publication image, SortedMap<String, Bytes> earlier,
            Collection<Targets> before, Wildcards wildcards) {
        SortedMap<String, Bytes> files = new TreeMap<>(earlier);
        files.putAll(roots("director/", director));
        files.putAll(files("image/", image));
        Listing listing = Listing.of(image, wildcards);
        Map<String, Target> images = images(listing);
        before.forEach(role -> role.targets().forEach(
                (name, target) -> underHashes(name, target).forEach(path -> images.putIfAbsent(path, target))));
        return new Standing(number, director, image, files, images, listing, listing.all());
    }

    /** A Root, under the name of 5.2.7 and without a version. */
    static SortedMap<String, Bytes> roots(String folder, SignedRoot root) {
        return new TreeMap<>(Map.of(folder + root.root().version() + ".root.json", root.file(), folder + "root.json",
                root.file()));
    }

    /** The files of one publication, under the names of 5.2.7 and, for clients that ask for those, without versions. */
    static SortedMap<String, Bytes> files(String folder, Publication publication) {
        SortedMap<String, Bytes> files = new TreeMap<>();
        files.put(folder + publication.root().version() + ".root.json", publication.rootFile());
        files.put(folder + "root.json", publication.rootFile());
        files.put(folder + "timestamp.json", publication.timestampFile());
        files.put(folder + publication.snapshot().version() + ".snapshot.json", publication.snapshotFile());
        files.put(folder + "snapshot.json", publication.snapshotFile());
        files.put(folder + publication.targets().version() + ".targets.json", publication.targetsFile());
        files.put(folder + "targets.json", publication.targetsFile());
        publication.delegated().forEach((name, role) -> {
            files.put(folder + role.targets().version() + '.' + name + ".json", role.file());
            files.put(folder + name + ".json", role.file());
        });
        return files;
    }

    private static Map<String, Target> images(Listing listing) {
        Map<String, Target> paths = new HashMap<>();
        listing.roles().values().forEach(role -> role.targets().forEach((name, target) -> {
            paths.putIfAbsent(name, target);
            underHashes(name, target).forEach(path -> paths.put(path, target));
        }));
        listing.all().forEach(paths::put); // where two roles list one name, the one that clients find

        return paths;
    }

    private static List<String> underHashes(String name, Target target) {
        int last = name.lastIndexOf('/') + 1;
        return target.hashes().values().stream()
                .map(hash -> name.substring(0, last) + hash + '.' + name.substring(last)).toList();
    }

    /** SHA-256 of every image that can be had. */
    Set<String> imageDigests() {
        return images.values().stream().map(target -> target.hashes().getOrDefault("sha256", ""))
                .collect(Collectors.toSet());
    }
}
