package dev.uptanebench.ecu.verify;

import dev.uptanebench.vehicle.requirement.Carries;
import dev.uptanebench.vehicle.kernel.Limits;
import dev.uptanebench.vehicle.requirement.Check;
import dev.uptanebench.vehicle.requirement.Checks;
import dev.uptanebench.vehicle.requirement.Shortcut;
import dev.uptanebench.vehicle.uptane.RepositoryMap;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.Targets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Full verification (5.4.4.2): the Director, and the Image repositories that the map asks for, step by step. */
public final class FullVerification {
    private final Checks checks;
    private final Limits limits;
    private final MappedRepositories repositories;
    private final DirectorTargets rules;
    private final TimeSourceListed time;
    private final Overruled overruled;
    private final Set<String> concerned;

    /**
     * @param time hears of the time source's key
     * @param overruled hears what was held against repositories that an image did without
     * @param concerned the ECUs whose images are compared: all of the vehicle's for a Primary, its own for a Secondary
     */
    @Carries("U-5.4.4.2-s10.sec")
    public FullVerification(Checks checks, Limits limits, MappedRepositories repositories, DirectorTargets rules,
            TimeSourceListed time, Overruled overruled, Set<String> concerned) {
        this.checks = checks;
        this.limits = limits;
        this.repositories = repositories;
        this.rules = rules;
        this.time = time;
        this.overruled = overruled;
        this.concerned = concerned;
    }

    /**
     * Verifies the newest metadata.
     *
     * @param now latest attested time (step 1)
     * @param installed what each concerned ECU runs
     * @return the images to install, none if there is nothing new
     */
    @Carries({"U-5.4-6", "U-5.4.4-1", "U-5.4.4.2-1", "U-3.2.2.1-1", "U-5.4.2.3-1", "U-5.4.3.2-1"})
    public List<Ordered> verify(MetadataSource source, Instant now, Map<String, Installed> installed)
            throws Rejected, Unavailable {
        RepositoryMap map = repositories.consult(); // U-5.4.4.2-3
        TrustedMetadata director = repositories.trusted(RepositoryName.DIRECTOR);
        Refresh ordered = new Refresh(director, source, checks, limits, now); // U-5.4.4.2-s1
        ordered.roots(time); // U-5.4.4.2-s2
        ordered.timestamp(); // U-5.4.4.2-s3
        if (!(director.isSnapshotCurrent(now) && checks.takes(Shortcut.DIRECTOR_SNAPSHOT_KNOWN))) { // U-5.4.4.2-s4.a
            ordered.snapshot(); // U-5.4.4.2-s4.b
            ordered.targets(rules); // U-5.4.4.2-s5
        }
        List<Ordered> orders = newOrders(director.targets(), installed); // one that was not carried out is outstanding
        Listing listing = new Listing(repositories, source, checks, limits, now);
        if (orders.isEmpty()) {
            if (!checks.takes(Shortcut.NOTHING_ORDERED)) { // U-5.4.4.2-s6.a
                for (RepositoryName repository : map.imageRepositories()) {
                    listing.upToDate(repository); // U-5.4.4.2-s6.b to s9
                }
            }
            return orders;
        }
        return agreed(map, listing, orders, installed);
    }

    /** What was refused is told by whoever catches it; what was refused and not needed has to be told here. */
    private List<Ordered> agreed(RepositoryMap map, Listing listing, List<Ordered> orders,
            Map<String, Installed> installed) throws Rejected, Unavailable {
        List<Ordered> agreed = new ArrayList<>();
        Set<Rejection> suspicious = new LinkedHashSet<>();
        try {
            for (Ordered order : orders) {
                agreed.add(order.listedBy(Consensus.require(checks, map, listing, order, suspicious))); // U-5.4.4.2-s10
                requireNotOlder(order, installed.get(order.serial()));
            }
        } catch (Rejected e) {
            suspicious.remove(e.rejection());
            throw e;
        } finally {
            suspicious.forEach(overruled::overruled);
        }
        return agreed;
    }

    private List<Ordered> newOrders(@Nullable Targets ordered, Map<String, Installed> installed) {
        List<Ordered> orders = new ArrayList<>();
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

    private void requireNotOlder(Ordered order, @Nullable Installed before) throws Rejected {
        Long counter = order.target().releaseCounter();
        if (before != null && (counter == null ? 0 : counter) < before.releaseCounter() // U-5.4.4.2-s10.2.3
                && checks.on(Check.IMAGE_COUNTER_IN_METADATA)) {
            throw new Rejected(Rejection.of(Check.IMAGE_COUNTER_IN_METADATA, "image " + order.filename(),
                    "a release counter of at least " + before.releaseCounter(), String.valueOf(counter)));
        }
    }
}
