package dev.uptanebench.vehicle.uptane.dialect;

import dev.uptanebench.vehicle.uptane.Extras;
import dev.uptanebench.vehicle.uptane.PublicKey;
import dev.uptanebench.vehicle.uptane.RoleKeys;
import dev.uptanebench.vehicle.uptane.Signers;
import dev.uptanebench.vehicle.uptane.Target;
import dev.uptanebench.vehicle.uptane.Targets;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;

/** Reads the signed part of Targets files of the OTA Connect family, top-level and delegated. */
final class AtsJsonTargets {
    private static final Set<String> TARGETS = Set.of("_type", "version", "expires", "targets", "delegations",
            "custom");
    /** An object that delegates to nobody is kept as it is. */
    private static final Set<String> TARGETS_ALONE = Set.of("_type", "version", "expires", "targets", "custom");
    private static final Set<String> TARGETS_CUSTOM = Set.of("correlationId", JsonTimeSource.FIELD);
    private static final Set<String> TARGET = Set.of("length", "hashes", "custom");
    private static final Set<String> TARGET_CUSTOM = Set.of("ecuIdentifiers", "hardwareIds");
    private static final Set<String> DELEGATION = Set.of("name", "keyids", "threshold", "paths", "terminating");

    private AtsJsonTargets() {}

    static Targets targets(JsonReader signed) throws MalformedMetadata {
        JsonReader custom = signed.optionalObject("custom");
        List<Targets.Delegation> delegations = JsonDelegations.all(signed, AtsJsonKeys::key,
                AtsJsonTargets::delegation);
        return new Targets(signed.integer("version", 1), signed.time("expires"),
                signed.object("targets").objects(AtsJsonTargets::target), delegations, null,
                custom == null ? null : custom.optionalString("correlationId"),
                JsonTimeSource.read(custom, AtsJsonKeys::key),
                TufJsonTargets.with(signed.extras(delegations.isEmpty() ? TARGETS_ALONE : TARGETS), custom,
                        TARGETS_CUSTOM));
    }

    private static Target target(JsonReader target) throws MalformedMetadata {
        SortedMap<String, String> hashes = TufJsonTargets.hashes(target.object("hashes"));
        if (hashes.isEmpty()) {
            throw target.problem("hashes", "at least one");
        }
        JsonReader custom = target.optionalObject("custom");
        Extras extras = TufJsonTargets.with(target.extras(TARGET), custom, TARGET_CUSTOM);
        JsonReader ecus = custom == null ? null : custom.optionalObject("ecuIdentifiers");
        return new Target(target.integer("length", 0), hashes, TufJsonTargets.ecus(ecus),
                custom == null ? List.of() : custom.optionalStrings("hardwareIds"), null,
                TufJsonTargets.encrypted(ecus), TufJsonTargets.deltas(ecus), extras);
    }

    private static Targets.Delegation delegation(JsonReader role, SortedMap<String, PublicKey> keys)
            throws MalformedMetadata {
        String name = role.string("name");
        if (name.isEmpty() || TufJson.ROLE_NAMES.contains(name)) {
            throw role.problem("name", "the name of a delegated role");
        }
        RoleKeys own = AtsJson.roleKeys(role, DELEGATION);
        return new Targets.Delegation(name, new Signers(keys, new RoleKeys(own.keyIds(), own.threshold())),
                role.strings("paths"), List.of(), List.of(), role.flag("terminating"), own.extras());
    }
}
