package dev.uptanebench.vehicle.uptane.dialect;

import dev.uptanebench.vehicle.uptane.Extras;
import dev.uptanebench.vehicle.uptane.PublicKey;
import dev.uptanebench.vehicle.uptane.RoleKeys;
import java.util.Set;
import java.util.SortedMap;

/** Keys of TUF JSON. A key of a type or scheme that nobody knows is read like any other; it just never verifies. */
final class TufJsonKeys {
    private static final Set<String> KEY = Set.of("keytype", "scheme", "keyval");
    /** Types nobody here knows may describe their keys by other fields than {@code public}. */
    private static final Set<String> KNOWN_TYPES = Set.of("ed25519", "ecdsa", "ecdsa-sha2-nistp256", "rsa");
    private static final Set<String> KEY_VALUE = Set.of("public");

    private TufJsonKeys() {}

    /** @param holder the object that has {@code keys}: a Root, or what a Targets file delegates */
    static SortedMap<String, PublicKey> keys(JsonReader holder) throws MalformedMetadata {
        return JsonDelegations.keys(holder, TufJsonKeys::key);
    }

    static PublicKey key(String id, JsonReader key) throws MalformedMetadata {
        JsonReader value = key.object("keyval");
        Extras extras = value.extras(KEY_VALUE, key.extras(KEY), "keyval");
        String type = key.string("keytype");
        boolean hasPublic = KNOWN_TYPES.contains(type) || value.has("public");
        return new PublicKey(id, type, key.string("scheme"), hasPublic ? value.string("public") : "", extras);
    }

    /** @param known the fields of the object that are read elsewhere, and those of a role */
    static RoleKeys roleKeys(JsonReader role, Set<String> known) throws MalformedMetadata {
        long threshold = role.integer("threshold", 1);
        return new RoleKeys(role.strings("keyids"), (int) Math.min(threshold, Integer.MAX_VALUE), role.extras(known));
    }
}
