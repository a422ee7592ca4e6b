package dev.uptanebench.bench.serve;

import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.Target;
import dev.uptanebench.vehicle.uptane.Targets;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How far release counters have come, by what is listed: they never fall for a hardware id, whoever signs
 * (5.2.3.1.1).
 *
 * @param listings what the Targets of each Image repository say
 */
record ReleaseCounters(SortedMap<RepositoryName, Listing> listings) {
    /** Readers of JSON that take numbers for doubles know no larger one exactly; and there has to be one above the newest. */
    private static final long MOST = (1L << 53) - 1;

    private Stream<Targets> roles() {
        return listings.values().stream().flatMap(listing -> listing.roles().values().stream());
    }

    private Stream<Target> called(String filename) {
        return roles().map(role -> role.targets().get(filename)).filter(Objects::nonNull);
    }

    private long newest(String hardwareId) {
        return roles().flatMap(role -> role.targets().values().stream())
                .filter(target -> target.hardwareIds().contains(hardwareId))
                .map(Target::releaseCounter).filter(Objects::nonNull).mapToLong(Long::longValue).max().orElse(0);
    }

    /**
     * The counter of an image that is about to be listed. Roles and repositories that have to agree on an image have to
     * agree on its counter.
     *
     * @param wanted null for the next after the newest of that hardware
     * @throws IllegalArgumentException if counters would fall, or reach their end
     */
    long of(Bytes image, String filename, String hardwareId, @Nullable Long wanted) {
        long newest = newest(hardwareId);
        long counter = wanted != null
                ? wanted
                : called(filename).filter(target -> image.sha256().equals(target.hashes().get("sha256")))
                        .map(Target::releaseCounter).filter(Objects::nonNull).mapToLong(Long::longValue)
                        .filter(known -> known >= newest).max().orElse(newest + 1);
        if (counter > MOST) {
            throw new IllegalArgumentException("a release counter is at most " + MOST);
        }
        if (counter < newest) {
            throw new IllegalArgumentException("release counters never fall: that hardware had " + newest);
        }
        return counter;
    }

    /**
     * Requires that an image can go without any counter starting again.
     *
     * @throws IllegalArgumentException if no other image of its hardware is as new
     */
    void requireOthersAsNewAs(String filename) {
        SortedMap<RepositoryName, Listing> left = new TreeMap<>();
        listings.forEach((repository, listing) -> left.put(repository, listing.without(filename)));
        ReleaseCounters without = new ReleaseCounters(left);
        called(filename).flatMap(target -> target.hardwareIds().stream())
                .filter(model -> newest(model) > without.newest(model)).findFirst().ifPresent(model -> {
                    throw new IllegalArgumentException(
                            filename + " is the newest image of " + model + ": release a newer one first");
                });
    }
}
