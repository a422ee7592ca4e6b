package dev.uptanebench.bench.serve;

import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.Target;
import dev.uptanebench.vehicle.uptane.Targets;
import dev.uptanebench.vehicle.repository.BundleResolution.Relations;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is known of images by what is listed, above all how far release counters have come: they never fall for a hardware
 * id, whoever signs (5.2.3.1.1).
 *
 * @param listings what the Targets of each Image repository say
 */
record ListedImages(SortedMap<RepositoryName, Listing> listings) {
    /** Readers of JSON that take numbers for doubles know no larger one exactly; and there has to be one above the newest. */
    private static final long MOST = (1L << 53) - 1;

    private Stream<Targets> roles() {
        return listings.values().stream().flatMap(listing -> listing.roles().values().stream());
    }

    private Stream<Target> called(String filename) {
        return roles().map(role -> role.targets().get(filename)).filter(Objects::nonNull);
    }

    private Stream<Target> listed(Bytes image, String filename) {
        return called(filename).filter(target -> image.sha256().equals(target.hashes().get("sha256")));
    }

    private long newest(String hardwareId) {
        return roles().flatMap(role -> role.targets().values().stream())
                .filter(target -> target.hardwareIds().contains(hardwareId))
                .map(Target::releaseCounter).filter(Objects::nonNull).mapToLong(Long::longValue).max().orElse(0);
    }

    /**
     * The counter of an image that is about to be listed. One that is listed already keeps the counter it has, which
     * Targets of vehicles state too; roles and repositories that have to agree on an image have to agree on its counter.
     *
     * @param wanted null for the one it has, or the next after the newest of that hardware
     * @throws IllegalArgumentException if counters would fall, or reach their end, or the image has another
     */
    long counter(Bytes image, String filename, String hardwareId, @Nullable Long wanted) {
        OptionalLong known = listed(image, filename).map(Target::releaseCounter).filter(Objects::nonNull)
                .mapToLong(Long::longValue).max();
        if (known.isPresent()) {
            if (wanted != null && wanted != known.getAsLong()) {
                throw new IllegalArgumentException(filename + " is listed with release counter " + known.getAsLong()
                        + "; give another one a new name");
            }
            return known.getAsLong();
        }
        long newest = newest(hardwareId);
        long counter = wanted != null ? wanted : newest + 1;
        if (counter > MOST) {
            throw new IllegalArgumentException("a release counter is at most " + MOST);
        }
        if (counter < newest) {
            throw new IllegalArgumentException("release counters never fall: that hardware had " + newest);
        }
        return counter;
    }

    /** The hardware that an image is listed for already, beside the one that it is to be listed for. */
    List<String> models(Bytes image, String filename, String hardwareId) {
        return Stream.concat(Stream.of(hardwareId),
                listed(image, filename).flatMap(target -> target.hardwareIds().stream())).distinct().sorted().toList();
    }

    /** What an image that is listed already is known to require and to conflict with. */
    Relations relations(Bytes image, String filename) {
        return listed(image, filename).map(ImageRelations::of).filter(known -> !known.equals(Relations.NONE))
                .findFirst()
                .orElse(Relations.NONE);
    }

    /**
     * Requires that an image can go without any counter starting again.
     *
     * @throws IllegalArgumentException if no other image of its hardware is as new
     */
    void requireOthersAsNewAs(String filename) {
        SortedMap<RepositoryName, Listing> left = new TreeMap<>();
        listings.forEach((repository, listing) -> left.put(repository, listing.without(filename)));
        ListedImages without = new ListedImages(left);
        called(filename).flatMap(target -> target.hardwareIds().stream())
                .filter(model -> newest(model) > without.newest(model)).findFirst().ifPresent(model -> {
                    throw new IllegalArgumentException(
                            filename + " is the newest image of " + model + ": release a newer one first");
                });
    }
}
