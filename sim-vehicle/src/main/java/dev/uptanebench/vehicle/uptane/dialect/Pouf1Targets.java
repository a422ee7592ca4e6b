package dev.uptanebench.vehicle.uptane.dialect;

import dev.uptanebench.vehicle.uptane.DeltaImage;
import dev.uptanebench.vehicle.uptane.EncryptedImage;
import dev.uptanebench.vehicle.uptane.Extras;
import dev.uptanebench.vehicle.uptane.PublicKey;
import dev.uptanebench.vehicle.uptane.Signers;
import dev.uptanebench.vehicle.uptane.Target;
import dev.uptanebench.vehicle.uptane.Targets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the body of Targets files, top-level and delegated. */
final class Pouf1Targets {
    private static final Pattern PREFIX = Pattern.compile("[0-9a-f]{1,64}");

    private Pouf1Targets() {}

    /** What every image has: a name, a length and hashes. */
    record Image(String filename, long length, SortedMap<String, String> hashes) {}

    static Targets targets(DerReader body, long version, Instant expires) throws MalformedMetadata {
        SortedMap<String, Target> targets = body.named(0, "targets", Pouf1Targets::target);
        List<Targets.Delegation> delegations = body.has(2)
                ? body.sequence(2, "delegations", Pouf1Targets::delegations)
                : List.of();
        return new Targets(version, expires, targets, delegations, optionalText(body, 3, "vehicleIdentifier"),
                optionalText(body, 4, "correlationId"), Pouf1Keys.timeSource(body, 5), Extras.NONE);
    }

    static @Nullable String optionalText(DerReader reader, int field, String name) throws MalformedMetadata {
        return reader.has(field) ? reader.text(field, name, 1) : null;
    }

    /** @param least characters of its name */
    static Image image(DerReader target, int least) throws MalformedMetadata {
        Image image = new Image(target.text(0, "filename", least),
                target.integer(1, "length", 0, Long.MAX_VALUE), Pouf1Keys.hashes(target, 2));
        Pouf1Roles.requireAny(target, "hashes", image.hashes().isEmpty());
        return image;
    }

    private static Map.Entry<String, Target> target(DerReader target) throws MalformedMetadata {
        Image image = target.sequence(0, "target", described -> image(described, 1));
        return Map.entry(image.filename(), target.has(1)
                ? target.sequence(1, "custom", custom -> custom(custom, image))
                : new Target(image.length(), image.hashes(), Collections.emptySortedMap(), List.of(), null));
    }

    private static Target custom(DerReader custom, Image image) throws MalformedMetadata {
        Long counter = custom.has(0) ? custom.integer(0, "releaseCounter", 0, Long.MAX_VALUE) : null;
        String hardware = optionalText(custom, 1, "hardwareIdentifier");
        String ecu = optionalText(custom, 2, "ecuIdentifier");
        Pouf1Encryption.Beginning begun = Pouf1Encryption.begin(custom);
        SortedMap<String, String> ecus = new TreeMap<>();
        SortedMap<String, EncryptedImage> encrypted = new TreeMap<>();
        SortedMap<String, DeltaImage> deltas = new TreeMap<>();
        List<String> models = new ArrayList<>();
        if (ecu != null && hardware != null) {
            ecus.put(ecu, hardware);
            furtherEcus(custom, ecus, encrypted, deltas);
        } else if (ecu != null) {
            throw custom.problem("hardwareIdentifier", "one beside an ecuIdentifier");
        } else if (hardware != null) {
            models.add(hardware);
        }
        if (custom.has(7) && (ecu != null || hardware != null)) {
            List<String> further = custom.list(7, "hardwareIdentifiers", DerReader::text);
            Pouf1Roles.requireAny(custom, "hardwareIdentifiers", further.isEmpty());
            models.addAll(further);
        }
        EncryptedImage own = begun.end(custom);
        if (own != null && ecu == null) {
            throw custom.problem("ecuIdentifier", "one beside an encryptionMethod");
        } else if (own != null) {
            encrypted.put(ecu, own);
        }
        DeltaImage delta = Pouf1Delta.read(custom, 11);
        if (delta != null && ecu == null) {
            throw custom.problem("ecuIdentifier", "one beside a delta");
        } else if (delta != null) {
            deltas.put(ecu, delta);
        }
        Extras extras = own == null ? begun.kept() : Extras.NONE;
        Pouf1Roles.requireAny(custom, "fields",
                counter == null && ecus.isEmpty() && models.isEmpty() && extras.fields().isEmpty());
        return new Target(image.length(), image.hashes(), ecus, models, counter, encrypted, deltas, extras);
    }

