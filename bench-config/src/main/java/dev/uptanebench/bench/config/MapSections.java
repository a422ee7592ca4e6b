package dev.uptanebench.bench.config;

import dev.uptanebench.attack.yaml.Nearest;
import dev.uptanebench.attack.yaml.Problems;
import dev.uptanebench.attack.yaml.Section;
import dev.uptanebench.attack.yaml.YamlNode;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.RepositoryMap;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.dialect.KnownDialect;
import dev.uptanebench.vehicle.uptane.dialect.MalformedMetadata;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which repositories a bench has, and the map of its ECUs: none, in the bench file itself, or a file of TAP 4. */
final class MapSections {
    private static final String SERVER = "http://backend/";
    private static final String REPOSITORIES = "repositories";
    private static final String MAP = "map";
    private static final String TIME_SOURCE = "time";

    private final Section bench;
    private final Path folder;
    private final Problems problems;

    /** @param folder that the path of a map starts at */
    MapSections(Section bench, Path folder, Problems problems) {
        this.bench = bench;
        this.folder = folder;
        this.problems = problems;
    }

    /** The map; the basic case where there is none, or none that can be used. */
    RepositoryMap read(List<EcuConfig> ecus) {
        List<RepositoryName> further = further();
        YamlNode node = bench.node(MAP).orElse(null);
        if (node == null) {
            if (!further.isEmpty()) {
                bench.problem(REPOSITORIES, "'map' has to say which images these repositories have a say in");
            }
            return RepositoryMap.basic(name -> SERVER + name);
        }
        RepositoryMap map = node instanceof YamlNode.Scalar ? file() : inline(further);
        if (map == null) {
            return RepositoryMap.basic(name -> SERVER + name);
        }
        map.unfit().ifPresent(unfit -> bench.problem(MAP,
                "every image needs the Director and an Image repository; there is " + unfit));
        requirePlaces(map);
        ecus.forEach(ecu -> requireOneMapping(map, ecu));
        return map;
    }

    private List<RepositoryName> further() {
        List<RepositoryName> names = new ArrayList<>();
        List<String> texts = bench.texts(REPOSITORIES).or(List.of());
        for (int i = 0; i < texts.size(); i++) {
            Optional<RepositoryName> name = name(bench, REPOSITORIES, i, texts.get(i));
            if (texts.get(i).equals(TIME_SOURCE)) {
                bench.problem(REPOSITORIES, i, "'" + TIME_SOURCE + "' is what reports call the time source");
            } else if (name.isPresent() && (RepositoryName.BASIC.contains(name.get()) || names.contains(name.get()))) {
                bench.problem(REPOSITORIES, i, "there is a repository '" + name.get() + "' already");
            } else {
                name.ifPresent(names::add);
            }
        }
        return names;
    }

    private static Optional<RepositoryName> name(Section section, String key, int index, String text) {
        try {
            return Optional.of(new RepositoryName(text));
        } catch (IllegalArgumentException e) {
            section.problem(key, index, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private @Nullable RepositoryMap inline(List<RepositoryName> further) {
        SortedMap<RepositoryName, List<String>> servers = new TreeMap<>();
        RepositoryName.BASIC.forEach(name -> servers.put(name, List.of(SERVER + name)));
        further.forEach(name -> servers.put(name, List.of(SERVER + name)));
        List<RepositoryMap.Mapping> mappings = bench.sections(MAP).or(List.of()).stream()
                .map(section -> mapping(section, List.copyOf(servers.keySet()))).toList();
        try {
            return problems.hasAny() ? null : new RepositoryMap(servers, mappings);
        } catch (IllegalArgumentException e) {
            bench.problem(MAP, String.valueOf(e.getMessage()));
            return null;
        }
    }

    private static RepositoryMap.Mapping mapping(Section section, List<RepositoryName> known) {
        List<String> names = section.texts(REPOSITORIES).required();
        List<String> ids = known.stream().map(RepositoryName::id).toList();
        List<RepositoryName> repositories = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            if (ids.contains(names.get(i))) {
                repositories.add(new RepositoryName(names.get(i)));
            } else {
                section.problem(REPOSITORIES, i,
                        "there is no repository '" + names.get(i) + "'" + Nearest.hint(names.get(i), ids));
            }
        }
        RepositoryMap.Mapping mapping = new RepositoryMap.Mapping(section.texts("paths").required(), repositories,
                section.flag("terminating").or(true),
                section.integer("threshold", 2, Math.max(2, names.size())).or(names.size()));
        section.finish();
        return mapping;
    }

    private @Nullable RepositoryMap file() {
        if (bench.has(REPOSITORIES)) {
            bench.problem(REPOSITORIES, "the map's file says which repositories there are");
        }
        String name = bench.text(MAP).or("");
        try (InputStream in = Files.newInputStream(folder.resolve(name))) {
            return KnownDialect.TUF_JSON.dialect().map(Bytes.of(in.readNBytes(RepositoryMap.MOST_BYTES + 1)));
        } catch (IOException | InvalidPathException e) {
            bench.problem(MAP, "cannot read " + name.replaceAll("\\p{Cntrl}", "?"));
        } catch (MalformedMetadata e) {
            bench.problem(MAP, name + ": " + e.getMessage());
        }
        return null;
    }

    /** All of the far end is one server; others may stand in the map, but nobody will answer there. */
    private void requirePlaces(RepositoryMap map) {
        map.servers().forEach((name, urls) -> {
            if (!urls.contains(SERVER + name)) {
                bench.problem(MAP, "the repository '" + name + "' has to be at " + SERVER + name + ", among others");
            }
        });
        if (!map.servers().keySet().containsAll(RepositoryName.BASIC)) {
            bench.problem(MAP, "there have to be the repositories director and image");
        }
    }

    /** Or what is expected of a trial would depend on which image it is about. */
    private void requireOneMapping(RepositoryMap map, EcuConfig ecu) {
        long different = Arrays.stream(ImageRole.values()).map(role -> map.mappings(ecu.filename(role))).distinct()
                .count();
        if (different > 1) {
            bench.problem(MAP, "all images of " + ecu.id() + " need the same mapping; they are called "
                    + ecu.filename(ImageRole.V1) + " and so on");
        } else if (map.mappings(ecu.filename(ImageRole.V1)).isEmpty()) {
            bench.problem(MAP, "there is no mapping for the images of " + ecu.id() + ", which are called "
                    + ecu.filename(ImageRole.V1) + " and so on");
        }
    }
}
