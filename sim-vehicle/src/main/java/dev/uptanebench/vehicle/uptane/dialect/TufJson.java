package dev.uptanebench.vehicle.uptane.dialect;

import tools.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import dev.uptanebench.vehicle.uptane.InstallationReport;
import dev.uptanebench.vehicle.requirement.AttackId;
import dev.uptanebench.vehicle.json.JsonTree;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.Extras;
import dev.uptanebench.vehicle.uptane.MetaFile;
import dev.uptanebench.vehicle.uptane.Metadata;
import dev.uptanebench.vehicle.uptane.PublicKey;
import dev.uptanebench.vehicle.uptane.RepositoryMap;
import dev.uptanebench.vehicle.uptane.RoleKeys;
import dev.uptanebench.vehicle.uptane.RoleType;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * TUF 1.0.34 JSON: OLPC canonical form as signing input, hex signatures, key ids that are the SHA-256 of the canonical
 * key object. Files are written in canonical form but for control characters, so that their bytes do not depend on who writes them.
 */
public final class TufJson implements Dialect {
    static final String SPEC_VERSION = "spec_version";
    private static final Set<String> ROOT = Set.of("_type", SPEC_VERSION, "version", "expires", "consistent_snapshot",
            "keys", "roles", JsonTimeSource.FIELD);
    static final Set<String> ROLE_NAMES = Arrays.stream(RoleType.values()).map(RoleType::id)
            .collect(Collectors.toUnmodifiableSet());
    private static final Set<String> META = Set.of("_type", SPEC_VERSION, "version", "expires", "meta");
    static final Set<String> META_FILE = Set.of("version", "length", "hashes");
    static final Set<String> ROLE = Set.of("keyids", "threshold");

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
            SortedMap<String, PublicKey> keys = TufJsonKeys.keys(signed);
            Map<RoleType, RoleKeys> roles = new EnumMap<>(RoleType.class);
            JsonReader listed = signed.object("roles");
            for (RoleType role : RoleType.values()) {
                roles.put(role, TufJsonKeys.roleKeys(listed.object(role.id()), ROLE));
            }
            return new Root(signed.integer("version", 1), signed.time("expires"),
                    signed.optionalFlag("consistent_snapshot"), keys, roles,
                    JsonTimeSource.read(signed, TufJsonKeys::key),
                    listed.extras(ROLE_NAMES, extras(signed, ROOT), "roles"));
        });
    }

    @Override
    public Unverified<Timestamp> timestamp(Bytes file) throws MalformedMetadata {
        return signed(file, signed -> new Timestamp(signed.integer("version", 1), signed.time("expires"),
                metaFile(signed.object("meta").object("snapshot.json")), extras(signed, META)));
    }

    @Override
    public Unverified<Snapshot> snapshot(Bytes file) throws MalformedMetadata {
        return signed(file, signed -> new Snapshot(signed.integer("version", 1), signed.time("expires"),
                signed.object("meta").objects(TufJson::metaFile), extras(signed, META)));
    }

    @Override
    public Unverified<Targets> targets(Bytes file) throws MalformedMetadata {
        return signed(file, TufJsonTargets::targets);
    }

    @Override
    public RepositoryMap map(Bytes file) throws MalformedMetadata {
        return JsonMap.read(file);
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
                reports, JsonInstallation.read(signed));
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

    static List<AttackId> attacks(String list) throws MalformedMetadata {
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
    public Bytes encode(RepositoryMap map) {
        return JsonMap.write(map);
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
    public Bytes encode(String vin, String primarySerial, SortedMap<String, Bytes> reports,
            @Nullable InstallationReport installation, SigningKey key) {
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
        ObjectNode signed = TufJsonWriter.manifest(vin, primarySerial, nodes);
        JsonInstallation.write(installation, signed);
        return TufJsonWriter.reportEnvelope(signed, key);
    }

    static MetaFile metaFile(JsonReader file) throws MalformedMetadata {
        return new MetaFile(file.integer("version", 1), file.optionalInteger("length", 0),
                TufJsonTargets.hashes(file.optionalObject("hashes")), file.extras(META_FILE));
    }

    /**
     * What a signed part says beyond its role's fields. The version of TUF it is written for is among that unless it is
     * the one that is written here.
     *
     * @throws MalformedMetadata if it is written for a major version other than 1
     */
    static Extras extras(JsonReader signed, Set<String> known) throws MalformedMetadata {
        String version = signed.optionalString(SPEC_VERSION);
        if (version != null && !version.startsWith("1.")) {
            throw signed.problem(SPEC_VERSION, "1.x");
        }
        if (version == null || version.equals(TufJsonWriter.SPEC_VERSION)) {
            return signed.extras(known);
        }
        SortedMap<String, String> others = new TreeMap<>(signed.others(known));
        others.put(SPEC_VERSION, JsonTree.write(signed.node().required(SPEC_VERSION)));
        return new Extras(others);
    }

    private static <P> Unverified<P> signed(Bytes file, JsonReader.Reading<P> payload) throws MalformedMetadata {
        JsonReader envelope = JsonReader.of(file);
        JsonReader signed = envelope.object("signed");
        List<Signature> signatures = new ArrayList<>();
        for (JsonReader signature : envelope.list("signatures")) {
            signatures.add(new Signature(signature.string("keyid"), signature.hex("sig")));
        }
        return new Unverified<>(payload.read(signed), signed.string("_type"),
                CanonicalJson.encode(signed.node(), file.length()),
                signatures, file);
    }
}
