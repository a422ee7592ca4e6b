package dev.uptanebench.vehicle.uptane.dialect;

import dev.uptanebench.vehicle.uptane.DeltaImage;
import dev.uptanebench.vehicle.uptane.EncryptedImage;
import dev.uptanebench.vehicle.uptane.Extras;
import dev.uptanebench.vehicle.uptane.PublicKey;
import dev.uptanebench.vehicle.uptane.RoleKeys;
import dev.uptanebench.vehicle.uptane.Signers;
import dev.uptanebench.vehicle.uptane.Target;
import dev.uptanebench.vehicle.uptane.Targets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Reads the signed part of Targets files, top-level and delegated. */
final class TufJsonTargets {
    private static final Set<String> TARGETS = Set.of("_type", TufJson.SPEC_VERSION, "version", "expires", "targets",
            "delegations", "custom");
    /** An object that delegates to nobody is kept as it is. */
    private static final Set<String> TARGETS_ALONE = Set.of("_type", TufJson.SPEC_VERSION, "version", "expires",
            "targets", "custom");
    private static final Set<String> TARGETS_CUSTOM = Set.of("vehicleIdentifier", "correlationId",
            JsonTimeSource.FIELD);
    private static final Set<String> TARGET = Set.of("length", "hashes", "custom");
    private static final Set<String> TARGET_CUSTOM = Set.of("ecuIdentifiers", "hardwareIds", "releaseCounter");
    private static final Set<String> DELEGATION = Set.of("name", "keyids", "threshold", "paths", "path_hash_prefixes",
            "hardwareIds", "terminating");
    /** To two roles or more that have to agree: after TAP 3, in TUF's place for delegations and keys. */
    private static final Set<String> MULTI_ROLE = Set.of("name", "roleinfo", "min_roles_in_agreement", "paths",
            "path_hash_prefixes", "hardwareIds", "terminating");
    private static final Set<String> DELEGATEE = Set.of("rolename", "keyids", "threshold");

    private TufJsonTargets() {}

    static Targets targets(JsonReader signed) throws MalformedMetadata {
        JsonReader custom = signed.optionalObject("custom");
        List<Targets.Delegation> delegations = JsonDelegations.all(signed, TufJsonKeys::key,
                TufJsonTargets::delegation);
        return new Targets(signed.integer("version", 1), signed.time("expires"),
                signed.object("targets").objects(TufJsonTargets::target), delegations,
                custom == null ? null : custom.optionalString("vehicleIdentifier"),
                custom == null ? null : custom.optionalString("correlationId"),
                JsonTimeSource.read(custom, TufJsonKeys::key),
                with(TufJson.extras(signed, delegations.isEmpty() ? TARGETS_ALONE : TARGETS), custom,
                        TARGETS_CUSTOM));
    }

    /** Lower-case digests by function; none where they are not stated. */
    static SortedMap<String, String> hashes(@Nullable JsonReader stated) throws MalformedMetadata {
        if (stated == null) {
            return Collections.emptySortedMap();
        }
        SortedMap<String, String> hashes = stated.stringMap();
        hashes.replaceAll((function, digest) -> digest.toLowerCase(Locale.ROOT));
        return hashes;
    }

    private static Target target(JsonReader target) throws MalformedMetadata {
        SortedMap<String, String> hashes = hashes(target.object("hashes"));
        if (hashes.isEmpty()) {
            throw new MalformedMetadata("hashes: expected at least one");
        }
        JsonReader custom = target.optionalObject("custom");
        Extras extras = target.extras(TARGET);
        if (custom == null) {
            return new Target(target.integer("length", 0), hashes, Collections.emptySortedMap(), List.of(), null,
                    extras);
        }
        JsonReader ecus = custom.optionalObject("ecuIdentifiers");
        return new Target(target.integer("length", 0), hashes, ecus(ecus), custom.optionalStrings("hardwareIds"),
                custom.optionalInteger("releaseCounter", 0), encrypted(ecus), deltas(ecus),
                with(extras, custom, TARGET_CUSTOM));
    }

    static SortedMap<String, String> ecus(@Nullable JsonReader listed) throws MalformedMetadata {
        return listed == null ? Collections.emptySortedMap() : listed.objects(ecu -> ecu.string("hardwareId"));
    }

    static SortedMap<String, EncryptedImage> encrypted(@Nullable JsonReader listed) throws MalformedMetadata {
        return listed == null ? Collections.emptySortedMap() : JsonEncryption.read(listed);
    }

    static SortedMap<String, DeltaImage> deltas(@Nullable JsonReader listed) throws MalformedMetadata {
        return listed == null ? Collections.emptySortedMap() : JsonDelta.read(listed);
    }

    /** Adds what {@code custom} says beyond what is known, as a field of that name. */
    static Extras with(Extras extras, @Nullable JsonReader custom, Set<String> known) {
        return custom == null ? extras : custom.extras(known, extras, "custom");
    }

    private static Targets.Delegation delegation(JsonReader role, SortedMap<String, PublicKey> keys)
            throws MalformedMetadata {
        String name = name(role, "name");
        boolean hashed = role.has("path_hash_prefixes");
        if (hashed && role.has("paths")) {
            throw role.problem("paths", "either these or path_hash_prefixes");
        }
        List<String> paths = hashed ? List.of() : role.strings("paths");
        List<String> prefixes = hashed ? prefixes(role) : List.of();
        List<String> models = role.optionalStrings("hardwareIds");
        boolean terminating = role.flag("terminating"); // U-5.1.2.1-4
        if (role.has("roleinfo")) {
            List<Targets.Delegatee> roles = delegatees(role, keys);
            return new Targets.Delegation(name, roles, agreement(role, roles.size()), paths, prefixes, models,
                    terminating, role.extras(MULTI_ROLE));
        }
        RoleKeys own = TufJsonKeys.roleKeys(role, DELEGATION);
        return new Targets.Delegation(name, new Signers(keys, new RoleKeys(own.keyIds(), own.threshold())), paths,
                prefixes, models, terminating, own.extras());
    }

    private static String name(JsonReader role, String field) throws MalformedMetadata {
        String name = role.string(field);
        if (name.isEmpty() || TufJson.ROLE_NAMES.contains(name)) {
            throw role.problem(field, "the name of a delegated role");
        }
        return name;
    }

    private static List<Targets.Delegatee> delegatees(JsonReader delegation, SortedMap<String, PublicKey> keys)
            throws MalformedMetadata {
        List<Targets.Delegatee> roles = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (JsonReader role : delegation.list("roleinfo")) {
            String name = name(role, "rolename");
            if (!names.add(name)) {
                throw role.problem("rolename", "each role once");
            }
            roles.add(new Targets.Delegatee(name, new Signers(keys, TufJsonKeys.roleKeys(role, DELEGATEE))));
        }
        if (roles.size() < 2) {
            throw delegation.problem("roleinfo", "at least two roles");
        }
        return roles;
    }

    private static int agreement(JsonReader delegation, int roles) throws MalformedMetadata {
        long agreement = delegation.integer("min_roles_in_agreement", 1);
        if (agreement > roles) {
            throw delegation.problem("min_roles_in_agreement", "at most the number of roles");
        }
        return (int) agreement;
    }

    private static List<String> prefixes(JsonReader role) throws MalformedMetadata {
        return role.strings("path_hash_prefixes").stream().map(prefix -> prefix.toLowerCase(Locale.ROOT)).toList();
    }
}
