package dev.uptanebench.vehicle.uptane.dialect;

import dev.uptanebench.vehicle.requirement.AttackId;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.MetaFile;
import dev.uptanebench.vehicle.uptane.Metadata;
import dev.uptanebench.vehicle.uptane.PublicKey;
import dev.uptanebench.vehicle.uptane.RoleKeys;
import dev.uptanebench.vehicle.uptane.RoleType;
import dev.uptanebench.vehicle.uptane.Root;
import dev.uptanebench.vehicle.uptane.Signature;
import dev.uptanebench.vehicle.uptane.Signers;
import dev.uptanebench.vehicle.uptane.SigningKey;
import dev.uptanebench.vehicle.uptane.Snapshot;
import dev.uptanebench.vehicle.uptane.Target;
import dev.uptanebench.vehicle.uptane.Targets;
import dev.uptanebench.vehicle.uptane.TimeMessage;
import dev.uptanebench.vehicle.uptane.Timestamp;
import dev.uptanebench.vehicle.uptane.Unverified;
import dev.uptanebench.vehicle.uptane.VehicleManifest;
import dev.uptanebench.vehicle.uptane.VersionReport;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * TUF 1.0.34 JSON: OLPC canonical form as signing input, hex signatures, key ids that are the SHA-256 of the canonical
 * key object. Files are written in canonical form, so that their bytes do not depend on who writes them.
 */
public final class TufJson implements Dialect {

    @Override
    public String extension() {
        return "json";
    }

    @Override
    public String keyId(PublicKey key) {
        try {
            return CanonicalJson.encode(TufJsonWriter.key(key)).sha256();
        } catch (MalformedMetadata e) {
            throw new IllegalStateException("a key always has a canonical form", e);
        }
    }

    @Override
    public Unverified<Root> root(Bytes file) throws MalformedMetadata {
        return signed(file, signed -> {
            SortedMap<String, PublicKey> keys = keys(signed);
            Map<RoleType, RoleKeys> roles = new EnumMap<>(RoleType.class);
            JsonReader listed = signed.object("roles");
            for (RoleType role : RoleType.values()) {
                roles.put(role, roleKeys(listed.object(role.id())));
            }
            return new Root(signed.integer("version", 1), signed.time("expires"), signed.flag("consistent_snapshot"),
                    keys, roles);
        });
    }

    @Override
    public Unverified<Timestamp> timestamp(Bytes file) throws MalformedMetadata {
        return signed(file, signed -> new Timestamp(signed.integer("version", 1), signed.time("expires"),
                metaFile(signed.object("meta").object("snapshot.json"))));
    }

    @Override
    public Unverified<Snapshot> snapshot(Bytes file) throws MalformedMetadata {
        return signed(file, signed -> {
            SortedMap<String, MetaFile> files = new TreeMap<>();
            for (Map.Entry<String, JsonReader> entry : signed.object("meta").objects().entrySet()) {
                files.put(entry.getKey(), metaFile(entry.getValue()));
            }
            return new Snapshot(signed.integer("version", 1), signed.time("expires"), files);
        });
    }

    @Override
    public Unverified<Targets> targets(Bytes file) throws MalformedMetadata {
        return signed(file, signed -> {
            SortedMap<String, Target> targets = new TreeMap<>();
            for (Map.Entry<String, JsonReader> entry : signed.object("targets").objects().entrySet()) {
                targets.put(entry.getKey(), target(entry.getValue()));
            }
            JsonReader custom = signed.optionalObject("custom");
            return new Targets(signed.integer("version", 1), signed.time("expires"), targets, delegations(signed),
                    custom == null ? null : custom.optionalString("vehicleIdentifier"),
                    custom == null ? null : custom.optionalString("correlationId"));
        });
    }

    @Override
    public Unverified<TimeMessage> time(Bytes file) throws MalformedMetadata {
        return signed(file, signed -> new TimeMessage(signed.time("time"), signed.strings("nonces")));
    }

    @Override
    public Unverified<VersionReport> report(Bytes file) throws MalformedMetadata {
        return report(JsonReader.of(file), file);
    }

    @Override
    public Unverified<VehicleManifest> manifest(Bytes file) throws MalformedMetadata {
        JsonReader envelope = JsonReader.of(file);
        JsonReader signed = envelope.object("signed");
        SortedMap<String, Unverified<VersionReport>> reports = new TreeMap<>();
        for (Map.Entry<String, JsonReader> entry : signed.object("ecu_version_manifests").objects().entrySet()) {
            reports.put(entry.getKey(), report(entry.getValue(), CanonicalJson.encode(entry.getValue().node())));
        }
        VehicleManifest manifest = new VehicleManifest(signed.string("vin"), signed.string("primary_ecu_serial"),
                reports);
        return new Unverified<>(manifest, "", CanonicalJson.encode(signed.node()), reportSignatures(envelope), file);
    }

    private static Unverified<VersionReport> report(JsonReader envelope, Bytes file) throws MalformedMetadata {
        JsonReader signed = envelope.object("signed");
        JsonReader image = signed.object("installed_image");
        JsonReader info = image.object("fileinfo");
        VersionReport report = new VersionReport(signed.string("ecu_serial"), image.string("filepath"),
                info.integer("length", 0), info.object("hashes").string("sha256"),
                attacks(signed.string("attacks_detected")), signed.time("time"), signed.time("previous_time"),
                signed.integer("report_counter", 0));
        return new Unverified<>(report, "", CanonicalJson.encode(signed.node()), reportSignatures(envelope), file);
    }

