package dev.uptanebench.attack.standard;

import dev.uptanebench.vehicle.json.JsonTree;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** All requirements and all attacks by id. */
public final class Standard {
    private static final Standard KNOWN = new Standard();

    private final SortedMap<String, Requirement> requirements;
    private final SortedMap<String, Threat> threats;

    private Standard() {
        requirements = byId("requirements.json", Standard::requirement, Requirement::id);
        threats = byId("attacks.json", Standard::threat, Threat::id);
    }

    /** Those that come with the bench. */
    public static Standard known() {
        return KNOWN;
    }

    public Optional<Requirement> requirement(String id) {
        return Optional.ofNullable(requirements.get(id));
    }

    public Optional<Threat> threat(String id) {
        return Optional.ofNullable(threats.get(id));
    }

    public SortedMap<String, Requirement> requirements() {
        return requirements;
    }

    public SortedMap<String, Threat> threats() {
        return threats;
    }

    private static <T> SortedMap<String, T> byId(String name, Function<JsonNode, T> reading, Function<T, String> id) {
        SortedMap<String, T> sorted = new TreeMap<>();
        for (JsonNode each : JsonTree.read(text(name))) {
            T value = reading.apply(each);
            sorted.put(id.apply(value), value);
        }
        return Collections.unmodifiableSortedMap(sorted);
    }

    private static Requirement requirement(JsonNode fields) {
        JsonNode levels = fields.get("levels");
        JsonNode review = fields.get("review");
        return new Requirement(string(fields, "id"), string(fields, "section"), string(fields, "level"),
                string(fields, "subject"), string(fields, "text"), levels == null ? null : strings(levels),
                review == null ? null : review.booleanValue());
    }

    private static Threat threat(JsonNode fields) {
        return new Threat(string(fields, "id"), string(fields, "name"), string(fields, "description"),
                fields.required("defendedBy").valueStream().map(JsonNode::stringValue).toList());
    }

    private static String string(JsonNode fields, String name) {
        return fields.required(name).stringValue();
    }

    private static Map<String, String> strings(JsonNode fields) {
        Map<String, String> all = new LinkedHashMap<>();
        fields.forEachEntry((name, value) -> all.put(name, value.stringValue()));
        return Collections.unmodifiableMap(all);
    }

    private static String text(String name) {
        try (InputStream in = Standard.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be read", e);
        }
    }
}
