package dev.uptanebench.vehicle.uptane.dialect;

import dev.uptanebench.vehicle.json.JsonTree;
import dev.uptanebench.vehicle.uptane.Extras;
import dev.uptanebench.vehicle.uptane.PublicKey;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Keys of the OTA Connect family: a type in capitals, or in any other case, and a text. The scheme follows from the type. */
final class AtsJsonKeys {
    private static final String TYPE = "keytype";
    private static final Set<String> KEY = Set.of(TYPE, "keyval");
    private static final Set<String> KEY_VALUE = Set.of("public");

    private AtsJsonKeys() {}

    /** @param holder the object that has {@code keys}: a Root, or what a Targets file delegates */
    static SortedMap<String, PublicKey> keys(JsonReader holder) throws MalformedMetadata {
        return JsonDelegations.keys(holder, AtsJsonKeys::key);
    }

    static PublicKey key(String id, JsonReader key) throws MalformedMetadata {
        JsonReader value = key.object("keyval");
        String spelled = key.string(TYPE);
        String type = spelled.toLowerCase(Locale.ROOT);
        Extras extras = value.extras(KEY_VALUE, key.extras(KEY), "keyval");
        if (!spelled.equals(type.toUpperCase(Locale.ROOT))) { // it is signed as it is spelled
            SortedMap<String, String> all = new TreeMap<>(extras.fields());
            all.put(TYPE, JsonTree.write(StringNode.valueOf(spelled)));
            extras = new Extras(all);
        }
        return new PublicKey(id, type, type.equals("rsa") ? "rsassa-pss-sha256" : type, value.string("public"),
                extras);
    }

    static void write(PublicKey key, ObjectNode out) {
        TufJsonWriter.extras(key.extras(), out);
        if (!out.has(TYPE)) {
            out.put(TYPE, key.type().toUpperCase(Locale.ROOT));
        }
        TufJsonWriter.section(out, "keyval").put("public", key.value());
    }

    /** What a signature with that key calls its method. */
    static String method(PublicKey key) {
        return key.type().equals("rsa") ? "rsassa-pss" : key.scheme();
    }
}