    private static List<AttackId> attacks(String list) throws MalformedMetadata {
        List<AttackId> attacks = new ArrayList<>();
        for (String id : list.isEmpty() ? new String[0] : list.split(",", -1)) {
            try {
                attacks.add(new AttackId(id));
            } catch (IllegalArgumentException e) {
                throw new MalformedMetadata("attacks_detected: expected attack ids, found " + id);
            }
        }
        return attacks;
    }

    /** Report signatures state a digest beside the signature; it must be that of the signing input. */
    private static List<Signature> reportSignatures(JsonReader envelope) throws MalformedMetadata {
        String digest = CanonicalJson.encode(envelope.object("signed").node()).sha256();
        List<Signature> signatures = new ArrayList<>();
        for (JsonReader signature : envelope.list("signatures")) {
            JsonReader hash = signature.object("hash");
            if (!hash.string("function").equals("sha256") || !hash.string("digest").equals(digest)) {
                throw new MalformedMetadata("signatures: expected the sha256 of the signed part");
            }
            signatures.add(new Signature(signature.string("keyid"), signature.hex("sig")));
        }
        return signatures;
    }

    @Override
    public Bytes encode(Metadata metadata, List<SigningKey> keys) {
        return TufJsonWriter.envelope(TufJsonWriter.payload(metadata), keys);
    }

    @Override
    public Bytes encode(TimeMessage time, SigningKey key) {
        return TufJsonWriter.envelope(TufJsonWriter.payload(time), List.of(key));
    }

    @Override
    public Bytes encode(VersionReport report, SigningKey key) {
        return TufJsonWriter.reportEnvelope(TufJsonWriter.payload(report), key);
    }

    @Override
    public Bytes encode(String vin, String primarySerial, SortedMap<String, Bytes> reports, SigningKey key) {
        SortedMap<String, tools.jackson.databind.JsonNode> nodes = new TreeMap<>();
        reports.forEach((serial, report) -> {
            try {
                JsonReader envelope = JsonReader.of(report);
                report(envelope, CanonicalJson.encode(envelope.node()));
                nodes.put(serial, envelope.node());
            } catch (MalformedMetadata e) {
                // a Secondary's nonsense is left out; the Director notices that its report is missing
            }
        });
        return TufJsonWriter.reportEnvelope(TufJsonWriter.manifest(vin, primarySerial, nodes), key);
    }

    @FunctionalInterface
    private interface Payload<P> {
        P read(JsonReader signed) throws MalformedMetadata;
    }

    private static <P> Unverified<P> signed(Bytes file, Payload<P> payload) throws MalformedMetadata {
        JsonReader envelope = JsonReader.of(file);
        JsonReader signed = envelope.object("signed");
        List<Signature> signatures = new ArrayList<>();
        for (JsonReader signature : envelope.list("signatures")) {
            signatures.add(new Signature(signature.string("keyid"), signature.hex("sig")));
        }
        return new Unverified<>(payload.read(signed), signed.string("_type"), CanonicalJson.encode(signed.node()),
                signatures, file);
    }

    private static SortedMap<String, PublicKey> keys(JsonReader holder) throws MalformedMetadata {
        SortedMap<String, PublicKey> keys = new TreeMap<>();
        for (Map.Entry<String, JsonReader> entry : holder.object("keys").objects().entrySet()) {
            JsonReader key = entry.getValue();
            keys.put(entry.getKey(), new PublicKey(entry.getKey(), key.string("keytype"), key.string("scheme"),
                    key.object("keyval").string("public")));
        }
        return keys;
    }

    private static RoleKeys roleKeys(JsonReader role) throws MalformedMetadata {
        long threshold = role.integer("threshold", 1);
        return new RoleKeys(role.strings("keyids"), (int) Math.min(threshold, Integer.MAX_VALUE));
    }

    private static MetaFile metaFile(JsonReader file) throws MalformedMetadata {
        JsonReader hashes = file.optionalObject("hashes");
        return new MetaFile(file.integer("version", 1), file.optionalInteger("length", 0),
                hashes == null ? new TreeMap<>() : lowerCase(hashes.stringMap()));
    }

    private static Target target(JsonReader target) throws MalformedMetadata {
        SortedMap<String, String> hashes = lowerCase(target.object("hashes").stringMap());
        if (hashes.isEmpty()) {
            throw new MalformedMetadata("hashes: expected at least one");
        }
        @Nullable
        JsonReader custom = target.optionalObject("custom");
        SortedMap<String, String> ecus = new TreeMap<>();
        if (custom != null && custom.has("ecuIdentifiers")) {
            for (Map.Entry<String, JsonReader> ecu : custom.object("ecuIdentifiers").objects().entrySet()) {
                ecus.put(ecu.getKey(), ecu.getValue().string("hardwareId"));
            }
        }
        return new Target(target.integer("length", 0), hashes, ecus,
                custom != null && custom.has("hardwareIds") ? custom.strings("hardwareIds") : List.of(),
                custom == null ? null : custom.optionalInteger("releaseCounter", 0));
    }

    private static List<Targets.Delegation> delegations(JsonReader signed) throws MalformedMetadata {
        JsonReader delegations = signed.optionalObject("delegations");
        List<Targets.Delegation> all = new ArrayList<>();
        if (delegations != null) {
            SortedMap<String, PublicKey> keys = keys(delegations);
            for (JsonReader role : delegations.list("roles")) {
                all.add(new Targets.Delegation(role.string("name"), new Signers(keys, roleKeys(role)),
                        role.strings("paths"), role.flag("terminating")));
            }
        }
        return all;
    }

    private static SortedMap<String, String> lowerCase(SortedMap<String, String> hashes) {
        hashes.replaceAll((function, digest) -> digest.toLowerCase(Locale.ROOT));
        return hashes;
    }
}
