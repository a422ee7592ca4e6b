package dev.uptanebench.vehicle.uptane.dialect;

import dev.uptanebench.vehicle.requirement.Carries;
import dev.uptanebench.vehicle.uptane.PublicKey;
import dev.uptanebench.vehicle.uptane.Targets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Where JSON dialects hold keys and delegations, which is the same in all of them; what one says differs. */
final class JsonDelegations {

    /** Reads one key. */
    interface KeyReader {
        PublicKey key(String id, JsonReader key) throws MalformedMetadata;
    }

    /** Reads one delegated role. */
    interface RoleReader {
        Targets.Delegation delegation(JsonReader role, SortedMap<String, PublicKey> keys) throws MalformedMetadata;
    }

    private JsonDelegations() {}

    /** @param holder the object that has {@code keys}: a Root, or what a Targets file delegates */
    static SortedMap<String, PublicKey> keys(JsonReader holder, KeyReader reader) throws MalformedMetadata {
        SortedMap<String, PublicKey> keys = new TreeMap<>();
        for (Map.Entry<String, JsonReader> entry : holder.object("keys").objects().entrySet()) {
            keys.put(entry.getKey(), reader.key(entry.getKey(), entry.getValue()));
        }
        return keys;
    }

    /** The delegations of a Targets file in their order, each role once. */
    @Carries({"U-5.2.3.2-3", "U-5.2.3.2-4"})
    static List<Targets.Delegation> all(JsonReader signed, KeyReader keyReader, RoleReader roleReader)
            throws MalformedMetadata {
        JsonReader delegations = signed.optionalObject("delegations");
        if (delegations == null) {
            return List.of();
        }
        SortedMap<String, PublicKey> keys = keys(delegations, keyReader);
        List<Targets.Delegation> all = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (JsonReader role : delegations.list("roles")) {
            Targets.Delegation delegation = roleReader.delegation(role, keys);
            if (!names.add(delegation.name())) {
                throw role.problem("name", "each role once");
            }
            all.add(delegation);
        }
        return all;
    }
}
