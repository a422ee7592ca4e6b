package dev.uptanebench.vehicle.uptane.dialect;

import dev.uptanebench.vehicle.requirement.AttackId;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.DeltaImage;
import dev.uptanebench.vehicle.uptane.EncryptedImage;
import dev.uptanebench.vehicle.uptane.MetaFile;
import dev.uptanebench.vehicle.uptane.Metadata;
import dev.uptanebench.vehicle.uptane.PublicKey;
import dev.uptanebench.vehicle.uptane.RoleKeys;
import dev.uptanebench.vehicle.uptane.RoleType;
import dev.uptanebench.vehicle.uptane.Root;
import dev.uptanebench.vehicle.uptane.SigningKey;
import dev.uptanebench.vehicle.uptane.Snapshot;
import dev.uptanebench.vehicle.uptane.Target;
import dev.uptanebench.vehicle.uptane.Targets;
import dev.uptanebench.vehicle.uptane.TimeMessage;
import dev.uptanebench.vehicle.uptane.Timestamp;
import dev.uptanebench.vehicle.uptane.VersionReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;

/** The writing half of {@link Pouf1Der}. */
final class Pouf1Writer {
    private Pouf1Writer() {}

    static Bytes envelope(DERSequence signed, List<SigningKey> keys) {
        Bytes input = Bytes.hex(DerFields.encode(new DERTaggedObject(false, 0, signed)).sha256());
        return DerFields.encode(new DerFields().put(0, signed).list(1, keys,
                key -> Pouf1Keys.signature(key.sign(input), key.publicKey(), input)).sequence());
    }

    static DERSequence signed(Metadata metadata) {
        int role = Pouf1Der.ROLES.indexOf(metadata.type().id());
        return new DerFields().enumerated(0, role).integer(1, metadata.expires().getEpochSecond())
                .integer(2, metadata.version()).choice(3, role, body(metadata)).sequence();
    }

    private static DERSequence body(Metadata metadata) {
        return switch (metadata) {
            case Root root -> root(root);
            case Timestamp timestamp -> metaFile(Pouf1Roles.SNAPSHOT_FILE, timestamp.snapshot());
            case Snapshot snapshot -> new DerFields().list(0, snapshot.files().entrySet(),
                    file -> metaFile(file.getKey(), file.getValue())).sequence();
            case Targets targets -> targets(targets);
        };
    }

    private static DERSequence root(Root root) {
        DerFields fields = keys(root.keys()).list(2, Pouf1Der.ROLES, role -> {
            RoleKeys keys = root.signers(RoleType.valueOf(role.toUpperCase(Locale.ROOT))).role();
            DerFields own = new DerFields().enumerated(0, Pouf1Der.ROLES.indexOf(role));
            keys.extras().fields().values().forEach(own::kept);
            return roleKeys(own, 3, keys).sequence();
        }).flag(4, root.consistentSnapshot());
        return Pouf1Keys.timeSource(fields, 5, root.timeSource()).sequence();
    }

    private static DerFields keys(SortedMap<String, PublicKey> keys) {
        return new DerFields().list(0, keys.values(), Pouf1Keys::key);
    }

    private static DerFields roleKeys(DerFields fields, int field, RoleKeys keys) {
        return fields.list(field, keys.keyIds(), id -> DerFields.octets(Bytes.hex(id))).integer(field + 2,
                keys.threshold());
    }

    private static DERSequence metaFile(String name, MetaFile file) {
        DerFields fields = new DerFields().text(0, name).integer(1, file.version());
        Long length = file.length();
        if (length != null) {
            fields.integer(2, length);
        }
        return (file.hashes().isEmpty() ? fields : Pouf1Keys.hashes(fields, 3, file.hashes())).sequence();
    }

    private static DERSequence targets(Targets targets) {
        DerFields fields = new DerFields().list(0, targets.targets().entrySet(),
                target -> target(target.getKey(), target.getValue()));
        if (!targets.delegations().isEmpty()) {
            fields.put(2, delegations(targets.delegations()));
        }
        String vehicle = targets.vehicleIdentifier();
        if (vehicle != null) {
            fields.text(3, vehicle);
        }
        String correlation = targets.correlationId();
        if (correlation != null) {
            fields.text(4, correlation);
        }
        return Pouf1Keys.timeSource(fields, 5, targets.timeSource()).sequence();
    }

    private static DERSequence target(String name, Target target) {
        DERSequence custom = custom(target);
        DerFields fields = new DerFields().put(0, image(name, target.length(), target.hashes()));
        return (custom.size() == 0 ? fields : fields.put(1, custom)).sequence();
    }

