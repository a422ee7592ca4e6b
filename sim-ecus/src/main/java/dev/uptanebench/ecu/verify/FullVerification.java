package dev.uptanebench.ecu.verify;

import dev.uptanebench.vehicle.requirement.Carries;
import dev.uptanebench.vehicle.kernel.Limits;
import dev.uptanebench.vehicle.requirement.Check;
import dev.uptanebench.vehicle.requirement.Checks;
import dev.uptanebench.vehicle.requirement.Shortcut;
import dev.uptanebench.vehicle.uptane.DelegationSearch;
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
    @Carries("U-5.4.4.2-s10.sec")
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
    @Carries({"U-5.4-6", "U-5.4.4-1", "U-5.4.4.2-1", "U-3.2.2.1-1", "U-5.4.2.3-1", "U-5.4.3.2-1"})
    public List<Ordered> verify(MetadataSource source, Instant now, Map<String, Installed> installed)
            throws Rejected, Unavailable {
        Refresh ordered = new Refresh(director, source, checks, limits, now); // U-5.4.4.2-s1
        Refresh listed = new Refresh(image, source, checks, limits, now);
        ordered.roots(); // U-5.4.4.2-s2
        ordered.timestamp(); // U-5.4.4.2-s3
        if (!(director.isSnapshotCurrent(now) && checks.takes(Shortcut.DIRECTOR_SNAPSHOT_KNOWN))) { // U-5.4.4.2-s4.a
            ordered.snapshot(); // U-5.4.4.2-s4.b
            ordered.targets(rules); // U-5.4.4.2-s5
        }
        List<Ordered> orders = newOrders(installed); // one that was not carried out is still outstanding
        if (orders.isEmpty() && checks.takes(Shortcut.NOTHING_ORDERED)) { // U-5.4.4.2-s6.a
            return orders;
        }
        listed.roots(); // U-5.4.4.2-s6.b
        listed.timestamp(); // U-5.4.4.2-s7
        if (!(image.isSnapshotCurrent(now) && checks.takes(Shortcut.IMAGE_SNAPSHOT_KNOWN))) { // U-5.4.4.2-s8.a
            listed.snapshot(); // U-5.4.4.2-s8.b
            listed.targets(); // U-5.4.4.2-s9
        }
        for (Ordered order : orders) {
            requireSameInBoth(order, listed, installed.get(order.serial())); // U-5.4.4.2-s10
        }
        return orders;
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
    @Carries({"U-5.4.4.2-s10", "U-5.2.3.1.1-2", "U-5.2.6-3", "U-5.2.6-4"})
    private void requireSameInBoth(Ordered order, Refresh listed, @Nullable Installed before)
            throws Rejected, Unavailable {
        Target there = listed.find(order.filename(), order.hardwareId()).map(DelegationSearch.Found::target) // U-5.4.4.2-s10.1
                .orElse(null);
        Target here = order.target();
        require(Check.IMAGE_LISTED, order, there != null, "an entry in the Image repository", "none");
        if (there != null) {
            require(Check.IMAGE_SAME_IN_BOTH, order, // U-5.4.4.2-s10.2.1
                    here.length() == there.length() && here.hashes().equals(there.hashes()),
                    there.length() + " bytes " + there.hashes(), here.length() + " bytes " + here.hashes());
            require(Check.IMAGE_CUSTOM_SAME, order, // U-5.4.4.2-s10.2.2
                    there.hardwareIds().contains(order.hardwareId())
                            && Objects.equals(there.releaseCounter(), here.releaseCounter()),
                    "for " + there.hardwareIds() + " with release counter " + there.releaseCounter(),
                    "for " + order.hardwareId() + " with release counter " + here.releaseCounter());
        }
        Long counter = here.releaseCounter();
        require(Check.IMAGE_COUNTER_IN_METADATA, order, // U-5.4.4.2-s10.2.3
                before == null || (counter == null ? 0 : counter) >= before.releaseCounter(),
                "a release counter of at least " + (before == null ? 0 : before.releaseCounter()),
                String.valueOf(counter));
    }

    private void require(Check check, Ordered order, boolean holds, String expected, String found) throws Rejected {
        if (!holds && checks.on(check)) {
            throw new Rejected(Rejection.of(check, "image " + order.filename(), expected, found));
        }
    }
}
