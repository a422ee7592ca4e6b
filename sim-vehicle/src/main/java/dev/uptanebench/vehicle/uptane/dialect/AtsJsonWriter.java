package dev.uptanebench.vehicle.uptane.dialect;

import dev.uptanebench.vehicle.requirement.AttackId;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.Metadata;
import dev.uptanebench.vehicle.uptane.PublicKey;
import dev.uptanebench.vehicle.uptane.Root;
import dev.uptanebench.vehicle.uptane.Signature;
import dev.uptanebench.vehicle.uptane.Signers;
import dev.uptanebench.vehicle.uptane.SigningKey;
import dev.uptanebench.vehicle.uptane.Snapshot;
import dev.uptanebench.vehicle.uptane.Target;
import dev.uptanebench.vehicle.uptane.Targets;
import dev.uptanebench.vehicle.uptane.TimeMessage;
import dev.uptanebench.vehicle.uptane.Timestamp;
import dev.uptanebench.vehicle.uptane.VersionReport;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * The writing half of {@link AtsJson}. Whole files are canonical, since clients of the family hash the canonical form of
 * a file and not its bytes.
 */
final class AtsJsonWriter {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private AtsJsonWriter() {}

    static Bytes envelope(JsonNode signed, List<SigningKey> keys) {
        ObjectNode envelope = NODES.objectNode();
        Bytes input = canonical(signed);
        ArrayNode signatures = envelope.putArray("signatures");
        for (SigningKey key : keys) {
            Signature signature = key.sign(input);
            signatures.addObject().put("keyid", signature.keyId()).put("method", AtsJsonKeys.method(key.publicKey()))
                    .put("sig", Base64.getEncoder().encodeToString(signature.value().toArray()));
        }
        envelope.set("signed", signed);
        return canonical(envelope);
    }

    static String capitalised(String type) {
        return type.isEmpty() ? type : type.substring(0, 1).toUpperCase(Locale.ROOT) + type.substring(1);
    }

    static JsonNode payload(Metadata metadata) {
        ObjectNode signed = NODES.objectNode();
        TufJsonWriter.extras(metadata.extras(), signed);
        signed.put("_type", capitalised(metadata.type().id())).put("version", metadata.version())
                .put("expires", metadata.expires().toString());
        switch (metadata) {
            case Root root -> root(root, signed);
            case Timestamp timestamp ->
                TufJsonWriter.metaFile(timestamp.snapshot(), signed.putObject("meta").putObject("snapshot.json"));
            case Snapshot snapshot -> {
                ObjectNode meta = signed.putObject("meta");
                snapshot.files().forEach((name, file) -> TufJsonWriter.metaFile(file, meta.putObject(name)));
            }
            case Targets targets -> targets(targets, signed);
        }
        return signed;
    }

    static JsonNode payload(TimeMessage time) {
        ObjectNode signed = NODES.objectNode().put("_type", "Time").put("time", time.time().toString());
        ArrayNode nonces = signed.putArray("nonces");
        time.nonces().forEach(nonces::add);
        return signed;
    }

    static JsonNode payload(VersionReport report) {
        ObjectNode signed = NODES.objectNode().put("ecu_serial", report.ecuSerial());
        ObjectNode image = signed.putObject("installed_image").put("filepath", report.filename());
        image.putObject("fileinfo").put("length", report.length()).putObject("hashes").put("sha256", report.sha256());
        return signed
                .put("attacks_detected",
                        report.attacksDetected().stream().map(AttackId::id).collect(Collectors.joining(",")))
                .put("timeserver_time", report.time().toString())
                .put("previous_timeserver_time", report.previousTime().toString())
                .put("report_counter", Long.toString(report.reportCounter()));
    }

    static ObjectNode manifest(String primarySerial, SortedMap<String, JsonNode> reports) {
        ObjectNode signed = NODES.objectNode().put("primary_ecu_serial", primarySerial);
        ObjectNode manifests = signed.putObject("ecu_version_manifests");
        reports.forEach(manifests::set);
        return signed;
    }

    private static void root(Root root, ObjectNode signed) {
        keys(root.keys(), signed.putObject("keys"));
        ObjectNode roles = TufJsonWriter.section(signed, "roles");
        root.roles().forEach((role, keys) -> TufJsonWriter.roleKeys(keys, roles.putObject(role.id())));
        JsonTimeSource.write(root.timeSource(), signed, AtsJsonWriter::key);
    }

    private static void keys(SortedMap<String, PublicKey> keys, ObjectNode out) {
        keys.forEach((id, key) -> AtsJsonKeys.write(key, out.putObject(id)));
    }

    private static ObjectNode key(PublicKey key) {
        ObjectNode node = NODES.objectNode();
        AtsJsonKeys.write(key, node);
        return node;
    }

    private static void targets(Targets targets, ObjectNode signed) {
        ObjectNode files = signed.putObject("targets");
        targets.targets().forEach((name, target) -> target(target, files.putObject(name)));
        String correlation = targets.correlationId();
        if (correlation != null) {
            TufJsonWriter.section(signed, "custom").put("correlationId", correlation);
        }
        if (targets.timeSource() != null) {
            JsonTimeSource.write(targets.timeSource(), TufJsonWriter.section(signed, "custom"), AtsJsonWriter::key);
        }
        if (!targets.delegations().isEmpty()) {
            delegations(targets.delegations(), signed.putObject("delegations"));
        }
    }

    private static void target(Target target, ObjectNode out) {
        TufJsonWriter.extras(target.extras(), out);
        out.put("length", target.length());
        target.hashes().forEach(out.putObject("hashes")::put);
        if (!target.ecus().isEmpty()) {
            ObjectNode ecus = TufJsonWriter.section(out, "custom").putObject("ecuIdentifiers");
            TufJsonWriter.ecus(target, ecus);
        }
        if (!target.hardwareIds().isEmpty()) {
            target.hardwareIds().forEach(TufJsonWriter.section(out, "custom").putArray("hardwareIds")::add);
        }
    }

    private static void delegations(List<Targets.Delegation> delegations, ObjectNode out) {
        ObjectNode keys = out.putObject("keys");
        ArrayNode roles = out.putArray("roles");
        for (Targets.Delegation delegation : delegations) {
            if (!delegation.pathHashPrefixes().isEmpty() || !delegation.hardwareIds().isEmpty()
                    || delegation.isMultiRole()) {
                // left out, it would cover more than was meant
                throw new IllegalArgumentException(
                        "ats-json delegates to one role and by paths alone, not as " + delegation.name());
            }
            Signers signers = delegation.roles().getFirst().signers();
            keys(signers.keys(), keys);
            ObjectNode role = roles.addObject();
            TufJsonWriter.extras(delegation.extras(), role);
            role.put("name", delegation.name());
            TufJsonWriter.roleKeys(signers.role(), role);
            delegation.paths().forEach(role.putArray("paths")::add);
            role.put("terminating", delegation.terminating());
        }
    }

    /** One text in canonical form, of which key ids are made. */
    static Bytes text(String text) {
        return canonical(StringNode.valueOf(text));
    }

    private static Bytes canonical(JsonNode node) {
        try {
            return CanonicalJson.encodeAscii(node, 0);
        } catch (MalformedMetadata e) {
            throw new IllegalStateException("what the bench writes always has a canonical form", e);
        }
    }
}
