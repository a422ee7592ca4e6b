package dev.uptanebench.vehicle.uptane.dialect;

import dev.uptanebench.vehicle.requirement.AttackId;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.DeltaImage;
import dev.uptanebench.vehicle.uptane.EncryptedImage;
import dev.uptanebench.vehicle.uptane.Extras;
import dev.uptanebench.vehicle.uptane.MetaFile;
import dev.uptanebench.vehicle.uptane.Metadata;
import dev.uptanebench.vehicle.uptane.PublicKey;
import dev.uptanebench.vehicle.uptane.RoleKeys;
import dev.uptanebench.vehicle.uptane.Root;
import dev.uptanebench.vehicle.uptane.Signature;
import dev.uptanebench.vehicle.uptane.SigningKey;
import dev.uptanebench.vehicle.uptane.Snapshot;
import dev.uptanebench.vehicle.uptane.Target;
import dev.uptanebench.vehicle.uptane.Targets;
import dev.uptanebench.vehicle.uptane.TimeMessage;
import dev.uptanebench.vehicle.uptane.Timestamp;
import dev.uptanebench.vehicle.uptane.VersionReport;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The writing half of {@link TufJson}. */
final class TufJsonWriter {
    /** Of TUF, which files made here follow. */
    static final String SPEC_VERSION = "1.0.34";
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private TufJsonWriter() {}

    static Bytes envelope(JsonNode signed, List<SigningKey> keys) {
        ObjectNode envelope = NODES.objectNode();
        Bytes input = canonical(signed);
        ArrayNode signatures = envelope.putArray("signatures");
        for (SigningKey key : keys) {
            Signature signature = key.sign(input);
            signatures.addObject().put("keyid", signature.keyId()).put("sig", signature.value().toHex());
        }
        envelope.set("signed", signed);
        return file(envelope);
    }

    static Bytes reportEnvelope(JsonNode signed, SigningKey key) {
        ObjectNode envelope = NODES.objectNode();
        Bytes input = canonical(signed);
        Signature signature = key.sign(input);
        ObjectNode entry = envelope.putArray("signatures").addObject();
        entry.put("keyid", signature.keyId()).put("method", key.publicKey().scheme()).put("sig",
                signature.value().toHex());
        entry.putObject("hash").put("function", "sha256").put("digest", input.sha256()); // U-5.4.2.1.1-1, U-5.4.2.1.2-1
        envelope.set("signed", signed);
        return file(envelope);
    }

    static ObjectNode key(PublicKey key) {
        ObjectNode node = NODES.objectNode();
        extras(key.extras(), node);
        node.put("keytype", key.type()).put("scheme", key.scheme());
        ObjectNode value = section(node, "keyval");
        if (!key.value().isEmpty()) {
            value.put("public", key.value());
        }
        return node;
    }

    /** What the model does not know is written first, so that what it knows has the last word. */
    static void extras(Extras extras, ObjectNode out) {
        extras.fields().forEach((name, json) -> out.set(name, JsonReader.written(json)));
    }

    /** The object of that name, with the unknown fields it may have already. */
    static ObjectNode section(ObjectNode holder, String name) {
        return holder.get(name) instanceof ObjectNode before ? before : holder.putObject(name);
    }

    static JsonNode payload(Metadata metadata) {
        ObjectNode signed = NODES.objectNode().put(TufJson.SPEC_VERSION, SPEC_VERSION);
        extras(metadata.extras(), signed);
        signed.put("_type", metadata.type().id()).put("version", metadata.version())
                .put("expires", metadata.expires().toString());
        switch (metadata) {
            case Root root -> root(root, signed);
            case Timestamp timestamp ->
                metaFile(timestamp.snapshot(), signed.putObject("meta").putObject("snapshot.json"));
            case Snapshot snapshot -> {
                ObjectNode meta = signed.putObject("meta");
                snapshot.files().forEach((name, file) -> metaFile(file, meta.putObject(name)));
            }
            case Targets targets -> targets(targets, signed);
        }
        return signed;
    }

    static JsonNode payload(TimeMessage time) {
        ObjectNode signed = NODES.objectNode().put("_type", "time").put("time", time.time().toString());
        ArrayNode nonces = signed.putArray("nonces");
        time.nonces().forEach(nonces::add);
        return signed;
    }

    static JsonNode payload(VersionReport report) {
        ObjectNode signed = NODES.objectNode();
        signed.put("ecu_serial", report.ecuSerial());
        ObjectNode image = signed.putObject("installed_image").put("filepath", report.filename());
        image.putObject("fileinfo").put("length", report.length()).putObject("hashes").put("sha256", report.sha256());
        signed.put("attacks_detected",
                report.attacksDetected().stream().map(AttackId::id).collect(Collectors.joining(",")));
        return signed.put("time", report.time().toString()).put("previous_time", report.previousTime().toString())
                .put("report_counter", report.reportCounter());
    }

    static ObjectNode manifest(String vin, String primarySerial, SortedMap<String, JsonNode> reports) {
        ObjectNode signed = NODES.objectNode().put("vin", vin).put("primary_ecu_serial", primarySerial);
        ObjectNode manifests = signed.putObject("ecu_version_manifests");
        reports.forEach(manifests::set);
        return signed;
    }

