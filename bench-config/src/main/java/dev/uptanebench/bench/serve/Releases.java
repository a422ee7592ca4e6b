package dev.uptanebench.bench.serve;

import dev.uptanebench.bench.config.ServeConfig;
import dev.uptanebench.vehicle.repository.BundleResolution.Relations;
import dev.uptanebench.vehicle.repository.ImageRepository;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.RoleType;
import dev.uptanebench.vehicle.uptane.Target;
import dev.uptanebench.vehicle.uptane.dialect.Feature;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Lists images in the Image repositories, if whoever wants to may (5.3.1). */
final class Releases {
    private final Repositories repositories;
    private final ImageFolder images;

    Releases(Repositories repositories, ImageFolder images) {
        this.repositories = repositories;
        this.images = images;
    }

    /**
     * Who lists an image.
     *
     * @param role who signs for it in the Image repository: {@code targets}, or a role that they delegate to
     * @param in the Image repositories that list it; none for all that the map asks for such a name
     */
    record By(String role, Set<RepositoryName> in) {
        static final By TARGETS = new By(ServeConfig.TARGETS, Set.of());

        boolean isTopLevel() {
            return role.equals(ServeConfig.TARGETS);
        }

        String role(RepositoryName repository) {
            return repository.equals(RepositoryName.IMAGE) ? role : ServeConfig.TARGETS;
        }
    }

    /**
     * An image and the ECU that it is for.
     *
     * @param hardwareId of that ECU
     * @param counter the image's release counter; null for the one it has, or the next after the newest of that hardware
     * @param relations to other images
     */
    record Release(Bytes image, String filename, String serial, String hardwareId, @Nullable Long counter,
            Relations relations) {}

    /**
     * What came of it.
     *
     * @param counter null in a dialect that has none
     * @param found whether clients find it: as many roles and repositories list it as have to agree
     */
    record Listed(@Nullable Long counter, boolean found) {}

    /**
     * Lists an image.
     *
     * @throws IllegalArgumentException if the name is no filename or that of other bytes, the counter would fall, that
     *         role may not sign for the image, or its keys are not here
     */
    Listed list(Release release, By by) throws IOException {
        String filename = release.filename();
        ImageFilename.require(filename);
        requireOthers(filename, release.relations());
        Target target = target(release);
        SortedSet<RepositoryName> chosen = chosen(filename, by);
        chosen.forEach(repository -> requireEntitled(repository, by.role(repository), filename, target,
                release.hardwareId()));
        requireSameBytes(filename, release.image());
        requireAgreement(filename, target, chosen, by);
        SortedMap<RepositoryName, ImageSigning.Change> changes = new TreeMap<>();
        for (RepositoryName repository : chosen) {
            changes.put(repository, change(repository, by.role(repository), filename, target));
        }
        images.store(release.image());
        repositories.publish(changes, (by.isTopLevel() ? "" : by.role() + ' ') + "released " + filename + " to "
                + release.serial());
        return new Listed(target.releaseCounter(), target.equals(standing().listed().get(filename)));
    }

    /** How the image is described, in words that the dialect has. */
    private Target target(Release release) {
        Set<Feature> features = repositories.features();
        ListedImages known = new ListedImages(standing().listings());
        List<String> models = known.models(release.image(), release.filename(), release.hardwareId());
        if (!features.contains(Feature.CUSTOM_FIELDS) && !release.relations().equals(Relations.NONE)) {
            throw new IllegalArgumentException(
                    "the dialect of this server has no place for what an image requires or conflicts with");
        }
        Relations relations = release.relations().equals(Relations.NONE)
                ? known.relations(release.image(), release.filename())
                : release.relations();
        if (features.contains(Feature.RELEASE_COUNTER)) {
            long counter = known.counter(release.image(), release.filename(), release.hardwareId(), release.counter());
            return ImageRelations.with(ImageRepository.target(release.image(), models, counter), relations);
        }
        if (release.counter() != null) {
            throw new IllegalArgumentException("the dialect of this server has no release counters");
        }
        return ImageRelations.with(ImageRepository.target(release.image(), models), relations);
    }

