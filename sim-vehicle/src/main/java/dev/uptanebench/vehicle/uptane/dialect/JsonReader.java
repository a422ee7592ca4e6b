package dev.uptanebench.vehicle.uptane.dialect;

import dev.uptanebench.vehicle.json.JsonTree;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.Extras;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Strict access to a JSON object somebody else wrote: each getter says what it expected and where. */
final class JsonReader {
    private static final SortedMap<String, String> NO_OTHERS = Collections.emptySortedMap();
    private static final char REPLACEMENT = '\ufffd';
    private static final String TIME_FORM = "dddd-dd-ddTdd:dd:ddZ";

    private final JsonNode node;
    private final @Nullable JsonReader parent;
    private final String name;

    private JsonReader(JsonNode node, @Nullable JsonReader parent, String name) throws MalformedMetadata {
        this.node = node;
        this.parent = parent;
        this.name = name;
        if (!node.isObject()) {
            String path = path();
            throw new MalformedMetadata((path.isEmpty() ? "file" : path) + ": expected an object");
        }
    }

    static JsonReader of(Bytes file) throws MalformedMetadata {
        try {
            return new JsonReader(JsonTree.read(utf8(file)), null, "");
        } catch (JacksonException e) {
            throw new MalformedMetadata("not JSON: " + e.getOriginalMessage());
        }
    }

    /** Strictly UTF-8: left to itself the parser guesses encodings and forgives over-long forms. */
    private static String utf8(Bytes file) throws MalformedMetadata {
        String text = file.toUtf8();
        if (text.indexOf(REPLACEMENT) >= 0 && !Bytes.utf8(text).equals(file)) {
            throw new MalformedMetadata("not JSON: not UTF-8");
        }
        return text;
    }

    JsonNode node() {
        return node;
    }

    /** One value that was written before, for writing it again. */
    static JsonNode written(String json) {
        try {
            return JsonTree.read(json);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("expected JSON, found " + json, e);
        }
    }

    /** The fields that are not among the known ones. */
    SortedMap<String, String> others(Set<String> known) {
        SortedMap<String, String> others = NO_OTHERS;
        for (Map.Entry<String, JsonNode> property : node.properties()) {
            if (!known.contains(property.getKey())) {
                others = others.isEmpty() ? new TreeMap<>() : others;
                others.put(property.getKey(), JsonTree.write(property.getValue()));
            }
        }
        return others;
    }

    /** The same as the model keeps them. */
    Extras extras(Set<String> known) {
        SortedMap<String, String> others = others(known);
        return others.isEmpty() ? Extras.NONE : new Extras(others);
    }

    /** Adds the fields that are not among the known ones, as one object of the given name. */
    Extras extras(Set<String> known, Extras before, String name) {
        SortedMap<String, String> others = others(known);
        if (others.isEmpty() && !node.isEmpty()) { // an empty object is signed as well
            return before;
        }
        ObjectNode rest = JsonNodeFactory.instance.objectNode();
        others.forEach((field, json) -> rest.set(field, written(json)));
        SortedMap<String, String> all = new TreeMap<>(before.fields());
        all.put(name, JsonTree.write(rest));
        return new Extras(all);
    }

    boolean has(String name) {
        return node.has(name);
    }

    JsonReader object(String name) throws MalformedMetadata {
        return new JsonReader(value(name), this, name);
    }

    @Nullable
    JsonReader optionalObject(String name) throws MalformedMetadata {
        return has(name) ? object(name) : null;
    }

    /** Each property of this object as an object of its own. */
    SortedMap<String, JsonReader> objects() throws MalformedMetadata {
        return objects(reader -> reader);
    }

    /** Each property of this object as what it is read as. */
    <T> SortedMap<String, T> objects(Reading<T> reading) throws MalformedMetadata {
        SortedMap<String, T> all = new TreeMap<>();
        for (Map.Entry<String, JsonNode> property : node.properties()) {
            all.put(property.getKey(),
                    reading.read(new JsonReader(property.getValue(), this, property.getKey())));
        }
        return all;
    }

    /** How an object is read. */
    @FunctionalInterface
    interface Reading<T> {
        T read(JsonReader object) throws MalformedMetadata;
    }

