package dev.uptanebench.ecu.verify;

import dev.uptanebench.vehicle.kernel.Limits;
import dev.uptanebench.vehicle.requirement.Checks;
import dev.uptanebench.vehicle.requirement.Shortcut;
import dev.uptanebench.vehicle.uptane.DelegationSearch;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.Target;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The Image repositories in one cycle. Each is brought up to date when it is first needed, and no more than once: what then
 * stood in the way stands in the way of every image of the cycle.
 */
final class Listing {
    private final MappedRepositories repositories;
    private final MetadataSource source;
    private final Checks checks;
    private final Limits limits;
    private final Instant now;
    private final Map<RepositoryName, UpToDate> known = new HashMap<>();

    private record UpToDate(@Nullable Refresh refresh, @Nullable Rejected refused, @Nullable Unavailable missing) {}

    Listing(MappedRepositories repositories, MetadataSource source, Checks checks, Limits limits, Instant now) {
        this.repositories = repositories;
        this.source = source;
        this.checks = checks;
        this.limits = limits;
        this.now = now;
    }

    /** What a repository says of an image. */
    Optional<Target> find(RepositoryName repository, String filename, String hardwareId)
            throws Rejected, Unavailable {
        return upToDate(repository).find(filename, hardwareId).map(DelegationSearch.Found::target); // U-5.4.4.2-s10.1
    }

    /** 5.4.4.2, steps 6 to 9. */
    Refresh upToDate(RepositoryName repository) throws Rejected, Unavailable {
        UpToDate state = known.get(repository);
        if (state == null) {
            state = refreshed(repository);
            known.put(repository, state);
        }
        if (state.refused() != null) {
            throw state.refused();
        }
        if (state.refresh() == null) {
            throw state.missing() == null ? new Unavailable(repository + " is not there") : state.missing();
        }
        return state.refresh();
    }

    private UpToDate refreshed(RepositoryName repository) {
        try {
            TrustedMetadata trusted = repositories.trusted(repository);
            Refresh listed = new Refresh(trusted, source, checks, limits, now);
            listed.roots(); // U-5.4.4.2-s6.b
            listed.timestamp(); // U-5.4.4.2-s7
            if (!(trusted.isSnapshotCurrent(now) && checks.takes(Shortcut.IMAGE_SNAPSHOT_KNOWN))) { // U-5.4.4.2-s8.a
                listed.snapshot(); // U-5.4.4.2-s8.b
                listed.targets(); // U-5.4.4.2-s9
            }
            return new UpToDate(listed, null, null);
        } catch (Rejected e) {
            return new UpToDate(null, e, null);
        } catch (Unavailable e) {
            return new UpToDate(null, null, e);
        }
    }
}
