package dev.uptanebench.ecu.verify;

import dev.uptanebench.vehicle.kernel.Limits;
import dev.uptanebench.vehicle.requirement.Checks;
import dev.uptanebench.vehicle.uptane.DelegationSearch;
import dev.uptanebench.vehicle.uptane.Target;
import java.time.Instant;
import java.util.Optional;

/** The client workflow of TUF 1.0.34 (section 5), over one repository. Made anew for each update. */
public final class TufVerification {
    private final TrustedMetadata trusted;
    private final Refresh refresh;
    private final Instant now;

    /**
     * @param trusted from {@link TrustedMetadata#ofTuf}
     * @param now the update start time, which counts throughout (5.1)
     */
    public TufVerification(TrustedMetadata trusted, MetadataSource source, Limits limits, Instant now) {
        this.trusted = trusted;
        this.refresh = new Refresh(trusted, source, Checks.all(), limits, now);
        this.now = now;
    }

    /** Gets what is new of the top-level metadata (5.3 to 5.6.6). */
    public void refresh() throws Rejected, Unavailable {
        refresh.roots();
        refresh.timestamp();
        if (!trusted.hasSnapshot(now)) {
            refresh.snapshot();
        }
        if (!trusted.hasTargets(now)) {
            refresh.targets();
        }
    }

    /** What the repository says of an image (5.6.7); empty if no role entitled to it lists it. */
    public Optional<Target> find(String filename) throws Rejected, Unavailable {
        return refresh.find(filename, null).map(DelegationSearch.Found::target);
    }

    /** Whether images carry a hash in front of their names (6.2). */
    public boolean isConsistent() {
        return trusted.root().consistentSnapshot();
    }
}
