package dev.uptanebench.vehicle.uptane.dialect;

import dev.uptanebench.vehicle.uptane.PublicKey;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The key of the time source in the Director's metadata: an object like {@code keys}, with one key by its id. */
final class JsonTimeSource {
    static final String FIELD = "timeSource";

    private JsonTimeSource() {}

    /** @param holder which may list it; null for none */
    static @Nullable PublicKey read(@Nullable JsonReader holder, JsonDelegations.KeyReader reader)
            throws MalformedMetadata {
        if (holder == null || !holder.has(FIELD)) {
            return null;
        }
        JsonReader keys = holder.object(FIELD);
        if (keys.node().size() != 1) {
            throw holder.problem(FIELD, "one key");
        }
        String id = keys.node().propertyNames().iterator().next();
        return reader.key(id, keys.object(id));
    }

    static void write(@Nullable PublicKey key, ObjectNode out, Function<PublicKey, ObjectNode> writing) {
        if (key != null) {
            out.putObject(FIELD).set(key.id(), writing.apply(key));
        }
    }
}