    private static void furtherEcus(DerReader custom, SortedMap<String, String> ecus,
            SortedMap<String, EncryptedImage> encrypted, SortedMap<String, DeltaImage> deltas)
            throws MalformedMetadata {
        if (!custom.has(5)) {
            return;
        }
        SortedMap<String, String> further = custom.named(5, "ecus", ecu -> {
            String serial = ecu.text(0, "ecuIdentifier", 1);
            String hardware = ecu.text(1, "hardwareIdentifier", 1);
            if (ecu.has(2)) {
                encrypted.put(serial, ecu.sequence(2, "encryption", Pouf1Encryption::whole));
            }
            DeltaImage delta = Pouf1Delta.read(ecu, 3);
            if (delta != null) {
                deltas.put(serial, delta);
            }
            return Map.entry(serial, hardware);
        });
        Pouf1Roles.requireAny(custom, "ecus", further.isEmpty());
        if (further.firstKey().compareTo(ecus.firstKey()) <= 0) {
            throw custom.problem("ecus", "each once, in ascending order");
        }
        ecus.putAll(further);
    }

    private static List<Targets.Delegation> delegations(DerReader delegations) throws MalformedMetadata {
        SortedMap<String, PublicKey> keys = Pouf1Keys.keys(delegations, 0);
        List<Targets.Delegation> all = delegations.sequences(2, "delegations", each -> delegation(each, keys));
        Pouf1Roles.requireAny(delegations, "delegations", all.isEmpty());
        Set<String> names = new HashSet<>();
        for (Targets.Delegation delegation : all) {
            if (!names.add(delegation.name())) {
                throw delegations.problem("rolename", "names of delegated roles, each once");
            }
        }
        return all;
    }

    /** Several roles have to agree, all of them unless {@code agreement} says how many. */
    private static Targets.Delegation delegation(DerReader delegation, SortedMap<String, PublicKey> keys)
            throws MalformedMetadata {
        List<String> paths = delegation.list(0, "paths", DerReader::text);
        List<Targets.Delegatee> roles = delegatees(delegation, keys);
        boolean terminating = delegation.flag(4, "terminating");
        List<String> prefixes = optionalTexts(delegation, 5, "pathHashPrefixes");
        if (!prefixes.stream().allMatch(prefix -> PREFIX.matcher(prefix).matches())) {
            throw delegation.problem("pathHashPrefixes", "hex digits");
        }
        if (!paths.isEmpty() && !prefixes.isEmpty()) {
            throw delegation.problem("paths", "either these or pathHashPrefixes");
        }
        return new Targets.Delegation(
                roles.stream().map(Targets.Delegatee::name).collect(Collectors.joining("+")), roles,
                agreement(delegation, roles.size()), paths, prefixes,
                optionalTexts(delegation, 7, "hardwareIdentifiers"), terminating, Extras.NONE);
    }

    private static List<Targets.Delegatee> delegatees(DerReader delegation, SortedMap<String, PublicKey> keys)
            throws MalformedMetadata {
        List<Targets.Delegatee> roles = delegation.sequences(2, "roles",
                role -> new Targets.Delegatee(role.text(0, "rolename", 1),
                        new Signers(keys, Pouf1Roles.roleKeys(role, 1, Extras.NONE))));
        Pouf1Roles.requireAny(delegation, "roles", roles.isEmpty());
        Set<String> names = new HashSet<>();
        for (Targets.Delegatee role : roles) {
            if (!names.add(role.name()) || Pouf1Der.ROLES.contains(role.name())) {
                throw delegation.problem("rolename", "names of delegated roles, each once");
            }
        }
        return roles;
    }

    private static int agreement(DerReader delegation, int roles) throws MalformedMetadata {
        if (!delegation.has(9)) {
            return roles;
        }
        return (int) delegation.integer(9, "minRolesInAgreement", 1, roles - 1L);
    }

    private static List<String> optionalTexts(DerReader reader, int field, String name) throws MalformedMetadata {
        if (!reader.has(field)) {
            return List.of();
        }
        List<String> texts = reader.list(field, name, DerReader::text);
        Pouf1Roles.requireAny(reader, name, texts.isEmpty());
        return texts;
    }
}
