package dev.uptanebench.bench.serve;

import dev.uptanebench.bench.config.ServeConfig;
import dev.uptanebench.vehicle.repository.BundleResolution.Relations;
import dev.uptanebench.vehicle.repository.Decision;
import dev.uptanebench.vehicle.repository.ImageRepository;
import dev.uptanebench.vehicle.repository.Inventory;
import dev.uptanebench.vehicle.repository.Publication;
import dev.uptanebench.vehicle.repository.Vehicle;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.Metadata;
import dev.uptanebench.vehicle.uptane.PublicKey;
import dev.uptanebench.vehicle.uptane.RepositoryMap;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.RoleType;
import dev.uptanebench.vehicle.uptane.Root;
import dev.uptanebench.vehicle.uptane.Signers;
import dev.uptanebench.vehicle.uptane.SigningKey;
import dev.uptanebench.vehicle.uptane.Target;
import dev.uptanebench.vehicle.uptane.Targets;
import dev.uptanebench.vehicle.uptane.dialect.Dialect;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The Image repositories, the Director's Root, and the fleet that all are for. Every change begins at what stands on
 * disk and counts once it stands there again; a change that fails has not happened. Changes come one at a time; reading
 * needs no lock.
 */
final class Oem {
    private static final Duration DAY = Duration.ofDays(1);
    private static final String TOP_LEVEL = "targets";
    /** Readers of JSON that take numbers for doubles know no larger one exactly; and there has to be one above the newest. */
    private static final long MOST_COUNTER = (1L << 53) - 1;

    private final RoleKeyFolders keys;
    private final RootKeys roots;
    private final Suppliers suppliers;
    private final StandingFolder publications;
    private final ImageFolder images;
    private final DeliveryFolder deliveries;
    private final Inventory inventory;
    private final InstantSource clock;
    private final Fleet fleet;
    private volatile Standing standing;

    /**
     * Goes on where the state stands, or begins with empty repositories.
     *
     * @throws IllegalArgumentException if it has to begin and a folder for keys is not there
     */
    Oem(ServeConfig config, RoleKeyFolders keys, StandingFolder publications, ImageFolder images,
            DeliveryFolder deliveries, Inventory inventory, InstantSource clock) throws IOException {
        this.keys = keys;
        this.roots = new RootKeys(keys, config);
        this.suppliers = new Suppliers(roots, config);
        this.publications = publications;
        this.images = images;
        this.deliveries = deliveries;
        this.inventory = inventory;
        this.clock = clock;
        Optional<Decision> last = inventory.lastDecision();
        Optional<Standing> found = publications.load();
        if (found.isPresent()) {
            standing = found.get();
            keepImages();
            noteIfUnnoted();
        } else {
            SignedRoot director = roots.first(RepositoryName.DIRECTOR, clock.instant());
            SortedMap<RepositoryName, Publication> first = new TreeMap<>();
            for (RepositoryName repository : publications.map().imageRepositories()) {
                first.put(repository, first(repository));
            }
            standing = publications.publish(Optional.empty(), director, first);
            decided(Decision.Kind.PUBLISHED, String.valueOf(standing.number()), "the first publication");
        }
        fleet = new Fleet(keys, inventory, clock, this::standing, new ImageDelivery(images, deliveries));
        fleet.resume(last);
    }

    private Publication first(RepositoryName repository) throws IOException {
        Listing nothing = new Listing(Map.of(), keys.dialect().wildcards());
        ImageSigning.Change first = repository.equals(RepositoryName.IMAGE)
                ? supplied(nothing, suppliers.delegators())
                : new ImageSigning.Change(new TreeMap<>(Map.of(TOP_LEVEL, ImageSigning.EMPTY)), Set.of());
        return new ImageSigning(keys, repository).next(roots.first(repository, clock.instant()), Optional.empty(),
                first, clock.instant());
    }