    private static void root(Root root, ObjectNode signed) {
        signed.put("consistent_snapshot", root.consistentSnapshot());
        keys(root.keys(), signed.putObject("keys"));
        ObjectNode roles = section(signed, "roles");
        root.roles().forEach((role, keys) -> roleKeys(keys, roles.putObject(role.id())));
        JsonTimeSource.write(root.timeSource(), signed, TufJsonWriter::key);
    }

    private static void keys(SortedMap<String, PublicKey> keys, ObjectNode out) {
        keys.forEach((id, key) -> out.set(id, key(key)));
    }

    static void roleKeys(RoleKeys keys, ObjectNode out) {
        extras(keys.extras(), out);
        ArrayNode ids = out.putArray("keyids");
        keys.keyIds().forEach(ids::add);
        out.put("threshold", keys.threshold());
    }

    static void metaFile(MetaFile file, ObjectNode out) {
        extras(file.extras(), out);
        out.put("version", file.version());
        Long length = file.length();
        if (length != null) {
            out.put("length", length);
        }
        if (!file.hashes().isEmpty()) {
            file.hashes().forEach(out.putObject("hashes")::put);
        }
    }

    private static void targets(Targets targets, ObjectNode signed) {
        ObjectNode files = signed.putObject("targets");
        targets.targets().forEach((name, target) -> target(target, files.putObject(name)));
        String vehicle = targets.vehicleIdentifier();
        String correlation = targets.correlationId();
        if (vehicle != null || correlation != null) {
            ObjectNode custom = section(signed, "custom");
            if (vehicle != null) {
                custom.put("vehicleIdentifier", vehicle);
            }
            if (correlation != null) {
                custom.put("correlationId", correlation);
            }
        }
        if (targets.timeSource() != null) {
            JsonTimeSource.write(targets.timeSource(), section(signed, "custom"), TufJsonWriter::key);
        }
        if (!targets.delegations().isEmpty()) {
            delegations(targets.delegations(), signed.putObject("delegations"));
        }
    }

    private static void delegations(List<Targets.Delegation> delegations, ObjectNode out) {
        ObjectNode keys = out.putObject("keys");
        ArrayNode roles = out.putArray("roles");
        for (Targets.Delegation delegation : delegations) {
            delegation.roles().forEach(delegatee -> keys(delegatee.signers().keys(), keys));
            ObjectNode role = roles.addObject();
            extras(delegation.extras(), role);
            role.put("name", delegation.name());
            delegatees(delegation, role);
            boolean hashed = !delegation.pathHashPrefixes().isEmpty();
            (hashed ? delegation.pathHashPrefixes() : delegation.paths())
                    .forEach(role.putArray(hashed ? "path_hash_prefixes" : "paths")::add);
            if (!delegation.hardwareIds().isEmpty()) {
                delegation.hardwareIds().forEach(role.putArray("hardwareIds")::add);
            }
            role.put("terminating", delegation.terminating());
        }
    }

    private static void delegatees(Targets.Delegation delegation, ObjectNode out) {
        if (!delegation.isMultiRole()) {
            roleKeys(delegation.roles().getFirst().signers().role(), out);
            return;
        }
        out.put("min_roles_in_agreement", delegation.agreement());
        ArrayNode all = out.putArray("roleinfo");
        for (Targets.Delegatee delegatee : delegation.roles()) {
            ObjectNode one = all.addObject();
            one.put("rolename", delegatee.name());
            roleKeys(delegatee.signers().role(), one);
        }
    }

    private static void target(Target target, ObjectNode out) {
        extras(target.extras(), out);
        out.put("length", target.length());
        target.hashes().forEach(out.putObject("hashes")::put);
        ObjectNode custom = out.get("custom") instanceof ObjectNode before ? before : NODES.objectNode();
        if (!target.ecus().isEmpty()) {
            ObjectNode ecus = custom.putObject("ecuIdentifiers");
            ecus(target, ecus);
        }
        if (!target.hardwareIds().isEmpty()) {
            target.hardwareIds().forEach(custom.putArray("hardwareIds")::add);
        }
        Long counter = target.releaseCounter();
        if (counter != null) {
            custom.put("releaseCounter", counter);
        }
        if (!custom.isEmpty()) {
            out.set("custom", custom);
        }
    }

    static void ecus(Target target, ObjectNode out) {
        target.ecus().forEach((serial, hardware) -> {
            ObjectNode ecu = out.putObject(serial).put("hardwareId", hardware);
            EncryptedImage encrypted = target.encrypted().get(serial);
            if (encrypted != null) {
                JsonEncryption.write(encrypted, ecu);
            }
            DeltaImage delta = target.deltas().get(serial);
            if (delta != null) {
                JsonDelta.write(delta, ecu);
            }
        });
    }

    private static Bytes file(JsonNode node) {
        try {
            return CanonicalJson.encodeFile(node);
        } catch (MalformedMetadata e) {
            throw new IllegalStateException("what the bench writes always has a canonical form", e);
        }
    }

    private static Bytes canonical(JsonNode node) {
        try {
            return CanonicalJson.encode(node);
        } catch (MalformedMetadata e) {
            throw new IllegalStateException("what the bench writes always has a canonical form", e);
        }
    }
}
