package dev.uptanebench.bench.serve;

import dev.uptanebench.vehicle.repository.BundleResolution.Relations;
import dev.uptanebench.vehicle.uptane.Extras;
import dev.uptanebench.vehicle.uptane.Target;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which other images an image needs or must not meet, as the Image repository signs it: {@code requires} and
 * {@code conflicts}, lists of filenames in a target's {@code custom}.
 */
final class ImageRelations {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String CUSTOM = "custom";
    private static final String REQUIRES = "requires";
    private static final String CONFLICTS = "conflicts";

    private ImageRelations() {}

    static Relations of(Target target) {
        String custom = target.extras().fields().get(CUSTOM);
        return custom == null ? Relations.NONE : read(JSON.readTree(custom));
    }

    /** @throws IllegalArgumentException if it is not what {@link #write} writes */
    static Relations parse(String json) {
        try {
            return read(JSON.readTree(json));
        } catch (tools.jackson.core.JacksonException e) {
            throw new IllegalArgumentException("expected requires and conflicts: " + e.getOriginalMessage(), e);
        }
    }

    static String write(Relations relations) {
        Map<String, Set<String>> stated = new LinkedHashMap<>();
        if (!relations.conflicts().isEmpty()) {
            stated.put(CONFLICTS, new TreeSet<>(relations.conflicts()));
        }
        if (!relations.requires().isEmpty()) {
            stated.put(REQUIRES, new TreeSet<>(relations.requires()));
        }
        return JSON.writeValueAsString(stated);
    }

    /** The same image with these relations and no others. */
    static Target with(Target target, Relations relations) {
        if (relations.equals(Relations.NONE)) {
            return target;
        }
        SortedMap<String, String> fields = new TreeMap<>(target.extras().fields());
        fields.put(CUSTOM, write(relations));
        return new Target(target.length(), target.hashes(), target.ecus(), target.hardwareIds(),
                target.releaseCounter(), new Extras(fields));
    }

    private static Relations read(JsonNode custom) {
        return new Relations(names(custom.path(REQUIRES)), names(custom.path(CONFLICTS)));
    }

    private static Set<String> names(JsonNode list) {
        Set<String> names = new TreeSet<>();
        for (JsonNode name : list) {
            if (name.isString()) {
                names.add(name.stringValue());
            }
        }
        return names;
    }
}