    /**
     * Begins the Image repositories that the map names and that are not there.
     *
     * @throws IllegalArgumentException if the folder that their keys belong to is not there
     */
    synchronized void begin() throws IOException {
        SortedMap<RepositoryName, Publication> more = new TreeMap<>();
        for (RepositoryName repository : publications.map().imageRepositories()) {
            if (!standing.repositories().containsKey(repository)) {
                more.put(repository, first(repository));
            }
        }
        if (!more.isEmpty()) {
            publish(standing.director(), more, "the first of " + more.keySet());
        }
    }

    /** A process can die between publishing and writing down that it did. */
    private void noteIfUnnoted() {
        String number = String.valueOf(standing.number());
        boolean noted = inventory.decisions(Decision.EVERY_VEHICLE, 1000).stream()
                .anyMatch(decision -> decision.kind() == Decision.Kind.PUBLISHED && decision.subject().equals(number));
        if (!noted) {
            decided(Decision.Kind.PUBLISHED, number, "found at the start, after an interruption");
        }
    }

    Standing standing() {
        return standing;
    }

    /** Which Image repositories there are, and which of them have to agree on an image. */
    RepositoryMap map() {
        return publications.map();
    }

    Dialect dialect() {
        return keys.dialect();
    }

    ImageFolder images() {
        return images;
    }

    Fleet fleet() {
        return fleet;
    }

    DeliveryFolder deliveries() {
        return deliveries;
    }

    private void keepImages() throws IOException {
        Set<String> sha256 = standing.imageDigests();
        images.keep(sha256);
        deliveries.keepDeltasTo(sha256);
    }

    private Publication publication(RepositoryName repository) {
        return Objects.requireNonNull(standing.repositories().get(repository));
    }

    private Listing listing(RepositoryName repository) {
        return Objects.requireNonNull(standing.listings().get(repository));
    }

    private SignedRoot root(RepositoryName repository) {
        return new SignedRoot(publication(repository).root(), publication(repository).rootFile());
    }

    /** @param changed Image repositories; the others stay */
    private void publish(SignedRoot director, SortedMap<RepositoryName, Publication> changed, String why)
            throws IOException {
        SortedMap<RepositoryName, Publication> all = new TreeMap<>(standing.repositories());
        all.putAll(changed);
        standing = publications.publish(Optional.of(standing), director, all);
        keepImages();
        decided(Decision.Kind.PUBLISHED, String.valueOf(standing.number()), why);
    }

    private void publish(SortedMap<RepositoryName, ImageSigning.Change> changes, String why) throws IOException {
        SortedMap<RepositoryName, Publication> changed = new TreeMap<>();
        changes.forEach((repository, change) -> changed.put(repository, next(repository, root(repository), change)));
        publish(standing.director(), changed, why);
    }

    private Publication next(RepositoryName repository, SignedRoot root, ImageSigning.Change change) {
        return new ImageSigning(keys, repository).next(root, Optional.of(publication(repository)), change,
                clock.instant());
    }

    private static <T> SortedMap<RepositoryName, T> alone(RepositoryName repository, T value) {
        return new TreeMap<>(Map.of(repository, value));
    }

    /**
     * What is to be signed so that these roles delegate as the bench file says.
     *
     * @param delegators top-level Targets among them
     */
    private ImageSigning.Change supplied(Listing now, Set<String> delegators) throws IOException {
        SortedMap<String, Signers> before = Delegatees.of(now.roles());
        SortedMap<String, Signers> signers = suppliers.signers(delegators, before);
        SortedMap<String, Targets> changed = new TreeMap<>();
        signers.keySet().stream().filter(role -> !before.containsKey(role))
                .forEach(role -> changed.put(role, now.role(role)));
        delegators.forEach(by -> changed.put(by, new Targets(0, Instant.EPOCH, now.role(by).targets(),
                suppliers.delegations(by, signers), null, null)));
        return new ImageSigning.Change(changed, Set.of());
    }

