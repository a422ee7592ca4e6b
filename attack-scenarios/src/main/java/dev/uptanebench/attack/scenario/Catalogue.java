package dev.uptanebench.attack.scenario;

import dev.uptanebench.attack.standard.Yardstick;
import dev.uptanebench.attack.yaml.Problem;
import dev.uptanebench.attack.yaml.Problems;
import dev.uptanebench.vehicle.uptane.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All scenarios of a run, sorted by id: the ones that come with the bench and those of the user's own folders. */
public record Catalogue(List<Scenario> scenarios) {
    private static final List<String> YAML = List.of(".yaml", ".yml");
    private static final String FOLDER = "/dev/uptanebench/attack/catalogue/";

    public Catalogue {
        scenarios = List.copyOf(scenarios);
    }

    /**
     * Reads the built-in scenarios and every {@code .yaml} or {@code .yml} file beneath the given folders.
     *
     * @param problems takes what is wrong with any of them; two scenarios of one id are a problem too
     */
    public static Catalogue load(List<Path> folders, Problems problems) {
        SortedMap<String, Scenario> scenarios = new TreeMap<>();
        for (String name : resource("index").toUtf8().lines().toList()) {
            add(scenarios, ScenarioReader.read(name, resource(name).toArray(), problems), problems);
        }
        for (Path folder : folders) {
            List<Path> files = files(folder, problems);
            if (files.isEmpty() && Files.isDirectory(folder)) {
                problems.add(new Problem(folder.toString(), 1, 1, "holds no .yaml file"));
            }
            for (Path file : files) {
                add(scenarios, read(file, problems), problems);
            }
        }
        return new Catalogue(List.copyOf(scenarios.values()));
    }

    /** Every YAML file beneath a folder that nobody hides and no Maven build made, or the file itself. */
    public static List<Path> files(Path folder, Problems problems) {
        try (Stream<Path> tree = Files.walk(folder)) {
            return tree.filter(Files::isRegularFile).filter(file -> YAML.stream().anyMatch(file.toString()::endsWith))
                    .filter(file -> isSource(folder, file)).sorted(Comparator.comparing(Path::toString)).toList();
        } catch (IOException | UncheckedIOException e) {
            problems.add(new Problem(folder.toString(), 1, 1, "cannot be read"));
            return new ArrayList<>();
        }
    }

    private static boolean isSource(Path folder, Path file) {
        for (Path at = file; !at.equals(folder); at = at.resolveSibling("")) {
            boolean built = at.endsWith("target") && Files.exists(at.resolveSibling("pom.xml"));
            if (built || String.valueOf(at.getFileName()).startsWith(".")) {
                return false;
            }
        }
        return true;
    }

    /** Reads one scenario file. */
    public static Optional<Scenario> read(Path file, Problems problems) {
        try {
            return ScenarioReader.read(file.toString(), Files.readAllBytes(file), problems);
        } catch (IOException e) {
            problems.add(new Problem(file.toString(), 1, 1, "cannot be read"));
            return Optional.empty();
        }
    }

    /** The file a scenario was read from; empty if it is no longer what was read. */
    public static Optional<String> text(Scenario scenario) {
        try {
            Bytes file = isBuiltIn(scenario)
                    ? resource(scenario.file())
                    : Bytes.of(Files.readAllBytes(Path.of(scenario.file())));
            return file.sha256().equals(scenario.sha256()) ? Optional.of(file.toUtf8()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The same scenarios, each {@link Scenario#measuredBy measured} by a version and a reading of the Standard. */
    public Catalogue measuredBy(Yardstick yardstick, boolean recommended) {
        return new Catalogue(scenarios.stream().map(scenario -> scenario.measuredBy(yardstick, recommended)).toList());
    }

    /** Each by its id. */
    public Map<String, Scenario> byId() {
        return scenarios.stream().collect(Collectors.toMap(Scenario::id, scenario -> scenario));
    }

    /** SHA-256 over the ids and digests of all scenarios. */
    public String sha256() {
        return Bytes.utf8(scenarios.stream().map(scenario -> scenario.id() + ' ' + scenario.sha256() + '\n')
                .collect(Collectors.joining())).sha256();
    }

    private static void add(SortedMap<String, Scenario> scenarios, Optional<Scenario> read, Problems problems) {
        read.ifPresent(scenario -> {
            Scenario before = scenarios.put(scenario.id(), scenario);
            if (before != null) {
                problems.add(taken(scenario, before));
            }
        });
    }

    /** Two scenarios cannot have one id. */
    public static Problem taken(Scenario scenario, Scenario before) {
        return new Problem(scenario.file(), 1, 1, scenario.id() + " is already the id of "
                + (isBuiltIn(before) ? "a scenario that comes with the bench" : before.file()));
    }

    private static boolean isBuiltIn(Scenario scenario) {
        return resource("index").toUtf8().lines().anyMatch(scenario.file()::equals);
    }

    private static Bytes resource(String name) {
        try (InputStream in = Catalogue.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new IllegalStateException("the catalogue lacks " + name);
            }
            return Bytes.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("the catalogue cannot be read", e);
        }
    }
}
