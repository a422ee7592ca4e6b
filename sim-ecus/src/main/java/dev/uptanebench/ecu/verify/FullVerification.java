package dev.uptanebench.ecu.verify;

import dev.uptanebench.vehicle.kernel.Limits;
import dev.uptanebench.vehicle.requirement.Check;
import dev.uptanebench.vehicle.requirement.Checks;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.RoleType;
import dev.uptanebench.vehicle.uptane.Target;
import dev.uptanebench.vehicle.uptane.Targets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Full verification (5.4.4.2): both repositories, step by step. */
public final class FullVerification {
    private final Checks checks;
    private final Limits limits;
    private final TrustedMetadata director;
    private final TrustedMetadata image;
    private final DirectorTargets rules;
    private final Set<String> concerned;

    /**
     * @param concerned the ECUs whose images are compared: all of the vehicle's for a Primary, its own for a Secondary
     */
    public FullVerification(Checks checks, Limits limits, TrustedMetadata director, TrustedMetadata image,
            DirectorTargets rules, Set<String> concerned) {
        this.checks = checks;
        this.limits = limits;
        this.director = director;
        this.image = image;
        this.rules = rules;
        this.concerned = concerned;
    }

    /**
     * Verifies the newest metadata.
     *
     * @param now latest attested time (step 1)
     * @param installed what each concerned ECU runs
     * @return the images to install, none if there is nothing new
     */
    public List<Ordered> verify(MetadataSource source, Instant now, Map<String, Installed> installed)
            throws Rejected, Unavailable {
        Retrieval retrieval = new Retrieval(source);
        followRoots(director, RepositoryName.DIRECTOR, retrieval, now); // U-5.4.4.2-s2
        director.offerTimestamp(retrieval.timestamp(RepositoryName.DIRECTOR), now); // s3
        if (!director.isSnapshotCurrent()) { // s4.a; an order that was not carried out is still outstanding
            director.offerSnapshot(retrieval.snapshot(RepositoryName.DIRECTOR, director), now); // s4.b
            director.offerTargets(retrieval.targets(RepositoryName.DIRECTOR, director), now, rules); // s5
        }
        List<Ordered> orders = newOrders(installed); // s6.a
        if (orders.isEmpty()) {
            return orders;
        }
        followRoots(image, RepositoryName.IMAGE, retrieval, now); // s6.b
        image.offerTimestamp(retrieval.timestamp(RepositoryName.IMAGE), now); // s7
        if (!image.isSnapshotCurrent()) { // s8.a
            image.offerSnapshot(retrieval.snapshot(RepositoryName.IMAGE, image), now); // s8.b
            image.offerTargets(retrieval.targets(RepositoryName.IMAGE, image), now, rules); // s9
        }
        for (Ordered order : orders) {
            requireSameInBoth(order, installed.get(order.serial())); // s10
        }
        return orders;
    }

    /** 5.4.4.3. */
    private void followRoots(TrustedMetadata trusted, RepositoryName repository, Retrieval retrieval, Instant now)
            throws Rejected, Unavailable {
        for (int i = 0; i < limits.rootRotations(); i++) {
            Bytes next = retrieval.root(repository, trusted.root().version() + 1); // s2.2
            if (next == null) {
                break;
            }
            trusted.offerRoot(next);
        }
        trusted.endOfRoots(now); // s3
    }

    private List<Ordered> newOrders(Map<String, Installed> installed) {
        List<Ordered> orders = new ArrayList<>();
        Targets ordered = director.targets();
        if (ordered == null) {
            return orders;
        }
        ordered.targets().forEach((filename, target) -> target.ecus().forEach((serial, hardwareId) -> {
            Installed runs = installed.get(serial);
            boolean isNew = runs == null || !runs.sha256().equals(target.hashes().get("sha256"));
            if (concerned.contains(serial) && isNew) {
                orders.add(new Ordered(serial, hardwareId, filename, target));
            }
        }));
        return orders;
    }

