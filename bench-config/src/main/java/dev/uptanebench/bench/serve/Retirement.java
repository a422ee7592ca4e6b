package dev.uptanebench.bench.serve;

import dev.uptanebench.bench.config.ServeConfig;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.RoleType;
import dev.uptanebench.vehicle.uptane.Targets;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Takes images out of the Image repositories. Their bytes can be had as long as metadata that lists them can, for
 * vehicles that are fetching them, and are then removed.
 */
final class Retirement {
    private final Repositories repositories;
    private final Fleet fleet;

    /** @param fleet what an image is still needed for */
    Retirement(Repositories repositories, Fleet fleet) {
        this.repositories = repositories;
        this.fleet = fleet;
    }

    /**
     * What came of an image that is not wanted any more.
     *
     * @param roles that listed it
     */
    record Retired(String filename, List<String> roles, long publication) {}

    /**
     * Lists an image no more.
     *
     * @throws IllegalArgumentException if it is not listed, no other of that hardware is as new, another image requires
     *         it, the Targets of a vehicle name it or a vehicle waits for it, or a key that this takes is not here
     */
    Retired retire(String filename) throws IOException {
        List<String> roles = new ArrayList<>();
        SortedMap<RepositoryName, ImageSigning.Change> changes = new TreeMap<>();
        standing().listings().forEach((repository, listing) -> {
            SortedMap<String, Targets> changed = without(listing, filename);
            changed.keySet().forEach(
                    role -> roles.add(repository.equals(RepositoryName.IMAGE) ? role : repository + "/" + role));
            if (!changed.isEmpty()) {
                changes.put(repository, new ImageSigning.Change(changed, Set.of()));
            }
        });
        if (changes.isEmpty()) {
            throw new IllegalArgumentException("no Image repository lists " + filename);
        }
        requireUnneeded(filename);
        changes.forEach((repository, change) -> {
            if (change.targets().containsKey(ServeConfig.TARGETS)) {
                repositories.keysAtHand().require(repository, RoleType.TARGETS);
            }
        });
        repositories.publish(changes, "retired " + filename);
        return new Retired(filename, roles.stream().sorted().toList(), standing().number());
    }

    private Standing standing() {
        return repositories.standing();
    }

    private static SortedMap<String, Targets> without(Listing listing, String filename) {
        SortedMap<String, Targets> changed = new TreeMap<>();
        listing.roles().forEach((role, said) -> {
            if (said.targets().containsKey(filename)) {
                changed.put(role, Listing.with(said, filename, null));
            }
        });
        return changed;
    }

    private void requireUnneeded(String filename) {
        new ListedImages(standing().listings()).requireOthersAsNewAs(filename);
        standing().listed().forEach((name, target) -> {
            if (ImageRelations.of(target).requires().contains(filename)) {
                throw new IllegalArgumentException(name + " requires " + filename);
            }
        });
        fleet.awaiting(filename).ifPresent(vin -> {
            throw new IllegalArgumentException(
                    vin + " is ordered " + filename + ", runs it by its Director's Targets, or waits for it");
        });
    }
}
