package dev.uptanebench.attack.yaml;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A part of a YAML file and where it begins. Immutable. */
public sealed interface YamlNode {

    Position position();

    /** @param quoted whether it stood in quotes or as a block, so that {@code "true"} is not {@code true} */
    record Scalar(Position position, String text, boolean quoted) implements YamlNode {

        /** Nothing at all, {@code ~} or {@code null}. */
        public boolean isNull() {
            return !quoted && (text.isEmpty() || text.equals("~") || text.equalsIgnoreCase("null"));
        }
    }

    record Sequence(Position position, List<YamlNode> items) implements YamlNode {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /** Keys in the order of the file. */
    record Mapping(Position position, Map<String, Entry> entries) implements YamlNode {
        public Mapping {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }
    }

    /** One key of a mapping. */
    record Entry(Position key, YamlNode value) {}
}
