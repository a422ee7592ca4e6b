package dev.uptanebench.vehicle.uptane;

import dev.uptanebench.vehicle.requirement.Carries;
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
 * @param timeSource key of the time source, in a Director's file where partial Secondaries hear of it; null elsewhere
 */
@Carries({"U-5.1.2-1", "U-5.2.3.1-1"})
public record Targets(long version, Instant expires, SortedMap<String, Target> targets, List<Delegation> delegations,
        @Nullable String vehicleIdentifier, @Nullable String correlationId, @Nullable PublicKey timeSource,
        Extras extras) implements Metadata {

    public Targets {
        targets = Collections.unmodifiableSortedMap(new TreeMap<>(targets));
        delegations = List.copyOf(delegations);
    }

    public Targets(long version, Instant expires, SortedMap<String, Target> targets, List<Delegation> delegations,
            @Nullable String vehicleIdentifier, @Nullable String correlationId) {
        this(version, expires, targets, delegations, vehicleIdentifier, correlationId, null, Extras.NONE);
    }

    @Override
    public RoleType type() {
        return RoleType.TARGETS;
    }

    /** A delegated role and who signs for it. Its name has any characters, but is neither empty nor a top-level role's. */
    @Carries("U-5.2.3.2-6")
    public record Delegatee(String name, Signers signers) {}

    /**
     * A delegation (5.2.3.2), in order of priority.
     *
     * @param name of the delegation; of its role where there is one
     * @param roles to which it delegates; more than one have to agree (5.1.2.1; TAP 3)
     * @param agreement how many of the roles have to say the same of an image
     * @param paths patterns of the filenames it covers
     * @param pathHashPrefixes first hex digits of the SHA-256 of the filenames it covers, instead of {@code paths}
     * @param hardwareIds the models it is for; empty for any
     * @param terminating whether the search ends with it where it covers a filename (5.1.2.1)
     */
    @Carries({"U-5.1.2.1-1", "U-5.2.3.2-1", "U-5.2.3.2-5"})
    public record Delegation(String name, List<Delegatee> roles, int agreement, List<String> paths,
            List<String> pathHashPrefixes, List<String> hardwareIds, boolean terminating, Extras extras) {

        public Delegation {
            roles = List.copyOf(roles);
            paths = List.copyOf(paths);
            pathHashPrefixes = List.copyOf(pathHashPrefixes);
            hardwareIds = List.copyOf(hardwareIds);
        }

        /** To one role. */
        public Delegation(String name, Signers signers, List<String> paths, List<String> pathHashPrefixes,
                List<String> hardwareIds, boolean terminating, Extras extras) {
            this(name, List.of(new Delegatee(name, signers)), 1, paths, pathHashPrefixes, hardwareIds, terminating,
                    extras);
        }

        /** To one role, for any model. */
        public Delegation(String name, Signers signers, List<String> paths, boolean terminating) {
            this(name, signers, paths, List.of(), List.of(), terminating, Extras.NONE);
        }

        public boolean isMultiRole() {
            return roles.size() > 1;
        }

        /**
         * Whether it is about an image (5.4.4.7 step 4.1).
         *
         * @param hardwareId the model the image is meant for, null where that is not known
         */
        public boolean covers(String filename, @Nullable String hardwareId, Wildcards wildcards) {
            return (hardwareId == null || hardwareIds.isEmpty() || hardwareIds.contains(hardwareId))
                    && (pathHashPrefixes.isEmpty()
                            ? paths.stream().anyMatch(pattern -> PathPattern.matches(pattern, filename, wildcards))
                            : pathHashPrefixes.stream().anyMatch(Bytes.utf8(filename).sha256()::startsWith));
        }
    }
}