    private static void requireOthers(String filename, Relations relations) {
        if (relations.requires().contains(filename) || relations.conflicts().contains(filename)) {
            throw new IllegalArgumentException(
                    filename + " names itself: an image requires other images, or conflicts with others");
        }
        relations.requires().forEach(ImageFilename::require);
        relations.conflicts().forEach(ImageFilename::require);
        if (!Collections.disjoint(relations.requires(), relations.conflicts())) {
            throw new IllegalArgumentException(filename + " requires what it conflicts with");
        }
    }

    private Standing standing() {
        return repositories.standing();
    }

    private SortedSet<RepositoryName> chosen(String filename, By by) {
        SortedSet<RepositoryName> asked = new TreeSet<>(repositories.map().asked(filename));
        asked.remove(RepositoryName.DIRECTOR);
        if (asked.isEmpty()) {
            throw new IllegalArgumentException("the map names no Image repository for " + filename);
        }
        if (!asked.containsAll(by.in())) {
            throw new IllegalArgumentException("the map asks " + asked + " for " + filename + ", not " + by.in());
        }
        SortedSet<RepositoryName> chosen = by.in().isEmpty() ? asked : new TreeSet<>(by.in());
        if (!by.isTopLevel() && !chosen.contains(RepositoryName.IMAGE)) {
            throw new IllegalArgumentException("suppliers sign in the repository image, not in " + chosen);
        }
        Set<RepositoryName> there = standing().repositories().keySet();
        if (!there.containsAll(chosen)) {
            throw new IllegalArgumentException("of " + chosen + " only " + there
                    + " stand: start the server with the folder that their keys belong to");
        }
        return chosen;
    }

    /** U-5.3.1-5. */
    private void requireEntitled(RepositoryName repository, String role, String filename, Target target,
            String hardwareId) {
        Listing now = standing().listing(repository);
        if (!now.maySign(role, filename, target, hardwareId)) {
            throw new IllegalArgumentException(role + " may not sign for " + filename + " of " + hardwareId
                    + ": no delegation leads to it (U-5.3.1-5)");
        }
        Optional<Target> found = now.with(role, filename, target).find(filename, hardwareId);
        if (found.isPresent() && !found.get().equals(target)) {
            throw new IllegalArgumentException(
                    "another role lists another " + filename + ", and clients find that one first");
        }
    }

    /** Vehicles know an image by its name: other bytes under it would change what was ordered from others. */
    private void requireSameBytes(String filename, Bytes image) {
        Target listed = standing().listed().get(filename);
        if (listed != null && !image.sha256().equals(listed.hashes().get("sha256"))) {
            throw new IllegalArgumentException(filename + " is listed with other bytes, sha256 "
                    + listed.hashes().get("sha256") + "; give new bytes a new name, or retire the old ones");
        }
    }

    /** What several have agreed on is not changed by one of them alone: vehicles would find it no more. */
    private void requireAgreement(String filename, Target target, Set<RepositoryName> chosen, By by) {
        Target listed = standing().listed().get(filename);
        boolean others = standing().listings().entrySet().stream()
                .anyMatch(each -> each.getValue().roles().entrySet().stream()
                        .filter(role -> !chosen.contains(each.getKey())
                                || !role.getKey().equals(by.role(each.getKey())))
                        .anyMatch(role -> role.getValue().targets().containsKey(filename)));
        if (listed != null && !listed.equals(target) && others) {
            throw new IllegalArgumentException(filename + " is listed by others too, for other hardware or with other "
                    + "relations: give this one a new name");
        }
    }

    private ImageSigning.Change change(RepositoryName repository, String role, String filename, Target target)
            throws IOException {
        if (role.equals(ServeConfig.TARGETS)) {
            repositories.keysAtHand().require(repository, RoleType.TARGETS);
            if (repository.equals(RepositoryName.IMAGE)) {
                return repositories.suppliers().change(standing().listing().with(role, filename, target),
                        Set.of(ServeConfig.TARGETS));
            }
        }
        return new ImageSigning.Change(new TreeMap<>(
                Map.of(role, Listing.with(standing().listing(repository).role(role), filename, target))), Set.of());
    }
}