    static DERSequence image(String name, long length, SortedMap<String, String> hashes) {
        return Pouf1Keys.hashes(new DerFields().text(0, name).integer(1, length), 2, hashes).sequence();
    }

    /** The first ECU, or the first model where there is none, has POUF-1's fields, all others the extensions. */
    private static DERSequence custom(Target target) {
        DerFields fields = new DerFields();
        Long counter = target.releaseCounter();
        if (counter != null) {
            fields.integer(0, counter);
        }
        List<Map.Entry<String, String>> ecus = new ArrayList<>(target.ecus().entrySet());
        List<String> models = new ArrayList<>(target.hardwareIds());
        EncryptedImage own = null;
        DeltaImage delta = null;
        if (!ecus.isEmpty()) {
            Map.Entry<String, String> first = ecus.removeFirst();
            fields.text(1, first.getValue()).text(2, first.getKey());
            own = target.encrypted().get(first.getKey());
            delta = target.deltas().get(first.getKey());
        } else if (!models.isEmpty()) {
            fields.text(1, models.removeFirst());
        }
        if (own == null) {
            Pouf1Encryption.keep(target.extras(), fields);
        } else {
            Pouf1Encryption.write(own, fields, 3);
        }
        if (!ecus.isEmpty()) {
            fields.list(5, ecus, ecu -> ecu(target, ecu.getKey(), ecu.getValue()));
        }
        if (!models.isEmpty()) {
            fields.list(7, models, DerFields::text);
        }
        if (own != null) {
            Pouf1Encryption.method(own.encryption(), fields, 9);
        }
        return (delta == null ? fields : fields.put(11, Pouf1Delta.whole(delta))).sequence();
    }

    private static DERSequence ecu(Target target, String serial, String hardware) {
        DerFields fields = new DerFields().text(0, serial).text(1, hardware);
        EncryptedImage encrypted = target.encrypted().get(serial);
        if (encrypted != null) {
            fields.put(2, Pouf1Encryption.whole(encrypted));
        }
        DeltaImage delta = target.deltas().get(serial);
        return (delta == null ? fields : fields.put(3, Pouf1Delta.whole(delta))).sequence();
    }

    private static DERSequence delegations(List<Targets.Delegation> delegations) {
        SortedMap<String, PublicKey> keys = new TreeMap<>();
        delegations.forEach(delegation -> delegation.roles().forEach(role -> keys.putAll(role.signers().keys())));
        return keys(keys).list(2, delegations, Pouf1Writer::delegation).sequence();
    }

    private static ASN1Encodable delegation(Targets.Delegation delegation) {
        DerFields fields = new DerFields().list(0, delegation.paths(), DerFields::text)
                .list(2, delegation.roles(),
                        role -> roleKeys(new DerFields().text(0, role.name()), 1, role.signers().role()).sequence())
                .flag(4, delegation.terminating());
        if (!delegation.pathHashPrefixes().isEmpty()) {
            fields.list(5, delegation.pathHashPrefixes(), DerFields::text);
        }
        if (!delegation.hardwareIds().isEmpty()) {
            fields.list(7, delegation.hardwareIds(), DerFields::text);
        }
        return (delegation.agreement() == delegation.roles().size()
                ? fields
                : fields.integer(9, delegation.agreement())).sequence();
    }

    static DERSequence signed(TimeMessage time) {
        return new DerFields().list(0, time.nonces(), nonce -> DerFields.integer(Pouf1Reports.token(nonce)))
                .integer(2, time.time().getEpochSecond()).sequence();
    }

    static DERSequence signed(VersionReport report) {
        DerFields fields = new DerFields().text(0, report.ecuSerial())
                .integer(1, report.previousTime().getEpochSecond())
                .integer(2, report.time().getEpochSecond());
        if (!report.attacksDetected().isEmpty()) {
            fields.text(3, report.attacksDetected().stream().map(AttackId::id).collect(Collectors.joining(",")));
        }
        return fields
                .put(4, image(report.filename(), report.length(), new TreeMap<>(Map.of("sha256", report.sha256()))))
                .integer(5, report.reportCounter()).sequence();
    }

    /** @param reports in ascending order of their ECUs */
    static DERSequence signed(String vin, String primarySerial, List<Bytes> reports) {
        return new DerFields().text(0, vin).text(1, primarySerial).list(2, reports, DerFields::value).sequence();
    }
}
