package dev.uptanebench.vehicle.uptane.dialect;

import tools.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import dev.uptanebench.vehicle.uptane.InstallationReport;
import dev.uptanebench.vehicle.uptane.Bytes;
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
import dev.uptanebench.vehicle.uptane.Wildcards;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * The JSON of the OTA Connect family, which the Uptane client of Automotive Grade Linux speaks. Beside TUF's: signatures
 * are base64 and name their method, a key id is the SHA-256 of the key's text alone, canonical JSON escapes as JSON does,
 * types are capitalised. There are no release counters, no vehicle identifier (a vehicle is its client certificate, or
 * its URL) and no versions in file names, and {@code *} in path patterns crosses {@code /}.
 *
 * <p>The family has no time message; the bench's is {@code {"_type":"Time","time","nonces"}} in the same envelope.
 */
public final class AtsJson implements Dialect {
    private static final Set<String> ROOT = Set.of("_type", "version", "expires", "keys", "roles",
            JsonTimeSource.FIELD);
    private static final Set<String> META = Set.of("_type", "version", "expires", "meta");
    private static final Set<String> METHODS = Set.of("rsassa-pss", "rsassa-pss-sha256", "ed25519");
    /** Clients of the family refuse more. */
    private static final long MOST_THRESHOLD = 1000;

    @Override
    public String extension() {
        return "json";
    }

    @Override
    public Set<Feature> features() {
        return EnumSet.of(Feature.CUSTOM_FIELDS, Feature.ENCRYPTED_IMAGES, Feature.DELTA_IMAGES,
                Feature.ATTESTED_TIME); // the last three are extensions, which other clients overlook
    }

    @Override
    public Set<String> keyTypes() {
        return Set.of("ed25519", "rsa");
    }

    @Override
    public int deepestDelegation() {
        return 5;
    }

    @Override
    public String delegationsFolder() {
        return "delegations/";
    }

    @Override
    public MetaFile listed(Targets targets, Bytes file) {
        return MetaFile.of(targets.version(), file);
    }

    /** Clients of the family hear of no time source, and always say so. */
    @Override
    public Optional<Instant> unknownTime() {
        return Optional.of(Instant.EPOCH);
    }

    @Override
    public Wildcards wildcards() {
        return Wildcards.ACROSS_FOLDERS;
    }

    @Override
    public String keyId(PublicKey key) {
        String text = key.value().endsWith("\n") ? key.value().substring(0, key.value().length() - 1) : key.value();
        return AtsJsonWriter.text(text).sha256();
    }

    @Override
    public Unverified<Root> root(Bytes file) throws MalformedMetadata {
        return signed(file, signed -> {
            SortedMap<String, PublicKey> keys = AtsJsonKeys.keys(signed);
            Map<RoleType, RoleKeys> roles = new EnumMap<>(RoleType.class);
            JsonReader listed = signed.object("roles");
            for (RoleType role : RoleType.values()) {
                roles.put(role, roleKeys(listed.object(role.id()), TufJson.ROLE));
            }
            return new Root(signed.integer("version", 1), signed.time("expires"), false, keys, roles,
                    JsonTimeSource.read(signed, AtsJsonKeys::key),
                    listed.extras(TufJson.ROLE_NAMES, signed.extras(ROOT), "roles"));
        });
    }

    static RoleKeys roleKeys(JsonReader role, Set<String> known) throws MalformedMetadata {
        if (role.integer("threshold", 1) > MOST_THRESHOLD) {
            throw role.problem("threshold", "at most " + MOST_THRESHOLD);
        }
        return TufJsonKeys.roleKeys(role, known);
    }

    @Override
    public Unverified<Timestamp> timestamp(Bytes file) throws MalformedMetadata {
        return signed(file, signed -> new Timestamp(signed.integer("version", 1), signed.time("expires"),
                TufJson.metaFile(signed.object("meta").object("snapshot.json")), signed.extras(META)));
    }

    @Override
    public Unverified<Snapshot> snapshot(Bytes file) throws MalformedMetadata {
        return signed(file, signed -> new Snapshot(signed.integer("version", 1), signed.time("expires"),
                signed.object("meta").objects(TufJson::metaFile), signed.extras(META)));
    }

    @Override
    public Unverified<Targets> targets(Bytes file) throws MalformedMetadata {
        return signed(file, AtsJsonTargets::targets);
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
        return AtsJsonReports.report(JsonReader.of(file), file);
    }

    @Override
    public Unverified<VehicleManifest> manifest(Bytes file) throws MalformedMetadata {
        return AtsJsonReports.manifest(JsonReader.of(file), file);
    }

    @Override
    public Bytes encode(Metadata metadata, List<SigningKey> keys) {
        return AtsJsonWriter.envelope(AtsJsonWriter.payload(metadata), keys);
    }

    @Override
    public Bytes encode(RepositoryMap map) {
        return JsonMap.write(map);
    }

    @Override
    public Bytes encode(TimeMessage time, SigningKey key) {
        return AtsJsonWriter.envelope(AtsJsonWriter.payload(time), List.of(key));
    }

    @Override
    public Bytes encode(VersionReport report, SigningKey key) {
        return AtsJsonWriter.envelope(AtsJsonWriter.payload(report), List.of(key));
    }

    @Override
    public Bytes encode(String vin, String primarySerial, SortedMap<String, Bytes> reports,
            @Nullable InstallationReport installation, SigningKey key) {
        SortedMap<String, JsonNode> nodes = new TreeMap<>();
        reports.forEach((serial, report) -> {
            try {
                JsonReader envelope = JsonReader.of(report);
                AtsJsonReports.report(envelope, canonical(envelope, report.length()));
                nodes.put(serial, envelope.node());
            } catch (MalformedMetadata e) {
                // a Secondary's nonsense is left out; the Director notices that its report is missing
            }
        });
        ObjectNode signed = AtsJsonWriter.manifest(primarySerial, nodes);
        JsonInstallation.write(installation, signed);
        return AtsJsonWriter.envelope(signed, List.of(key));
    }

    static Bytes canonical(JsonReader object, int expectedLength) throws MalformedMetadata {
        return CanonicalJson.encodeAscii(object.node(), expectedLength);
    }

    static List<Signature> signatures(JsonReader envelope) throws MalformedMetadata {
        List<Signature> signatures = new ArrayList<>();
        for (JsonReader signature : envelope.list("signatures")) {
            if (!METHODS.contains(signature.string("method").toLowerCase(Locale.ROOT))) {
                throw signature.problem("method", "rsassa-pss, rsassa-pss-sha256 or ed25519");
            }
            signatures.add(new Signature(signature.string("keyid"), signature.base64("sig")));
        }
        return signatures;
    }

    private static <P> Unverified<P> signed(Bytes file, JsonReader.Reading<P> payload) throws MalformedMetadata {
        JsonReader envelope = JsonReader.of(file);
        JsonReader signed = envelope.object("signed");
        return new Unverified<>(payload.read(signed), type(signed), canonical(signed, file.length()),
                signatures(envelope), file);
    }

    /** {@code Root} is {@code root} elsewhere; no other spelling is. */
    private static String type(JsonReader signed) throws MalformedMetadata {
        String type = signed.string("_type");
        String id = type.toLowerCase(Locale.ROOT);
        if (type.isEmpty() || !type.equals(AtsJsonWriter.capitalised(id))) {
            throw signed.problem("_type", "a name like Root");
        }
        return id;
    }
}