    /**
     * Lets Targets and suppliers delegate as the bench file says, if they do not.
     *
     * @throws IllegalArgumentException if a key that this takes is not here
     */
    synchronized void delegate() throws IOException {
        Set<String> otherwise = suppliers.otherwise(standing.listing());
        if (!otherwise.isEmpty()) {
            requireKeys(otherwise);
            publish(alone(RepositoryName.IMAGE, supplied(standing.listing(), otherwise)),
                    "delegations as the bench file has them");
        }
    }

    /** Those of roles that delegate, before any are made for roles that they delegate to. */
    private void requireKeys(Set<String> delegators) {
        SortedMap<String, Signers> known = Delegatees.of(standing.listing().roles());
        delegators.forEach(by -> {
            if (by.equals(TOP_LEVEL)) {
                requireTargetsKeys(RepositoryName.IMAGE);
            } else {
                Optional.ofNullable(known.get(by)).ifPresent(signers -> keys.signers("image/" + by, signers));
            }
        });
    }

    /**
     * Lets the Director's Root list the time source's key, if it does not.
     *
     * @throws IllegalArgumentException if a key that this takes is not here
     */
    synchronized void listTimeSource() throws IOException {
        Root root = standing.director().root();
        if (root.timeSource() == null) {
            publish(roots.nextWithTime(root, Set.of(), Optional.empty(), clock.instant()), new TreeMap<>(),
                    "the key of the time source stands in Root");
        }
    }

    /**
     * With which the time source signs now: the key that the Director's Root lists.
     *
     * @throws IllegalArgumentException if it is not there
     */
    SigningKey timeKey() {
        PublicKey listed = standing.director().root().timeSource();
        if (listed == null) {
            throw new IllegalArgumentException("the Director's Root lists no key of the time source");
        }
        return keys.signers(RoleKeyFolders.TIME, RoleKeyFolders.entitled(List.of(listed), 1)).getFirst();
    }

    private void requireTargetsKeys(RepositoryName repository) {
        keys.signers(RootKeys.role(repository, RoleType.TARGETS),
                publication(repository).root().signers(RoleType.TARGETS));
    }

    /**
     * What came of an order.
     *
     * @param publication of the Image repository
     * @param order what came of the order
     */
    record Released(String filename, String sha256, int length, long releaseCounter, long publication, String vin,
            Fleet.Wanted order) {}

    /**
     * Who lists an image.
     *
     * @param role who signs for it in the Image repository: {@code targets}, or a role that they delegate to
     * @param in the Image repositories that list it; none for all that the map asks for such a name
     */
    record By(String role, Set<RepositoryName> in) {
        static final By TARGETS = new By(TOP_LEVEL, Set.of());

        String role(RepositoryName repository) {
            return repository.equals(RepositoryName.IMAGE) ? role : TOP_LEVEL;
        }
    }

