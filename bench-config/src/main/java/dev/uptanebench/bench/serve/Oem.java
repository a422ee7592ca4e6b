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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The Image repository, the Director's Root, and the fleet that both are for. Every change begins at what stands on
 * disk and counts once it stands there again; a change that fails has not happened. Changes come one at a time; reading
 * needs no lock.
 */
final class Oem {
    private static final Duration DAY = Duration.ofDays(1);
    private static final String TOP_LEVEL = "targets";

    private final RoleKeyFolders keys;
    private final RootKeys roots;
    private final Suppliers suppliers;
    private final ImageSigning signing;
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
        this.signing = new ImageSigning(keys);
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
            SignedRoot image = roots.first(RepositoryName.IMAGE, clock.instant());
            SignedRoot director = roots.first(RepositoryName.DIRECTOR, clock.instant());
            standing = publications.publish(Optional.empty(), director,
                    signing.next(image, Optional.empty(),
                            supplied(new Listing(Map.of(), keys.dialect().wildcards()), config.delegators()),
                            clock.instant()));
            decided(Decision.Kind.PUBLISHED, String.valueOf(standing.number()), "the first publication");
        }
        fleet = new Fleet(keys, inventory, clock, this::standing, new ImageDelivery(images, deliveries));
        fleet.resume(last);
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

    private SignedRoot imageRoot() {
        return new SignedRoot(standing.image().root(), standing.image().rootFile());
    }

    private void publish(SignedRoot director, Publication image, String why) throws IOException {
        standing = publications.publish(Optional.of(standing), director, image);
        keepImages();
        decided(Decision.Kind.PUBLISHED, String.valueOf(standing.number()), why);
    }

    private void publish(SignedRoot root, ImageSigning.Change change, String why) throws IOException {
        publish(standing.director(), signing.next(root, Optional.of(standing.image()), change, clock.instant()), why);
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
            publish(imageRoot(), supplied(standing.listing(), otherwise), "delegations as the bench file has them");
        }
    }

    /** Those of roles that delegate, before any are made for roles that they delegate to. */
    private void requireKeys(Set<String> delegators) {
        SortedMap<String, Signers> known = Delegatees.of(standing.listing().roles());
        delegators.forEach(by -> {
            if (by.equals(TOP_LEVEL)) {
                requireTargetsKeys();
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
            publish(roots.nextWithTime(root, Set.of(), Optional.empty(), clock.instant()), standing.image(),
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

    private void requireTargetsKeys() {
        keys.signers("image/targets", standing.image().root().signers(RoleType.TARGETS));
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
     * Lists an image in the Image repository and orders it for one ECU.
     *
     * @param counter the image's release counter; null for the next after the newest of that name's hardware
     * @param relations to other images
     * @param role who signs for the image: {@code targets}, or a role that they delegate to
     * @throws IllegalArgumentException if the ECU is not there, the name is no filename or that of other bytes, the
     *         counter would fall, that role may not sign for the image, its keys are not here, or the vehicle cannot have the image together
     *         with what it has; in the last case the image stays listed
     */
    synchronized Released release(Bytes image, String serial, String filename, @Nullable Long counter,
            Relations relations, String role) throws IOException {
        ImageFilename.require(filename);
        Vehicle vehicle = fleet.vehicleOf(serial);
        String hardwareId = Objects.requireNonNull(vehicle.ecus().get(serial)).registered().hardwareId();
        long newest = newest(standing.listing(), hardwareId);
        long version = counter == null ? counterFor(filename, image, newest) : counter;
        if (version < newest) {
            throw new IllegalArgumentException("release counters never fall: that hardware had " + newest);
        }
        Target target = ImageRelations.with(ImageRepository.target(image, List.of(hardwareId), version), relations);
        boolean agreed = requireEntitled(role, filename, target, hardwareId);
        requireSameBytes(filename, image);
        ImageSigning.Change change = listing(role, filename, target);
        images.store(image);
        publish(imageRoot(), change, role.equals(TOP_LEVEL)
                ? "released " + filename + " to " + serial
                : role + " released " + filename + " to " + serial);
        Fleet.Wanted order = agreed
                ? fleet.want(vehicle.vin(), serial, filename)
                : new Fleet.Wanted("listed", null, null, "another role has to agree before it can be ordered");
        return new Released(filename, image.sha256(), image.length(), version, standing.number(), vehicle.vin(),
                order);
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
     * @throws IllegalArgumentException if it is not listed, no other of that hardware is as new, another image requires it, a vehicle is ordered it and has
     *         not confirmed that, or a key that this takes is not here
     */
    synchronized Retired retire(String filename) throws IOException {
        List<String> roles = standing.listing().roles().entrySet().stream()
                .filter(role -> role.getValue().targets().containsKey(filename)).map(Map.Entry::getKey).sorted()
                .toList();
        if (roles.isEmpty()) {
            throw new IllegalArgumentException("the Image repository does not list " + filename);
        }
        requireNewer(filename);
        standing.listed().forEach((name, target) -> {
            if (ImageRelations.of(target).requires().contains(filename)) {
                throw new IllegalArgumentException(name + " requires " + filename);
            }
        });
        fleet.awaiting(filename).ifPresent(vin -> {
            throw new IllegalArgumentException(vin + " is ordered " + filename + ", or waits for it");
        });
        SortedMap<String, Targets> changed = new TreeMap<>();
        roles.forEach(role -> changed.put(role, standing.listing().without(filename).role(role)));
        if (changed.containsKey(TOP_LEVEL)) {
            requireTargetsKeys();
        }
        publish(imageRoot(), new ImageSigning.Change(changed, Set.of()), "retired " + filename);
        return new Retired(filename, roles, standing.number());
    }

    /** What is listed says how far release counters have come. */
    private void requireNewer(String filename) {
        Listing now = standing.listing();
        now.roles().values().stream().map(role -> role.targets().get(filename)).filter(Objects::nonNull)
                .flatMap(target -> target.hardwareIds().stream()).filter(model -> newest(now, model) > newest(
                        now.without(filename), model))
                .findFirst().ifPresent(model -> {
                    throw new IllegalArgumentException(
                            filename + " is the newest image of " + model + ": release a newer one first");
                });
    }

    private ImageSigning.Change listing(String role, String filename, Target target) throws IOException {
        Targets before = standing.listing().role(role);
        Targets changed = Listing.with(before, filename, target);
        if (role.equals(TOP_LEVEL)) {
            requireTargetsKeys();
            return supplied(standing.listing().with(role, filename, target), Set.of(TOP_LEVEL));
        }
        return new ImageSigning.Change(new TreeMap<>(Map.of(role, changed)), Set.of());
    }

    /** U-5.3.1-5. Returns whether clients will find the image at once. */
    private boolean requireEntitled(String role, String filename, Target target, String hardwareId) {
        Listing now = standing.listing();
        if (!now.maySign(role, filename, target, hardwareId)) {
            throw new IllegalArgumentException(role + " may not sign for " + filename + " of " + hardwareId
                    + ": no delegation leads to it (U-5.3.1-5)");
        }
        Optional<Target> found = now.with(role, filename, target).find(filename, hardwareId);
        if (found.isPresent() && !found.get().equals(target)) {
            throw new IllegalArgumentException(
                    "another role lists another " + filename + ", and clients find that one first");
        }
        return found.isPresent();
    }

    /** Roles that have to agree on an image have to agree on its counter. */
    private long counterFor(String filename, Bytes image, long newest) {
        return standing.listing().roles().values().stream().map(role -> role.targets().get(filename))
                .filter(target -> target != null && image.sha256().equals(target.hashes().get("sha256")))
                .map(Target::releaseCounter).filter(Objects::nonNull).mapToLong(Long::longValue)
                .filter(known -> known >= newest).max().orElse(newest + 1);
    }

    private static long newest(Listing listing, String hardwareId) {
        return listing.roles().values().stream().flatMap(role -> role.targets().values().stream())
                .filter(target -> target.hardwareIds().contains(hardwareId)).map(Target::releaseCounter)
                .filter(Objects::nonNull).mapToLong(Long::longValue).max().orElse(0);
    }

    private void decided(Decision.Kind kind, String subject, String why) {
        inventory.decided(new Decision(clock.instant(), Decision.EVERY_VEHICLE, kind, subject, why));
    }

    /**
     * Signs anew what of the Image repository expires before half of its lifetime is over, with the keys that are
     * online.
     *
     * @return whether anything was due
     */
    synchronized boolean renew() throws IOException {
        boolean snapshot = due(standing.image().snapshot());
        if (!snapshot && !due(standing.image().timestamp())) {
            return false;
        }
        publish(imageRoot(), new ImageSigning.Change(new TreeMap<>(),
                Set.of(snapshot ? RoleType.SNAPSHOT : RoleType.TIMESTAMP)), "renewed what was about to expire");
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
        Rotation rotation = Rotation.of(roles, Delegatees.of(standing.listing().roles()).keySet());
        String why = "new keys for " + String.join(", ", roles);
        if (rotation.repository().equals(RepositoryName.DIRECTOR)) {
            Root before = standing.director().root();
            SignedRoot next = rotation.time()
                    ? roots.nextWithTime(before, rotation.topLevel(), keyId, clock.instant())
                    : roots.next(RepositoryName.DIRECTOR, before, rotation.topLevel(), keyId, clock.instant());
            publish(next, standing.image(), why);
        } else {
            rotateImage(rotation, keyId, why);
        }
        decided(Decision.Kind.KEYS_REPLACED, String.join(", ", roles), "publication " + standing.number());
        long version = rotation.repository().equals(RepositoryName.DIRECTOR)
                ? standing.director().root().version()
                : standing.image().root().version();
        return new Rotated(List.copyOf(roles), version, standing.number());
    }

    private void rotateImage(Rotation rotation, Optional<String> keyId, String why) throws IOException {
        Publication image = standing.image();
        requireSigners(rotation, image);
        Listing now = standing.listing();
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
                ? imageRoot()
                : roots.next(RepositoryName.IMAGE, image.root(), rotation.topLevel(), keyId, clock.instant());
        publish(root, new ImageSigning.Change(changed, rotation.topLevel()), why);
    }

    private Set<String> delegatorsOf(String supplier) {
        return standing.listing().roles().entrySet().stream()
                .filter(role -> Delegatees.of(role.getValue()).containsKey(supplier)).map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Before anything is made: what it takes beside the new keys. */
    private void requireSigners(Rotation rotation, Publication image) {
        if (!rotation.topLevel().isEmpty()) {
            keys.signers("image/root", image.root().signers(RoleType.ROOT));
        }
        Set<String> others = rotation.suppliers().stream().flatMap(supplier -> delegatorsOf(supplier).stream())
                .filter(by -> !rotation.suppliers().contains(by)).collect(Collectors.toSet());
        if (rotation.topLevel().contains(RoleType.TARGETS)) {
            others.remove(TOP_LEVEL);
        }
        requireKeys(others);
    }
}
