package dev.uptanebench.ecu.tuf;

import dev.uptanebench.ecu.verify.MetadataStore;
import dev.uptanebench.ecu.verify.Verified;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.Metadata;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.RoleType;
import org.jspecify.annotations.Nullable;

/** A store with a Root and nothing else, for looking at what a client is given to begin with. */
record GivenRoot(Bytes root) implements MetadataStore {

    @Override
    public @Nullable Bytes load(RepositoryName repository, RoleType role) {
        return role == RoleType.ROOT ? root : null;
    }

    @Override
    public void save(RepositoryName repository, Verified<? extends Metadata> metadata) {
        throw new IllegalStateException("nothing is to be kept here");
    }

    @Override
    public void dropAfterRotation(RepositoryName repository, RoleType role) {
        throw new IllegalStateException("there is nothing to be dropped here");
    }
}