    /**
     * Lists an image in the Image repositories and orders it for one ECU.
     *
     * @param counter the image's release counter; null for the next after the newest of that name's hardware
     * @param relations to other images
     * @throws IllegalArgumentException if the ECU is not there, the name is no filename or that of other bytes, the
     *         counter would fall, that role may not sign for the image, its keys are not here, or the vehicle cannot have the image together
     *         with what it has; in the last case the image stays listed
     */
    synchronized Released release(Bytes image, String serial, String filename, @Nullable Long counter,
            Relations relations, By by) throws IOException {
        ImageFilename.require(filename);
        Vehicle vehicle = fleet.vehicleOf(serial);
        String hardwareId = Objects.requireNonNull(vehicle.ecus().get(serial)).registered().hardwareId();
        long newest = newest(standing.listings(), hardwareId);
        long version = counter == null ? counterFor(filename, image, newest) : counter;
        if (version > MOST_COUNTER) {
            throw new IllegalArgumentException("a release counter is at most " + MOST_COUNTER);
        }
        if (version < newest) {
            throw new IllegalArgumentException("release counters never fall: that hardware had " + newest);
        }
        Target target = ImageRelations.with(ImageRepository.target(image, List.of(hardwareId), version), relations);
        SortedSet<RepositoryName> repositories = repositories(filename, by);
        repositories.forEach(
                repository -> requireEntitled(repository, by.role(repository), filename, target, hardwareId));
        requireSameBytes(filename, image);
        SortedMap<RepositoryName, ImageSigning.Change> changes = new TreeMap<>();
        for (RepositoryName repository : repositories) {
            changes.put(repository, listing(repository, by.role(repository), filename, target));
        }
        images.store(image);
        publish(changes, by.role().equals(TOP_LEVEL)
                ? "released " + filename + " to " + serial
                : by.role() + " released " + filename + " to " + serial);
        Fleet.Wanted order = target.equals(standing.listed().get(filename))
                ? fleet.want(vehicle.vin(), serial, filename)
                : new Fleet.Wanted("listed", null, null,
                        "another role or repository has to agree before it can be ordered");
        return new Released(filename, image.sha256(), image.length(), version, standing.number(), vehicle.vin(),
                order);
    }

    private SortedSet<RepositoryName> repositories(String filename, By by) {
        SortedSet<RepositoryName> asked = new TreeSet<>(publications.map().asked(filename));
        asked.remove(RepositoryName.DIRECTOR);
        if (asked.isEmpty()) {
            throw new IllegalArgumentException("the map names no Image repository for " + filename);
        }
        if (!asked.containsAll(by.in())) {
            throw new IllegalArgumentException("the map asks " + asked + " for " + filename + ", not " + by.in());
        }
        SortedSet<RepositoryName> chosen = by.in().isEmpty() ? asked : new TreeSet<>(by.in());
        if (!by.role().equals(TOP_LEVEL) && !chosen.contains(RepositoryName.IMAGE)) {
            throw new IllegalArgumentException("suppliers sign in the repository image, not in " + chosen);
        }
        if (!standing.repositories().keySet().containsAll(chosen)) {
            throw new IllegalArgumentException("of " + chosen + " only " + standing.repositories().keySet()
                    + " stand: start the server with the folder that their keys belong to");
        }
        return chosen;
    }

    /** Vehicles know an image by its name: other bytes under it would change what was ordered from others. */
    private void requireSameBytes(String filename, Bytes image) {
        Target listed = standing.listed().get(filename);
        if (listed != null && !image.sha256().equals(listed.hashes().get("sha256"))) {
            throw new IllegalArgumentException(filename + " is listed with other bytes, sha256 "
                    + listed.hashes().get("sha256") + "; give new bytes a new name, or retire the old ones");
        }
    }

    /**
     * What came of an image that is not wanted any more.
     *
     * @param roles that listed it
     */
    record Retired(String filename, List<String> roles, long publication) {}

    /**
     * Lists an image no more. Its bytes can be had as long as metadata that lists it can, for vehicles that are fetching
     * it, and are then removed.
     *
     * @throws IllegalArgumentException if it is not listed, no other of that hardware is as new, another image requires
     *         it, the Targets of a vehicle name it or a vehicle waits for it, or a key that this takes is not here
     */
    synchronized Retired retire(String filename) throws IOException {
        List<String> roles = new ArrayList<>();
        SortedMap<RepositoryName, ImageSigning.Change> changes = new TreeMap<>();
        standing.listings().forEach((repository, listing) -> {
            SortedMap<String, Targets> changed = new TreeMap<>();
            listing.roles().forEach((role, said) -> {
                if (said.targets().containsKey(filename)) {
                    changed.put(role, Listing.with(said, filename, null));
                    roles.add(repository.equals(RepositoryName.IMAGE) ? role : repository + "/" + role);
                }
            });
            if (!changed.isEmpty()) {
                changes.put(repository, new ImageSigning.Change(changed, Set.of()));
            }
        });
        if (changes.isEmpty()) {
            throw new IllegalArgumentException("no Image repository lists " + filename);
        }
        requireNewer(filename);
        standing.listed().forEach((name, target) -> {
            if (ImageRelations.of(target).requires().contains(filename)) {
                throw new IllegalArgumentException(name + " requires " + filename);
            }
        });
        fleet.awaiting(filename).ifPresent(vin -> {
            throw new IllegalArgumentException(
                    vin + " is ordered " + filename + ", runs it by its Director's Targets, or waits for it");
        });
        changes.forEach((repository, change) -> {
            if (change.targets().containsKey(TOP_LEVEL)) {
                requireTargetsKeys(repository);
            }
        });
        publish(changes, "retired " + filename);
        return new Retired(filename, roles.stream().sorted().toList(), standing.number());
    }

