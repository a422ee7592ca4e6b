package dev.uptanebench.vehicle.uptane.dialect;

import dev.uptanebench.vehicle.json.JsonTree;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.RepositoryMap;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * TAP 4's {@code map.json}, which all JSON has alike. A field that nobody knows is refused: it could narrow what the others
 * say.
 */
final class JsonMap {
    private static final String REPOSITORIES = "repositories";
    private static final String MAPPING = "mapping";
    private static final Set<String> MAP = Set.of(REPOSITORIES, MAPPING);
    private static final Set<String> MAPPING_FIELDS = Set.of("paths", REPOSITORIES, "terminating", "threshold");

    private JsonMap() {}

    static RepositoryMap read(Bytes file) throws MalformedMetadata {
        if (file.length() > RepositoryMap.MOST_BYTES) {
            throw new MalformedMetadata("file: expected at most " + RepositoryMap.MOST_BYTES + " bytes");
        }
        JsonReader map = JsonReader.of(file);
        requireKnown(map, MAP);
        try {
            SortedMap<RepositoryName, List<String>> servers = new TreeMap<>();
            JsonReader repositories = map.object(REPOSITORIES);
            for (String name : repositories.node().propertyNames()) {
                servers.put(new RepositoryName(name), repositories.strings(name));
            }
            List<RepositoryMap.Mapping> mappings = new ArrayList<>();
            for (JsonReader mapping : map.list(MAPPING)) {
                mappings.add(mapping(mapping));
            }
            return new RepositoryMap(servers, mappings);
        } catch (IllegalArgumentException e) {
            throw new MalformedMetadata(String.valueOf(e.getMessage()));
        }
    }

    private static RepositoryMap.Mapping mapping(JsonReader mapping) throws MalformedMetadata {
        requireKnown(mapping, MAPPING_FIELDS);
        return new RepositoryMap.Mapping(mapping.strings("paths"),
                mapping.strings(REPOSITORIES).stream().map(RepositoryName::new).toList(), mapping.flag("terminating"),
                (int) Math.min(mapping.integer("threshold", 1), Integer.MAX_VALUE));
    }

    private static void requireKnown(JsonReader object, Set<String> known) throws MalformedMetadata {
        for (String unknown : object.others(known).keySet()) {
            throw object.problem(unknown, "no such field");
        }
    }

    static Bytes write(RepositoryMap map) {
        ObjectNode file = JsonNodeFactory.instance.objectNode();
        ObjectNode repositories = file.putObject(REPOSITORIES);
        map.servers().forEach((name, urls) -> texts(urls, repositories.putArray(name.id())));
        ArrayNode mappings = file.putArray(MAPPING);
        for (RepositoryMap.Mapping mapping : map.mappings()) {
            ObjectNode out = mappings.addObject();
            texts(mapping.paths(), out.putArray("paths"));
            texts(mapping.repositories().stream().map(RepositoryName::id).toList(), out.putArray(REPOSITORIES));
            out.put("terminating", mapping.terminating()).put("threshold", mapping.threshold());
        }
        return Bytes.utf8(JsonTree.write(file));
    }

    private static void texts(List<String> texts, ArrayNode out) {
        texts.forEach(out::add);
    }
}
