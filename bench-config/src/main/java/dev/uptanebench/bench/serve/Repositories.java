package dev.uptanebench.bench.serve;

import dev.uptanebench.bench.config.ServeConfig;
import dev.uptanebench.bench.state.Reasons;
import dev.uptanebench.vehicle.repository.Decision;
import dev.uptanebench.vehicle.repository.Publication;
import dev.uptanebench.vehicle.uptane.Metadata;
import dev.uptanebench.vehicle.uptane.RepositoryMap;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.RoleType;
import dev.uptanebench.vehicle.uptane.Root;
import dev.uptanebench.vehicle.uptane.dialect.Feature;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The Image repositories and the Director's Root: what stands published, and how it changes. Every change begins at what
 * stands on disk and counts once it stands there again; a change that fails has not happened. Has no lock of its own:
 * changes come one at a time, through {@link Oem}, and {@link #standing} is read without waiting.
 */
final class Repositories {
    private static final Duration DAY = Duration.ofDays(1);

    private final RepositoryMap map;
    private final RoleKeyFolders keys;
    private final RootKeys roots;
    private final KeysAtHand keysAtHand;
    private final Suppliers suppliers;
    private final OemFolders folders;
    private final Journal journal;
    private volatile Standing standing;

    /**
     * Goes on where the state stands, or begins with empty repositories.
     *
     * @param map which Image repositories there are, and which of them have to agree on an image
     * @throws IllegalArgumentException if it has to begin and a folder for keys is not there
     */
    Repositories(ServeConfig config, RepositoryMap map, RoleKeyFolders keys, OemFolders folders, Journal journal)
            throws IOException {
        this.map = map;
        this.keys = keys;
        this.roots = new RootKeys(keys, config);
        this.keysAtHand = new KeysAtHand(keys, () -> standing());
        this.suppliers = new Suppliers(roots, config);
        this.folders = folders;
        this.journal = journal;
        Optional<Standing> found = folders.publications().load(map);
        if (found.isPresent()) {
            standing = found.get();
            keepImages();
            noteIfUnnoted();
        } else {
            SignedRoot director = roots.first(RepositoryName.DIRECTOR, journal.now());
            SortedMap<RepositoryName, Publication> first = new TreeMap<>();
            for (RepositoryName repository : map.imageRepositories()) {
                first.put(repository, first(repository));
            }
            standing = folders.publications().publish(Optional.empty(), director, first, map);
            journal.decided(Decision.Kind.PUBLISHED, String.valueOf(standing.number()), "the first publication");
        }
    }

    private Publication first(RepositoryName repository) throws IOException {
        Listing nothing = new Listing(Map.of(), keys.dialect().wildcards());
        ImageSigning.Change first = repository.equals(RepositoryName.IMAGE)
                ? suppliers.change(nothing, suppliers.delegators())
                : new ImageSigning.Change(new TreeMap<>(Map.of(ServeConfig.TARGETS, ImageSigning.EMPTY)), Set.of());
        return new ImageSigning(keys, repository).next(roots.first(repository, journal.now()), Optional.empty(), first,
                journal.now());
    }

    /** A process can die between publishing and writing down that it did. */
    private void noteIfUnnoted() {
        String number = String.valueOf(standing.number());
        if (!journal.says(Decision.Kind.PUBLISHED, number)) {
            journal.decided(Decision.Kind.PUBLISHED, number, "found at the start, after an interruption");
        }
    }

    Standing standing() {
        return standing;
    }

    RepositoryMap map() {
        return map;
    }

    /** What the metadata can say. */
    Set<Feature> features() {
        return keys.dialect().features();
    }

    KeysAtHand keysAtHand() {
        return keysAtHand;
    }

    RootKeys roots() {
        return roots;
    }

    Suppliers suppliers() {
        return suppliers;
    }

    /** Of what stands. What cannot be removed only takes room; it is tried again after the next publication. */
    private void keepImages() {
        Set<String> sha256 = standing.imageDigests();
        try {
            folders.images().keep(sha256);
            folders.deliveries().keepDeltasTo(sha256);
        } catch (IOException e) {
            System.err.println("serve: images that nobody lists cannot be removed: " + Reasons.of(e));
        }
    }

    /** @param changed Image repositories; the others stay */
    private void publish(SignedRoot director, SortedMap<RepositoryName, Publication> changed, String why)
            throws IOException {
        SortedMap<RepositoryName, Publication> all = new TreeMap<>(standing.repositories());
        all.putAll(changed);
        standing = folders.publications().publish(Optional.of(standing), director, all, map);
        keepImages();
        journal.decided(Decision.Kind.PUBLISHED, String.valueOf(standing.number()), why);
    }

    /** Publishes another Root of the Director's. */
    void publish(SignedRoot director, String why) throws IOException {
        publish(director, new TreeMap<>(), why);
    }

    /**
     * Publishes what is different in Image repositories, all of it at once.
     *
     * @throws IllegalArgumentException if a key that this takes is not here
     */
    void publish(SortedMap<RepositoryName, ImageSigning.Change> changes, String why) throws IOException {
        SortedMap<RepositoryName, Publication> changed = new TreeMap<>();
        changes.forEach((repository, change) -> changed.put(repository,
                next(repository, standing.root(repository), change)));
        publish(standing.director(), changed, why);
    }

    /** The same in one of them, with another Root. */
    void publish(RepositoryName repository, SignedRoot root, ImageSigning.Change change, String why)
            throws IOException {
        publish(standing.director(), new TreeMap<>(Map.of(repository, next(repository, root, change))), why);
    }

    private Publication next(RepositoryName repository, SignedRoot root, ImageSigning.Change change) {
        return new ImageSigning(keys, repository).next(root, Optional.of(standing.publication(repository)), change,
                journal.now());
    }

    /**
     * Begins the Image repositories that the map names and that are not there.
     *
     * @throws IllegalArgumentException if the folder that their keys belong to is not there
     */
    void begin() throws IOException {
        SortedMap<RepositoryName, Publication> more = new TreeMap<>();
        for (RepositoryName repository : map.imageRepositories()) {
            if (!standing.repositories().containsKey(repository)) {
                more.put(repository, first(repository));
            }
        }
        if (!more.isEmpty()) {
            publish(standing.director(), more, "the first of " + more.keySet());
        }
    }

    /**
     * Lets Targets and suppliers delegate as the bench file says, if they do not.
     *
     * @throws IllegalArgumentException if a key that this takes is not here
     */
    void delegate() throws IOException {
        Set<String> otherwise = suppliers.otherwise(standing.listing());
        if (!otherwise.isEmpty()) {
            keysAtHand.require(otherwise);
            publish(new TreeMap<>(Map.of(RepositoryName.IMAGE, suppliers.change(standing.listing(), otherwise))),
                    "delegations as the bench file has them");
        }
    }

    /**
     * Lets the Director's Root list the time source's key, if it does not.
     *
     * @throws IllegalArgumentException if a key that this takes is not here
     */
    void listTimeSource() throws IOException {
        Root root = standing.director().root();
        if (root.timeSource() == null) {
            publish(roots.nextWithTime(root, Set.of(), Optional.empty(), journal.now()),
                    "the key of the time source stands in Root");
        }
    }

    /**
     * Signs anew what of the Image repositories expires before half of its lifetime is over, with the keys that are
     * online.
     *
     * @return whether anything was due
     */
    boolean renew() throws IOException {
        SortedMap<RepositoryName, ImageSigning.Change> due = new TreeMap<>();
        standing.repositories().forEach((repository, publication) -> {
            boolean snapshot = due(publication.snapshot());
            if (snapshot || due(publication.timestamp())) {
                due.put(repository, new ImageSigning.Change(new TreeMap<>(),
                        Set.of(snapshot ? RoleType.SNAPSHOT : RoleType.TIMESTAMP)));
            }
        });
        if (due.isEmpty()) {
            return false;
        }
        publish(due, "renewed what was about to expire");
        return true;
    }

    private boolean due(Metadata metadata) {
        Duration half = ImageSigning.LIFETIMES.getOrDefault(metadata.type(), DAY).dividedBy(2);
        return metadata.expires().isBefore(journal.now().plus(half));
    }
}
