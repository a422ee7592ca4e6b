package dev.uptanebench.ecu.verify;

import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.Metadata;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.RoleType;
import dev.uptanebench.vehicle.uptane.Targets;
import java.util.Collections;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** An ECU's memory of the metadata it trusts; survives power cuts. */
public interface MetadataStore {

    @Nullable
    Bytes load(RepositoryName repository, RoleType role);

    void save(RepositoryName repository, Verified<? extends Metadata> metadata);

    /** The trusted file of a delegated role; a store that keeps none has the client fetch them again. */
    default @Nullable Bytes loadDelegated(RepositoryName repository, String role) {
        return null;
    }

    /** The delegated roles of which it holds a file. */
    default SortedSet<String> delegatedRoles(RepositoryName repository) {
        return Collections.emptySortedSet();
    }

    default void saveDelegated(RepositoryName repository, String role, Verified<Targets> metadata) {
        // nothing is kept
    }

    /** The repositories of which it holds a Root; a client of one repository alone need not be told. */
    default SortedSet<RepositoryName> repositories() {
        return Collections.emptySortedSet();
    }

    /** The repository map (5.2.6); null where there is none. */
    default @Nullable Bytes loadMap() {
        return null;
    }

    /** 5.4.4.3 step 4: Root changed the keys of this role. */
    void dropAfterRotation(RepositoryName repository, RoleType role);
}
