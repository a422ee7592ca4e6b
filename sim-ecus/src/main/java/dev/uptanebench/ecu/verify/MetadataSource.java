package dev.uptanebench.ecu.verify;

import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.RoleType;

/** Where a client gets metadata files from: a server, or what the Primary has sent. */
public interface MetadataSource {

    /**
     * Gets one file.
     *
     * @param version the version to ask for; 0 for whichever is newest
     * @param limit most bytes to take in
     * @throws Unavailable if it could not be had for a reason that proves nothing
     */
    Fetched fetch(RepositoryName repository, RoleType role, long version, long limit) throws Unavailable;

    /**
     * Gets the file of a delegated role. A source that has none says that it is not there.
     *
     * @param role its name, which may hold any character
     */
    default Fetched fetchDelegated(RepositoryName repository, String role, long version, long limit)
            throws Unavailable {
        return new Absent();
    }

    /** What came. */
    sealed interface Fetched {}

    record File(Bytes bytes) implements Fetched {}

    /** There is no such file. */
    record Absent() implements Fetched {}

    /** It had more bytes than the limit. */
    record TooLarge() implements Fetched {}

    /** It came slower than an honest network would be. */
    record TooSlow(String rate) implements Fetched {}
}
