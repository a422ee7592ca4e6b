package dev.uptanebench.vehicle.uptane;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Targets metadata (5.2.3).
 *
 * @param targets by filename
 * @param delegations empty where nothing is delegated
 * @param vehicleIdentifier the vehicle a Director's file is for (5.2.3.1), null elsewhere
 * @param correlationId the Director's name for the order, null where not used
 */
public record Targets(long version, Instant expires, SortedMap<String, Target> targets, List<Delegation> delegations,
        @Nullable String vehicleIdentifier, @Nullable String correlationId) implements Metadata {

    public Targets {
        targets = Collections.unmodifiableSortedMap(new TreeMap<>(targets));
        delegations = List.copyOf(delegations);
    }

    @Override
    public RoleType type() {
        return RoleType.TARGETS;
    }

    /** A delegation (5.2.3.2), in order of priority. */
    public record Delegation(String name, Signers signers, List<String> paths, boolean terminating) {}
}
