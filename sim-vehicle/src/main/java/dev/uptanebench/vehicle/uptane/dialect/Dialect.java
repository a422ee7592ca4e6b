package dev.uptanebench.vehicle.uptane.dialect;

import dev.uptanebench.vehicle.requirement.Carries;
import org.jspecify.annotations.Nullable;
import dev.uptanebench.vehicle.uptane.InstallationReport;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.MetaFile;
import dev.uptanebench.vehicle.uptane.Metadata;
import dev.uptanebench.vehicle.uptane.PercentEncoding;
import dev.uptanebench.vehicle.uptane.PublicKey;
import dev.uptanebench.vehicle.uptane.RepositoryMap;
import dev.uptanebench.vehicle.uptane.RoleType;
import dev.uptanebench.vehicle.uptane.Root;
import dev.uptanebench.vehicle.uptane.SigningKey;
import dev.uptanebench.vehicle.uptane.Snapshot;
import dev.uptanebench.vehicle.uptane.Targets;
import dev.uptanebench.vehicle.uptane.TimeMessage;
import dev.uptanebench.vehicle.uptane.Timestamp;
import dev.uptanebench.vehicle.uptane.Unverified;
import dev.uptanebench.vehicle.uptane.VehicleManifest;
import dev.uptanebench.vehicle.uptane.VersionReport;
import dev.uptanebench.vehicle.uptane.Wildcards;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/** One encoding of everything that is signed. Implementations are stateless. */
public interface Dialect {

    /** What a file's name ends in, without the dot. */
    String extension();

    /** The key identifier of a public key that has none yet (5.2.1). */
    @Carries("U-5.2.1-1")
    String keyId(PublicKey key);

    /** What it can say of what not every dialect can. */
    default Set<Feature> features() {
        return EnumSet.allOf(Feature.class);
    }

    /** Types of keys whose signatures it has a name for. */
    default Set<String> keyTypes() {
        return Set.of("ed25519", "rsa", "ecdsa");
    }

    /** Most delegations in a row that its clients follow. */
    default int deepestDelegation() {
        return 16;
    }

    /** Where a repository keeps the files of delegated roles: empty, or a folder with a slash at its end. */
    default String delegationsFolder() {
        return "";
    }

    /**
     * What a repository calls the file of a role (5.2.7).
     *
     * @param version in front of the name; 0 for none
     */
    default String fileName(RoleType role, long version) {
        return versioned(role.id(), version);
    }

    /** The same of a delegated role, whose name may hold any character. */
    default String delegatedFileName(String role, long version) {
        return delegationsFolder() + versioned(PercentEncoding.segment(role), version);
    }

    private String versioned(String name, long version) {
        return (version == 0 ? "" : version + ".") + name + '.' + extension();
    }

    /** What Snapshot says of a Targets file (5.2.4): its version, or all that can be said. */
    default MetaFile listed(Targets targets, Bytes file) {
        return MetaFile.of(targets.version());
    }

    /**
     * The time that a report states where its ECU has none to state, which no Director can judge; empty where every report
     * has to state one (5.4.2.1.2).
     */
    default Optional<Instant> unknownTime() {
        return Optional.empty();
    }

    /** How far a wildcard in the path pattern of a delegation reaches. */
    default Wildcards wildcards() {
        return Wildcards.WITHIN_FOLDER;
    }

    Unverified<Root> root(Bytes file) throws MalformedMetadata;

    Unverified<Timestamp> timestamp(Bytes file) throws MalformedMetadata;

    Unverified<Snapshot> snapshot(Bytes file) throws MalformedMetadata;

    Unverified<Targets> targets(Bytes file) throws MalformedMetadata;

    /** The file of any role. */
    default Unverified<? extends Metadata> metadata(RoleType role, Bytes file) throws MalformedMetadata {
        return switch (role) {
            case ROOT -> root(file);
            case TIMESTAMP -> timestamp(file);
            case SNAPSHOT -> snapshot(file);
            case TARGETS -> targets(file);
        };
    }

    /** A repository map (5.2.6), which nobody signs. */
    RepositoryMap map(Bytes file) throws MalformedMetadata;

    Unverified<TimeMessage> time(Bytes file) throws MalformedMetadata;

    Unverified<VersionReport> report(Bytes file) throws MalformedMetadata;

    Unverified<VehicleManifest> manifest(Bytes file) throws MalformedMetadata;

    /** The bytes of a signed metadata file; the same input always gives the same bytes. What the dialect cannot say is left out. */
    Bytes encode(Metadata metadata, List<SigningKey> keys);

    /** The bytes of a repository map; the same map always gives the same bytes. */
    Bytes encode(RepositoryMap map);

    Bytes encode(TimeMessage time, SigningKey key);

    Bytes encode(VersionReport report, SigningKey key);

    /**
     * A signed vehicle manifest.
     *
     * @param vin left out where the dialect has no vehicle identifier
     * @param reports the signed reports as the ECUs made them, by serial; those that are none are left out
     * @param installation how the last order ended, if anything is to be said of it; left out where the dialect has no
     *        place for it
     */
    Bytes encode(String vin, String primarySerial, SortedMap<String, Bytes> reports,
            @Nullable InstallationReport installation, SigningKey key);

    /** The same without a word on how the last order ended. */
    default Bytes encode(String vin, String primarySerial, SortedMap<String, Bytes> reports, SigningKey key) {
        return encode(vin, primarySerial, reports, null, key);
    }
}
