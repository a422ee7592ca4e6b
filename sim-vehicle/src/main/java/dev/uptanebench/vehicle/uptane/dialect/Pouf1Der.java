package dev.uptanebench.vehicle.uptane.dialect;

import org.jspecify.annotations.Nullable;
import dev.uptanebench.vehicle.uptane.InstallationReport;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.Metadata;
import dev.uptanebench.vehicle.uptane.PublicKey;
import dev.uptanebench.vehicle.uptane.RepositoryMap;
import dev.uptanebench.vehicle.uptane.Root;
import dev.uptanebench.vehicle.uptane.Signature;
import dev.uptanebench.vehicle.uptane.SigningKey;
import dev.uptanebench.vehicle.uptane.Snapshot;
import dev.uptanebench.vehicle.uptane.Targets;
import dev.uptanebench.vehicle.uptane.TimeMessage;
import dev.uptanebench.vehicle.uptane.Timestamp;
import dev.uptanebench.vehicle.uptane.Unverified;
import dev.uptanebench.vehicle.uptane.VehicleManifest;
import dev.uptanebench.vehicle.uptane.VersionReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * ASN.1 DER after POUF-1, with what the Standard has asked for since as extensions; {@code docs/pouf1-der.md} lists them.
 * One content has one encoding: what is read, and signed by the same keys, is written as the same bytes. A signature is
 * over the SHA-256 of {@code signed} as it stands in the file.
 */
public final class Pouf1Der implements Dialect {
    /** In the order of their numbers. */
    static final List<String> ROLES = List.of("root", "targets", "snapshot", "timestamp");
    /** The last second of the year 9999, beyond which dates have no common form. */
    private static final long LATEST = 253_402_300_799L;

    /** A signed part that was read: what it is, and the type it gives itself. */
    record Content<P>(String type, P payload) {}

    /** How the body of a role is read. */
    @FunctionalInterface
    interface Body<P> {
        P read(DerReader body, long version, Instant expires) throws MalformedMetadata;
    }

    @Override
    public String extension() {
        return "der";
    }

    @Override
    public Set<Feature> features() {
        return EnumSet.complementOf(EnumSet.of(Feature.CUSTOM_FIELDS, Feature.DELEGATION_NAMES));
    }

    @Override
    public String keyId(PublicKey key) {
        return Pouf1Keys.id(key);
    }

    @Override
    public Unverified<Root> root(Bytes file) throws MalformedMetadata {
        return metadata(file, "root", Pouf1Roles::root);
    }

    @Override
    public Unverified<Timestamp> timestamp(Bytes file) throws MalformedMetadata {
        return metadata(file, "timestamp", Pouf1Roles::timestamp);
    }

    @Override
    public Unverified<Snapshot> snapshot(Bytes file) throws MalformedMetadata {
        return metadata(file, "snapshot", Pouf1Roles::snapshot);
    }

    @Override
    public Unverified<Targets> targets(Bytes file) throws MalformedMetadata {
        return metadata(file, "targets", Pouf1Targets::targets);
    }

    private static <P> Unverified<P> metadata(Bytes file, String role, Body<P> reading) throws MalformedMetadata {
        return envelope(file, signed -> {
            String type = signed.enumerated(0, "type", ROLES);
            Instant expires = time(signed, 1, "expires");
            long version = signed.integer(2, "version", 1, Long.MAX_VALUE);
            return new Content<>(type, signed.sequence(3, "body", body -> body.sequence(ROLES.indexOf(role), role,
                    chosen -> reading.read(chosen, version, expires))));
        });
    }

    @Override
    public RepositoryMap map(Bytes file) throws MalformedMetadata {
        return Pouf1Map.read(file);
    }

    @Override
    public Unverified<TimeMessage> time(Bytes file) throws MalformedMetadata {
        return envelope(file, Pouf1Reports::time);
    }

    @Override
    public Unverified<VersionReport> report(Bytes file) throws MalformedMetadata {
        return envelope(file, Pouf1Reports::report);
    }

    @Override
    public Unverified<VehicleManifest> manifest(Bytes file) throws MalformedMetadata {
        return envelope(file, signed -> Pouf1Reports.manifest(signed, this::report));
    }

    /** All that is signed has one envelope. */
    private static <P> Unverified<P> envelope(Bytes file, DerReader.Reading<Content<P>> reading)
            throws MalformedMetadata {
        return DerReader.read(file, envelope -> {
            Bytes input = Bytes.hex(envelope.raw(0, "signed").sha256());
            Content<P> content = envelope.sequence(0, "signed", reading);
            List<Signature> signatures = envelope.sequences(1, "signatures",
                    signature -> Pouf1Keys.signature(signature, input));
            return new Unverified<>(content.payload(), content.type(), input, signatures, file);
        });
    }

    /** Seconds since 1970. */
    static Instant time(DerReader reader, int field, String name) throws MalformedMetadata {
        return Instant.ofEpochSecond(reader.integer(field, name, 0, LATEST));
    }

    @Override
    public Bytes encode(Metadata metadata, List<SigningKey> keys) {
        return Pouf1Writer.envelope(Pouf1Writer.signed(metadata), keys);
    }

    @Override
    public Bytes encode(RepositoryMap map) {
        return Pouf1Map.write(map);
    }

    @Override
    public Bytes encode(TimeMessage time, SigningKey key) {
        return Pouf1Writer.envelope(Pouf1Writer.signed(time), List.of(key));
    }

    @Override
    public Bytes encode(VersionReport report, SigningKey key) {
        return Pouf1Writer.envelope(Pouf1Writer.signed(report), List.of(key));
    }

    @Override
    public Bytes encode(String vin, String primarySerial, SortedMap<String, Bytes> reports,
            @Nullable InstallationReport installation, SigningKey key) {
        List<Bytes> sound = new ArrayList<>();
        new TreeMap<>(reports).forEach((serial, report) -> {
            try {
                if (report(report).payload().ecuSerial().equals(serial)) { // a report has no name but its own
                    sound.add(report);
                }
            } catch (MalformedMetadata e) {
                // a Secondary's nonsense is left out; the Director notices that its report is missing
            }
        });
        return Pouf1Writer.envelope(Pouf1Writer.signed(vin, primarySerial, sound), List.of(key));
    }
}
