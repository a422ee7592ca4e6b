package dev.uptanebench.bench.serve;

import dev.uptanebench.bench.config.BenchConfig;
import dev.uptanebench.bench.config.EcuConfig;
import dev.uptanebench.vehicle.http.Request;
import dev.uptanebench.vehicle.http.Response;
import dev.uptanebench.vehicle.kernel.Limits;
import dev.uptanebench.vehicle.repository.Decision;
import dev.uptanebench.vehicle.repository.DirectorRepository;
import dev.uptanebench.vehicle.repository.ImageRepository;
import dev.uptanebench.vehicle.repository.Inventory;
import dev.uptanebench.vehicle.repository.KeySource;
import dev.uptanebench.vehicle.repository.MetadataRepository;
import dev.uptanebench.vehicle.repository.Publication;
import dev.uptanebench.vehicle.repository.RepositoryEditor;
import dev.uptanebench.vehicle.requirement.Checks;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.Metadata;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.RoleType;
import dev.uptanebench.vehicle.uptane.Target;
import dev.uptanebench.vehicle.uptane.TufSignatures;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Director and Image repository for the vehicle of a bench. Every change begins at what stands on disk and counts once
 * it stands there again; a change that fails has not happened. Changes come one at a time; reading needs no lock.
 */
final class Oem {
    private static final Duration YEAR = Duration.ofDays(365);
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration DAY = Duration.ofDays(1);
    /** Root and the Image repository's Targets are signed with keys that should lie in a safe; the others are online. */
    static final Map<RoleType, Duration> DIRECTOR_LIFETIMES = Map.of(RoleType.ROOT, YEAR, RoleType.TARGETS, WEEK,
            RoleType.SNAPSHOT, WEEK, RoleType.TIMESTAMP, DAY);
    static final Map<RoleType, Duration> IMAGE_LIFETIMES = Map.of(RoleType.ROOT, YEAR, RoleType.TARGETS, YEAR,
            RoleType.SNAPSHOT, WEEK, RoleType.TIMESTAMP, DAY);

    private final BenchConfig config;
    private final KeySource keys;
    private final StandingFolder publications;
    private final ImageFolder images;
    private final Inventory inventory;
    private final InstantSource clock;
    private volatile Standing standing;

