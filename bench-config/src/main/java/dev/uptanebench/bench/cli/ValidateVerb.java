package dev.uptanebench.bench.cli;

import dev.uptanebench.attack.scenario.Catalogue;
import dev.uptanebench.attack.scenario.Scenario;
import dev.uptanebench.attack.scenario.ScenarioReader;
import dev.uptanebench.attack.yaml.Nearest;
import dev.uptanebench.attack.yaml.Problems;
import dev.uptanebench.attack.yaml.Section;
import dev.uptanebench.attack.yaml.YamlNode;
import dev.uptanebench.attack.yaml.YamlReader;
import dev.uptanebench.bench.config.BenchFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "validate", description = "Checks bench and scenario files and tells every problem with file, line and column.")
final class ValidateVerb extends Verb {
    private static final List<String> SCHEMAS = List.of(ScenarioReader.SCHEMA, BenchFile.SCHEMA);

    @Parameters(arity = "1..*", paramLabel = "FILE|DIR", description = "files, and folders whose .yaml and .yml files are all meant")
    private List<Path> given = new ArrayList<>();

    private final Problems problems = new Problems();
    private final Map<String, Scenario> scenarios = new HashMap<>();
    private final Map<String, Scenario> builtIn = Catalogue.load(List.of(), new Problems()).byId();

    @Override
    ExitCode perform() throws Invalid {
        List<Path> files = new ArrayList<>();
        for (Path path : given) {
            if (Files.isDirectory(path)) {
                files.addAll(Catalogue.files(path, problems));
            } else {
                files.add(path);
            }
        }
        files.forEach(this::check);
        if (problems.hasAny()) {
            throw new Invalid(ExitCode.INVALID, problems.toString());
        }
        if (files.isEmpty()) {
            throw new Invalid(ExitCode.NOTHING_SELECTED, "there is no .yaml file in "
                    + given.stream().map(Path::toString).collect(Collectors.joining(", ")));
        }
        System.out.println(files.size() + (files.size() == 1 ? " file is" : " files are") + " in order");
        return ExitCode.AS_EXPECTED;
    }

    private void check(Path file) {
        Optional<YamlNode> node = YamlReader.read(file, problems);
        if (node.isEmpty()) {
            return;
        }
        Section section = Section.of(node.get(), problems);
        if (!(node.get() instanceof YamlNode.Mapping)) {
            return;
        }
        if (!section.has("schema")) {
            problems.add(section.position(), "'schema' is missing; it says what the file is: " + expected());
            return;
        }
        switch (section.text("schema").or("")) {
            case ScenarioReader.SCHEMA -> scenario(file);
            case BenchFile.SCHEMA -> BenchFile.load(file, problems);
            case String other -> section.problem("schema", "expected " + expected() + Nearest.hint(other, SCHEMAS));
        }
    }

    private void scenario(Path file) {
        Catalogue.read(file, problems).ifPresent(scenario -> {
            Scenario before = scenarios.putIfAbsent(scenario.id(), scenario);
            Scenario known = builtIn.get(scenario.id());
            if (before != null) {
                problems.add(Catalogue.taken(scenario, before));
            } else if (known != null && !known.sha256().equals(scenario.sha256())) { // its own file is no second one
                problems.add(Catalogue.taken(scenario, known));
            }
        });
    }

    private static String expected() {
        return String.join(" or ", SCHEMAS);
    }
}
