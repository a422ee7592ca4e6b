package dev.uptanebench.ecu.verify;

import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.Metadata;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.RoleType;
import org.jspecify.annotations.Nullable;

/** An ECU's memory of the metadata it trusts; survives power cuts. */
public interface MetadataStore {

    @Nullable
    Bytes load(RepositoryName repository, RoleType role);

    void save(RepositoryName repository, Verified<? extends Metadata> metadata);

    /** 5.4.4.3 step 4: Root changed the keys of this role. */
    void dropAfterRotation(RepositoryName repository, RoleType role);
}
