package dev.uptanebench.bench.serve;

import dev.uptanebench.vehicle.repository.Publication;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.Target;
import dev.uptanebench.vehicle.uptane.Wildcards;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What stands published together: the Image repository, and the Director's Root, which is one for all vehicles.
 * Immutable; whoever has it serves from it.
 *
 * @param number rises with every publication
 * @param files metadata by path, such as {@code director/1.root.json}: of this publication and of those shortly before,
 *        for clients that are in the middle of theirs
 * @param images every image that can be had, by path below {@code targets/}
 * @param listing what Targets say
 * @param listed every image that clients find, by filename
 */
record Standing(long number, SignedRoot director, Publication image, SortedMap<String, Bytes> files,
        Map<String, Target> images, Listing listing, SortedMap<String, Target> listed) {

    static Standing of(long number, SignedRoot director, Publication image, SortedMap<String, Bytes> earlier,
            Wildcards wildcards) {
        SortedMap<String, Bytes> files = new TreeMap<>(earlier);
        files.putAll(roots("director/", director));
        files.putAll(files("image/", image));
        Listing listing = Listing.of(image, wildcards);
        return new Standing(number, director, image, files, images(listing), listing, listing.all());
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
            int last = name.lastIndexOf('/') + 1;
            target.hashes().values().forEach(
                    hash -> paths.put(name.substring(0, last) + hash + '.' + name.substring(last), target));
        }));
        listing.all().forEach(paths::put); // where two roles list one name, the one that clients find

        return paths;
    }
}