    /** Goes on where the state stands, or begins with empty repositories. */
    Oem(BenchConfig config, KeySource keys, StandingFolder publications, ImageFolder images, Inventory inventory,
            InstantSource clock) throws IOException {
        this.config = config;
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
            Repositories first = new Repositories(null);
            first.director.publish();
            first.image.publish();
            standing = publications.publish(Optional.empty(), first.director.current(), first.image.current());
            decided(Decision.Kind.PUBLISHED, String.valueOf(standing.number()), "the first publication");
        }
    }

    /** A process can die between publishing and writing down that it did. */
    private void noteIfUnnoted() {
        String number = String.valueOf(standing.number());
        boolean noted = inventory.decisions(config.vin(), 1000).stream()
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

    BenchConfig config() {
        return config;
    }

    /** Both repositories as they can be changed: made anew for each change, from what stands. */
    private final class Repositories {
        final MetadataRepository director;
        final MetadataRepository image;

        Repositories(@Nullable Standing standing) {
            director = repository(RepositoryName.DIRECTOR, DIRECTOR_LIFETIMES, config.vin());
            image = repository(RepositoryName.IMAGE, IMAGE_LIFETIMES, null);
            if (standing != null) {
                director.resume(standing.director());
                image.resume(standing.image());
            }
        }

        private MetadataRepository repository(RepositoryName name, Map<RoleType, Duration> lifetimes,
                @Nullable String vin) {
            return new MetadataRepository(clock, Limits.standard(), event -> {},
                    new RepositoryEditor(name, keys, lifetimes, Map.of(), vin));
        }

        DirectorRepository judging() {
            return new DirectorRepository(director, event -> {}, config.vin(), inventory, Checks.all(),
                    new TufSignatures());
        }
    }

    private void change(String why, Consumer<Repositories> change) throws IOException {
        Standing before = standing;
        Repositories repositories = new Repositories(before);
        change.accept(repositories);
        standing = publications.publish(Optional.of(before), repositories.director.current(),
                repositories.image.current());
        decided(Decision.Kind.PUBLISHED, String.valueOf(standing.number()), why);
    }

    /** What came of an order. */
    record Released(String filename, String sha256, int length, long releaseCounter, long publication) {}

    /**
     * Lists an image in the Image repository and orders it for one ECU.
     *
     * @param counter the image's release counter; null for the next after the newest of that name's hardware
     * @throws IllegalArgumentException if the ECU is not there, or the counter would fall
     */
    synchronized Released release(Bytes image, String serial, String filename, @Nullable Long counter)
            throws IOException {
        EcuConfig ecu = config.ecus().stream().filter(any -> any.serial().equals(serial)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the bench has no ECU with serial " + serial));
        long newest = newest(ecu.hardwareId());
        long version = counter == null ? newest + 1 : counter;
        if (version < newest) {
            throw new IllegalArgumentException("release counters never fall: that hardware had " + newest);
        }
        images.store(image);
        Target target = ImageRepository.target(image, List.of(ecu.hardwareId()), version);
        change("released " + filename + " to " + serial, repositories -> {
            repositories.image.editor().targets().put(filename, target);
            repositories.image.publish();
            repositories.judging().order(filename, target, serial, ecu.hardwareId());
            repositories.director.publish();
        });
        return new Released(filename, image.sha256(), image.length(), version, standing.number());
    }

    private long newest(String hardwareId) {
        return standing.image().targets().targets().values().stream()
                .filter(target -> target.hardwareIds().contains(hardwareId)).map(Target::releaseCounter)
                .filter(counter -> counter != null).mapToLong(Long::longValue).max().orElse(0);
    }

    /** Judges a vehicle manifest (5.3.2.1). */
    synchronized Response manifest(Bytes body) {
        return new Repositories(standing).judging().respond(new Request("PUT", "manifest", body));
    }

    /** Registers ECUs of the vehicle with keys of their own, one by one: where one is refused, those before it stay. */
    synchronized Response register(Bytes body) {
        EcuRegistration registration;
        try {
            registration = EcuRegistration.read(body, keys.dialect());
            registration.require(config);
        } catch (IllegalArgumentException e) {
            decided(Decision.Kind.ECU_REFUSED, "registration " + body.sha256(), String.valueOf(e.getMessage()));
            return Response.refused("{\"error\":\"this registration does not fit the vehicle\"}");
        }
        for (var ecu : registration.ecus()) {
            boolean registered = inventory.register(config.vin(), ecu);
            decided(registered ? Decision.Kind.ECU_REGISTERED : Decision.Kind.ECU_REFUSED, ecu.serial(),
                    registered ? "key " + ecu.key().id() : "another key is registered for it");
            if (!registered) {
                return Response.refused("{\"error\":\"an ECU is registered with another key\"}");
            }
        }
        return Response.ok(Bytes.utf8("{}"));
    }

    void clientRefused(String client, String why) {
        decided(Decision.Kind.CLIENT_REFUSED, client, why);
    }

    private void decided(Decision.Kind kind, String subject, String why) {
        inventory.decided(new Decision(clock.instant(), config.vin(), kind, subject, why));
    }

    /**
     * Signs anew what expires before half of its lifetime is over, with the keys that are online.
     *
     * @return whether anything was due
     */
    synchronized boolean renew() throws IOException {
        Publication director = standing.director();
        Publication image = standing.image();
        boolean orders = due(director.targets(), DIRECTOR_LIFETIMES) || due(director.snapshot(), DIRECTOR_LIFETIMES)
                || due(director.timestamp(), DIRECTOR_LIFETIMES);
        boolean snapshot = due(image.snapshot(), IMAGE_LIFETIMES);
        boolean timestamp = due(image.timestamp(), IMAGE_LIFETIMES);
        if (!orders && !snapshot && !timestamp) {
            return false;
        }
        change("renewed what was about to expire", repositories -> {
            if (orders) {
                repositories.director.publish();
            }
            if (snapshot) {
                repositories.image.renew();
            } else if (timestamp) {
                repositories.image.refreshTimestamp();
            }
        });
        return true;
    }

    private boolean due(Metadata metadata, Map<RoleType, Duration> lifetimes) {
        Duration half = lifetimes.getOrDefault(metadata.type(), DAY).dividedBy(2);
        return metadata.expires().isBefore(clock.instant().plus(half));
    }
}
