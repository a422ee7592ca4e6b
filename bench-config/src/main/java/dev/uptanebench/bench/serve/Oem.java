package dev.uptanebench.bench.serve;

import dev.uptanebench.vehicle.kernel.Limits;
import dev.uptanebench.vehicle.repository.BundleResolution.Relations;
import dev.uptanebench.vehicle.repository.Decision;
import dev.uptanebench.vehicle.repository.ImageRepository;
import dev.uptanebench.vehicle.repository.Inventory;
import dev.uptanebench.vehicle.repository.KeySource;
import dev.uptanebench.vehicle.repository.MetadataRepository;
import dev.uptanebench.vehicle.repository.Publication;
import dev.uptanebench.vehicle.repository.RepositoryEditor;
import dev.uptanebench.vehicle.repository.Vehicle;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.Metadata;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.RoleType;
import dev.uptanebench.vehicle.uptane.Root;
import dev.uptanebench.vehicle.uptane.Target;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The Image repository, the Director's Root, and the fleet that both are for. Every change begins at what stands on
 * disk and counts once it stands there again; a change that fails has not happened. Changes come one at a time; reading
 * needs no lock.
 */
final class Oem {
    private static final Duration YEAR = Duration.ofDays(365);
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration DAY = Duration.ofDays(1);
    /** Root and Targets are signed with keys that should lie in a safe; the others are online. */
    static final Map<RoleType, Duration> IMAGE_LIFETIMES = Map.of(RoleType.ROOT, YEAR, RoleType.TARGETS, YEAR,
            RoleType.SNAPSHOT, WEEK, RoleType.TIMESTAMP, DAY);

    private final KeySource keys;
    private final StandingFolder publications;
    private final ImageFolder images;
    private final Inventory inventory;
    private final InstantSource clock;
    private final Fleet fleet;
    private volatile Standing standing;

    /** Goes on where the state stands, or begins with empty repositories. */
    Oem(KeySource keys, StandingFolder publications, ImageFolder images, Inventory inventory, InstantSource clock)
            throws IOException {
        this.keys = keys;
        this.publications = publications;
        this.images = images;
        this.inventory = inventory;
        this.clock = clock;
        Optional<Standing> found = publications.load();
        if (found.isPresent()) {
            standing = found.get();
            noteIfUnnoted();
        } else {
            MetadataRepository first = image();
            first.publish();
            standing = publications.publish(Optional.empty(), firstDirectorRoot(), first.current());
            decided(Decision.Kind.PUBLISHED, String.valueOf(standing.number()), "the first publication");
        }
        fleet = new Fleet(keys, inventory, clock, this::standing);
    }

    private SignedRoot firstDirectorRoot() {
        RepositoryEditor director = new RepositoryEditor(RepositoryName.DIRECTOR, keys, VehicleSigning.LIFETIMES,
                Map.of(), null);
        Root root = director.nextRoot(clock.instant());
        return new SignedRoot(root, director.sign(root));
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

    ImageFolder images() {
        return images;
    }

    Fleet fleet() {
        return fleet;
    }

    /** The Image repository as it can be changed: made anew for each change. */
    private MetadataRepository image() {
        return new MetadataRepository(clock, Limits.standard(), event -> {},
                new RepositoryEditor(RepositoryName.IMAGE, keys, IMAGE_LIFETIMES, Map.of(), null));
    }

    private void change(String why, Consumer<MetadataRepository> change) throws IOException {
        Standing before = standing;
        MetadataRepository image = image();
        image.resume(before.image());
        change.accept(image);
        standing = publications.publish(Optional.of(before), before.director(), image.current());
        decided(Decision.Kind.PUBLISHED, String.valueOf(standing.number()), why);
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
     * @throws IllegalArgumentException if the ECU is not there, the counter would fall, or the vehicle cannot have the
     *         image together with what it has; in the last case the image stays listed
     */
    synchronized Released release(Bytes image, String serial, String filename, @Nullable Long counter,
            Relations relations) throws IOException {
        Vehicle vehicle = fleet.vehicleOf(serial);
        String hardwareId = Objects.requireNonNull(vehicle.ecus().get(serial)).registered().hardwareId();
        long newest = newest(hardwareId);
        long version = counter == null ? newest + 1 : counter;
        if (version < newest) {
            throw new IllegalArgumentException("release counters never fall: that hardware had " + newest);
        }
        images.store(image);
        Target target = ImageRelations.with(ImageRepository.target(image, List.of(hardwareId), version), relations);
        change("released " + filename + " to " + serial, repository -> {
            repository.editor().targets().put(filename, target);
            repository.publish();
        });
        Fleet.Wanted order = fleet.want(vehicle.vin(), serial, filename);
        return new Released(filename, image.sha256(), image.length(), version, standing.number(), vehicle.vin(),
                order);
    }

    private long newest(String hardwareId) {
        return standing.image().targets().targets().values().stream()
                .filter(target -> target.hardwareIds().contains(hardwareId)).map(Target::releaseCounter)
                .filter(counter -> counter != null).mapToLong(Long::longValue).max().orElse(0);
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
        Publication image = standing.image();
        boolean snapshot = due(image.snapshot());
        if (!snapshot && !due(image.timestamp())) {
            return false;
        }
        change("renewed what was about to expire", repository -> {
            if (snapshot) {
                repository.renew();
            } else {
                repository.refreshTimestamp();
            }
        });
        return true;
    }

    private boolean due(Metadata metadata) {
        Duration half = IMAGE_LIFETIMES.getOrDefault(metadata.type(), DAY).dividedBy(2);
        return metadata.expires().isBefore(clock.instant().plus(half));
    }
}
