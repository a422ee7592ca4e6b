package dev.uptanebench.attack.standard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;

/** All requirements and all attacks by id. */
public final class Standard {
    private static final Standard KNOWN = new Standard();

    private final SortedMap<String, Requirement> requirements;
    private final SortedMap<String, Threat> threats;

    private Standard() {
        requirements = byId(read("requirements.json", Requirement[].class), Requirement::id);
        threats = byId(read("attacks.json", Threat[].class), Threat::id);
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

    private static <T> SortedMap<String, T> byId(T[] values, Function<T, String> id) {
        SortedMap<String, T> sorted = new TreeMap<>();
        for (T value : List.of(values)) {
            sorted.put(id.apply(value), value);
        }
        return Collections.unmodifiableSortedMap(sorted);
    }

    private static <T> T read(String name, Class<T> type) {
        try (InputStream in = Standard.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing");
            }
            return JsonMapper.shared().readValue(in, type);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be read", e);
        }
    }
}