    List<JsonReader> list(String name) throws MalformedMetadata {
        JsonNode array = array(name);
        List<JsonReader> all = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            all.add(new JsonReader(array.get(i), this, name + '[' + i + ']'));
        }
        return all;
    }

    List<String> strings(String name) throws MalformedMetadata {
        JsonNode array = array(name);
        List<String> all = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            if (!array.get(i).isString()) {
                throw new MalformedMetadata(at(name) + '[' + i + "]: expected a string");
            }
            all.add(array.get(i).stringValue());
        }
        return all;
    }

    /** Each property of this object as a string. */
    SortedMap<String, String> stringMap() throws MalformedMetadata {
        SortedMap<String, String> all = new TreeMap<>();
        for (Map.Entry<String, JsonNode> property : node.properties()) {
            all.put(property.getKey(), string(property.getKey()));
        }
        return all;
    }

    String string(String name) throws MalformedMetadata {
        JsonNode value = value(name);
        if (!value.isString()) {
            throw new MalformedMetadata(at(name) + ": expected a string");
        }
        return value.stringValue();
    }

    @Nullable
    String optionalString(String name) throws MalformedMetadata {
        return has(name) ? string(name) : null;
    }

    /** An integer from {@code least} to the largest long. */
    long integer(String name, long least) throws MalformedMetadata {
        JsonNode value = value(name);
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < least) {
            throw new MalformedMetadata(at(name) + ": expected an integer of at least " + least);
        }
        return value.longValue();
    }

    @Nullable
    Long optionalInteger(String name, long least) throws MalformedMetadata {
        return has(name) ? integer(name, least) : null;
    }

    /** False where it is not stated. */
    boolean optionalFlag(String name) throws MalformedMetadata {
        return has(name) && flag(name);
    }

    /** Empty where it is not stated. */
    List<String> optionalStrings(String name) throws MalformedMetadata {
        return has(name) ? strings(name) : List.of();
    }

    /** The complaint that a field is not what is expected. */
    MalformedMetadata problem(String name, String expected) {
        return new MalformedMetadata(at(name) + ": expected " + expected);
    }

    boolean flag(String name) throws MalformedMetadata {
        JsonNode value = value(name);
        if (!value.isBoolean()) {
            throw new MalformedMetadata(at(name) + ": expected true or false");
        }
        return value.booleanValue();
    }

    Instant time(String name) throws MalformedMetadata {
        String text = string(name);
        try {
            if (isTime(text)) {
                return LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10))
                        .atTime(number(text, 11, 13), number(text, 14, 16), number(text, 17, 19))
                        .toInstant(ZoneOffset.UTC);
            }
        } catch (DateTimeException e) {
            // a date that does not exist; said below like every other
        }
        throw new MalformedMetadata(at(name) + ": expected a time like 2030-01-01T00:00:00Z");
    }

    private static boolean isTime(String text) {
        if (text.length() != TIME_FORM.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char form = TIME_FORM.charAt(i);
            char c = text.charAt(i);
            if (form == 'd' ? c < '0' || c > '9' : c != form) {
                return false;
            }
        }
        return true;
    }

    private static int number(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }

    Bytes hex(String name) throws MalformedMetadata {
        try {
            return Bytes.hex(string(name));
        } catch (IllegalArgumentException e) {
            throw new MalformedMetadata(at(name) + ": expected hex digits");
        }
    }

    /** Strictly as it is written: with padding, and without bits that nobody reads. */
    Bytes base64(String name) throws MalformedMetadata {
        String text = string(name);
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            if (Base64.getEncoder().encodeToString(bytes).equals(text)) {
                return Bytes.of(bytes);
            }
        } catch (IllegalArgumentException e) {
            // said below like every other
        }
        throw new MalformedMetadata(at(name) + ": expected base64");
    }

    private JsonNode array(String name) throws MalformedMetadata {
        JsonNode value = value(name);
        if (!value.isArray()) {
            throw new MalformedMetadata(at(name) + ": expected a list");
        }
        return value;
    }

    private JsonNode value(String name) throws MalformedMetadata {
        JsonNode value = node.get(name);
        if (value == null) {
            throw new MalformedMetadata(at(name) + ": missing");
        }
        return value;
    }

    private String at(String property) {
        String path = path();
        return path.isEmpty() ? property : path + '.' + property;
    }

    /** Put together only when there is something to say of it. */
    private String path() {
        return parent == null ? name : parent.at(name);
    }
}