    /** 5.4.4.2 step 10. */
    private void requireSameInBoth(Ordered order, @Nullable Installed before) throws Rejected {
        Targets listed = image.targets();
        Target there = listed == null ? null : listed.targets().get(order.filename()); // s10.1
        Target here = order.target();
        require(Check.IMAGE_LISTED, order, there != null, "an entry in the Image repository", "none");
        if (there != null) {
            require(Check.IMAGE_SAME_IN_BOTH, order, // s10.2.1
                    here.length() == there.length() && here.hashes().equals(there.hashes()),
                    there.length() + " bytes " + there.hashes(), here.length() + " bytes " + here.hashes());
            require(Check.IMAGE_CUSTOM_SAME, order, // s10.2.2
                    there.hardwareIds().contains(order.hardwareId())
                            && Objects.equals(there.releaseCounter(), here.releaseCounter()),
                    "for " + there.hardwareIds() + " with release counter " + there.releaseCounter(),
                    "for " + order.hardwareId() + " with release counter " + here.releaseCounter());
        }
        Long counter = here.releaseCounter();
        require(Check.IMAGE_COUNTER_IN_METADATA, order, // s10.2.3
                before == null || (counter == null ? 0 : counter) >= before.releaseCounter(),
                "a release counter of at least " + (before == null ? 0 : before.releaseCounter()),
                String.valueOf(counter));
    }

    private void require(Check check, Ordered order, boolean holds, String expected, String found) throws Rejected {
        if (!holds && checks.on(check)) {
            throw new Rejected(Rejection.of(check, "image " + order.filename(), expected, found));
        }
    }

    /** Gets files within their limits; a file that breaks one is refused here. */
    private final class Retrieval {
        private final MetadataSource source;

        Retrieval(MetadataSource source) {
            this.source = source;
        }

        @Nullable
        Bytes root(RepositoryName repository, long version) throws Rejected, Unavailable {
            return fetch(repository, RoleType.ROOT, version, Check.ROOT_SIZE, limits.rootBytes());
        }

        Bytes timestamp(RepositoryName repository) throws Rejected, Unavailable {
            return needed(repository, RoleType.TIMESTAMP, fetch(repository, RoleType.TIMESTAMP, 0, Check.TIMESTAMP_SIZE,
                    limits.timestampBytes()));
        }

        Bytes snapshot(RepositoryName repository, TrustedMetadata trusted) throws Rejected, Unavailable {
            Long length = trusted.expectedSnapshot().length();
            return needed(repository, RoleType.SNAPSHOT,
                    fetch(repository, RoleType.SNAPSHOT, trusted.expectedSnapshot().version(), Check.SNAPSHOT_SIZE,
                            length == null ? limits.snapshotBytes() : Math.min(length, limits.snapshotBytes())));
        }

        Bytes targets(RepositoryName repository, TrustedMetadata trusted) throws Rejected, Unavailable {
            return needed(repository, RoleType.TARGETS, fetch(repository, RoleType.TARGETS,
                    trusted.expectedTargetsVersion(), Check.TARGETS_SIZE, limits.targetsBytes()));
        }

        private @Nullable Bytes fetch(RepositoryName repository, RoleType role, long version,
                Check check, long limit) throws Rejected, Unavailable {
            long bound = checks.on(check) ? limit : Integer.MAX_VALUE;
            String subject = repository.id() + ' ' + role.id();
            return switch (source.fetch(repository, role, version, bound)) {
                case MetadataSource.File file -> file.bytes();
                case MetadataSource.Absent absent -> null;
                case MetadataSource.TooLarge tooLarge ->
                    throw new Rejected(Rejection.of(check, subject, "at most " + limit + " bytes", "more"));
                case MetadataSource.TooSlow tooSlow -> throw new Rejected(
                        Rejection.of(Check.RETRIEVAL_RATE, subject, "an honest rate", tooSlow.rate()));
            };
        }

        private Bytes needed(RepositoryName repository, RoleType role,
                @Nullable Bytes file) throws Unavailable {
            if (file == null) {
                throw new Unavailable(repository.id() + ' ' + role.id() + " is not there");
            }
            return file;
        }
    }
}