    /** What is listed says how far release counters have come. */
    private void requireNewer(String filename) {
        SortedMap<RepositoryName, Listing> now = standing.listings();
        SortedMap<RepositoryName, Listing> without = new TreeMap<>();
        now.forEach((repository, listing) -> without.put(repository, listing.without(filename)));
        now.values().stream().flatMap(listing -> listing.roles().values().stream())
                .map(role -> role.targets().get(filename)).filter(Objects::nonNull)
                .flatMap(target -> target.hardwareIds().stream())
                .filter(model -> newest(now, model) > newest(without, model)).findFirst().ifPresent(model -> {
                    throw new IllegalArgumentException(
                            filename + " is the newest image of " + model + ": release a newer one first");
                });
    }

    private ImageSigning.Change listing(RepositoryName repository, String role, String filename, Target target)
            throws IOException {
        if (role.equals(TOP_LEVEL)) {
            requireTargetsKeys(repository);
            if (repository.equals(RepositoryName.IMAGE)) {
                return supplied(standing.listing().with(role, filename, target), Set.of(TOP_LEVEL));
            }
        }
        return new ImageSigning.Change(
                new TreeMap<>(Map.of(role, Listing.with(listing(repository).role(role), filename, target))), Set.of());
    }

    /** U-5.3.1-5. */
    private void requireEntitled(RepositoryName repository, String role, String filename, Target target,
            String hardwareId) {
        Listing now = listing(repository);
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

    /** Roles and repositories that have to agree on an image have to agree on its counter. */
    private long counterFor(String filename, Bytes image, long newest) {
        return standing.listings().values().stream().flatMap(listing -> listing.roles().values().stream())
                .map(role -> role.targets().get(filename))
                .filter(target -> target != null && image.sha256().equals(target.hashes().get("sha256")))
                .map(Target::releaseCounter).filter(Objects::nonNull).mapToLong(Long::longValue)
                .filter(known -> known >= newest).max().orElse(newest + 1);
    }

    private static long newest(Map<RepositoryName, Listing> listings, String hardwareId) {
        return listings.values().stream().flatMap(listing -> listing.roles().values().stream())
                .flatMap(role -> role.targets().values().stream())
                .filter(target -> target.hardwareIds().contains(hardwareId)).map(Target::releaseCounter)
                .filter(Objects::nonNull).mapToLong(Long::longValue).max().orElse(0);
    }

    private void decided(Decision.Kind kind, String subject, String why) {
        inventory.decided(new Decision(clock.instant(), Decision.EVERY_VEHICLE, kind, subject, why));
    }

    /**
     * Signs anew what of the Image repositories expires before half of its lifetime is over, with the keys that are
     * online.
     *
     * @return whether anything was due
     */
    synchronized boolean renew() throws IOException {
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
        return metadata.expires().isBefore(clock.instant().plus(half));
    }

    /**
     * What came of new keys.
     *
     * @param roles such as {@code image/root}
     * @param root version of that repository's Root
     */
    record Rotated(List<String> roles, long root, long publication) {}

    /**
     * Gives roles of one repository new keys and revokes those that they had. Whatever the old keys have signed is signed
     * again in the same publication; a vehicle's Director metadata when it asks.
     *
     * @param roles such as {@code image/timestamp}, {@code image/} and a supplier's role, or {@code time}
     * @param keyId the one key to be replaced, or a beginning of its id; empty for all
     * @throws IllegalArgumentException if there is no such role, or a key that this takes is not here
     */
    synchronized Rotated rotate(SortedSet<String> roles, Optional<String> keyId) throws IOException {
        Rotation rotation = Rotation.of(roles, Delegatees.of(standing.listing().roles()).keySet(),
                standing.repositories().keySet());
        String why = "new keys for " + String.join(", ", roles);
        if (rotation.repository().equals(RepositoryName.DIRECTOR)) {
            Root before = standing.director().root();
            SignedRoot next = rotation.time()
                    ? roots.nextWithTime(before, rotation.topLevel(), keyId, clock.instant())
                    : roots.next(RepositoryName.DIRECTOR, before, rotation.topLevel(), keyId, clock.instant());
            publish(next, new TreeMap<>(), why);
        } else {
            rotateImage(rotation, keyId, why);
        }
        decided(Decision.Kind.KEYS_REPLACED, String.join(", ", roles), "publication " + standing.number());
        long version = rotation.repository().equals(RepositoryName.DIRECTOR)
                ? standing.director().root().version()
                : publication(rotation.repository()).root().version();
        return new Rotated(List.copyOf(roles), version, standing.number());
    }

    private void rotateImage(Rotation rotation, Optional<String> keyId, String why) throws IOException {
        RepositoryName repository = rotation.repository();
        Publication image = publication(repository);
        requireSigners(rotation, image);
        Listing now = listing(repository);
        SortedMap<String, Signers> before = Delegatees.of(now.roles());
        SortedMap<String, Targets> changed = new TreeMap<>();
        for (String supplier : rotation.suppliers()) {
            Signers others = roots.replaced("image/" + supplier, Objects.requireNonNull(before.get(supplier)), keyId);
            delegatorsOf(supplier).forEach(by -> {
                Targets said = changed.getOrDefault(by, now.role(by));
                changed.put(by, new Targets(0, Instant.EPOCH, said.targets(),
                        Suppliers.with(said.delegations(), supplier, others), null, null));
            });
            changed.putIfAbsent(supplier, now.role(supplier));
        }
        if (rotation.topLevel().contains(RoleType.TARGETS)) {
            changed.putIfAbsent(TOP_LEVEL, image.targets());
        }
        SignedRoot root = rotation.topLevel().isEmpty()
                ? root(repository)
                : roots.next(repository, image.root(), rotation.topLevel(), keyId, clock.instant());
        publish(standing.director(), alone(repository,
                next(repository, root, new ImageSigning.Change(changed, rotation.topLevel()))), why);
    }

    private Set<String> delegatorsOf(String supplier) {
        return standing.listing().roles().entrySet().stream()
                .filter(role -> Delegatees.of(role.getValue()).containsKey(supplier)).map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Before anything is made: what it takes beside the new keys. */
    private void requireSigners(Rotation rotation, Publication image) {
        if (!rotation.topLevel().isEmpty()) {
            keys.signers(RootKeys.role(rotation.repository(), RoleType.ROOT), image.root().signers(RoleType.ROOT));
        }
        Set<String> others = rotation.suppliers().stream().flatMap(supplier -> delegatorsOf(supplier).stream())
                .filter(by -> !rotation.suppliers().contains(by)).collect(Collectors.toSet());
        if (rotation.topLevel().contains(RoleType.TARGETS)) {
            others.remove(TOP_LEVEL);
        }
        requireKeys(others);
    }
}
