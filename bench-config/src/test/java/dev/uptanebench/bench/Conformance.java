package dev.uptanebench.bench;

import dev.uptanebench.attack.scenario.Catalogue;
import dev.uptanebench.attack.scenario.Scenario;
import dev.uptanebench.attack.standard.Requirement;
import dev.uptanebench.attack.standard.Standard;
import dev.uptanebench.attack.yaml.Problems;
import dev.uptanebench.vehicle.requirement.Profile;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which code carries each requirement, and which scenario or test would fail without it, read from the sources: code names
 * a requirement in {@code @Carries}, a comment or a string, a test in its {@code @Tag}, a scenario among its requirements. Writes
 * {@code docs/conformance.md}; CONTRIBUTING.md says how.
 */
final class Conformance {
    private static final String ID = "[UD]-\\d[\\d.]*-[A-Za-z0-9]+(?:\\.[A-Za-z0-9]+)*";
    private static final Pattern NAMED = Pattern.compile("(?<![\\w-])" + ID);
    private static final Pattern TAG_OR_TEST = Pattern.compile("@Tag\\(\"(" + ID + ")\"\\)|\\bvoid (\\w+)\\(");
    /** Classes that name requirements as examples alone. */
    private static final Set<String> EXAMPLES = Set.of("Carries", "ExplainVerb");
    /** Tests that are tables of what goes wrong, each row with the requirement that it is refused by. */
    private static final Set<String> TABLES = Set.of("EveryCheckTest", "DirectorManifestTest");

    private final SortedMap<String, Set<String>> code = new TreeMap<>();
    private final SortedMap<String, Set<String>> shown = new TreeMap<>();
    private final Properties notCarried = new Properties();

    private Conformance() {}

    /** Reads the sources beneath a folder. */
    static Conformance of(Path home) {
        Conformance read = new Conformance();
        try (Reader reasons = Files.newBufferedReader(home.resolve("docs/not-carried.properties"))) {
            read.notCarried.load(reasons);
            for (String module : List.of("sim-vehicle", "sim-ecus", "attack-scenarios", "reports", "bench-config")) {
                read.files(home.resolve(module).resolve("src/main/java"), read::code);
                read.files(home.resolve(module).resolve("src/test/java"), read::test);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (Scenario scenario : Catalogue.load(List.of(), new Problems()).scenarios()) {
            scenario.requirements().forEach(id -> add(read.shown, id, scenario.id()));
        }
        return read;
    }

    private interface Source {
        void read(String name, String text);
    }

    private void files(Path folder, Source source) throws IOException {
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path file : tree.filter(path -> path.toString().endsWith(".java")).sorted().toList()) {
                source.read(file.getFileName().toString().replace(".java", ""), Files.readString(file));
            }
        }
    }

    private void code(String name, String text) {
        if (EXAMPLES.contains(name)) {
            return;
        }
        NAMED.matcher(text).results().forEach(id -> add(code, id.group(), name));
    }

    private void test(String name, String text) {
        if (TABLES.contains(name)) {
            NAMED.matcher(text).results().forEach(id -> add(shown, id.group(), name));
        }
        Set<String> tags = new TreeSet<>();
        Matcher found = TAG_OR_TEST.matcher(text);
        while (found.find()) {
            if (found.group(1) != null) {
                tags.add(found.group(1));
            } else {
                tags.forEach(id -> add(shown, id, name + '.' + found.group(2)));
                tags.clear();
            }
        }
    }

    private static void add(SortedMap<String, Set<String>> map, String id, String name) {
        map.computeIfAbsent(id, any -> new TreeSet<>()).add(name);
    }

    /** Testable requirements for which something is missing, and why. */
    SortedMap<String, String> gaps() {
        SortedMap<String, String> gaps = new TreeMap<>();
        for (Requirement requirement : testable()) {
            String id = requirement.id();
            boolean carried = code.containsKey(id);
            if (notCarried.containsKey(id)) {
                if (carried && shown.containsKey(id)) {
                    gaps.put(id, "is carried although docs/not-carried.properties says that it is not");
                }
            } else if (!carried) {
                gaps.put(id, "no code names it");
            } else if (!shown.containsKey(id)) {
                gaps.put(id, "no scenario and no test would fail without it");
            }
        }
        return gaps;
    }

    /** Ids that sources name and the Standard does not have. */
    Set<String> unknown() {
        Set<String> unknown = new TreeSet<>(code.keySet());
        unknown.addAll(shown.keySet());
        notCarried.stringPropertyNames().forEach(unknown::add);
        unknown.removeAll(Standard.known().requirements().keySet());
        return unknown;
    }

    private static List<Requirement> testable() {
        return Standard.known().requirements().values().stream()
                .filter(requirement -> requirement.id().startsWith("U-") && requirement.isTestable())
                .sorted((one, other) -> compare(one.id(), other.id())).toList();
    }

    /** By section, then by number: 5.4.2 before 5.4.10. */
    private static int compare(String one, String other) {
        return padded(one).compareTo(padded(other));
    }

    private static String padded(String id) {
        return Pattern.compile("\\d+").matcher(id).replaceAll(number -> "0".repeat(4 - number.group().length())
                + number.group());
    }

    /** The document. */
    String text() {
        StringBuilder text = new StringBuilder(
                """
                        # Conformance

                        What the bench makes of each of the %d requirements of Uptane Standard 2.1.0 that a test can decide: the \
                        code that carries it, and the scenarios (`UPT-…`) and tests that are about it; of %d of them, why nothing \
                        here carries them. Written from the sources: classes name requirements in `@Carries` and in comments, \
                        tests in `@Tag`, scenarios among their `requirements`. `mvn test -Dgroups=U-5.4-6` runs the tests tagged \
                        with a requirement; EveryCheckTest and DirectorManifestTest are tables that run as a whole, each row with \
                        its requirement. `./bench run --requirement U-5.4.4.4-s3` runs the scenarios of one, `./bench explain \
                        U-5.4.4.4-s3` tells it, and `./bench selftest` shows which of them notice when a check is missing.

                        """
                        .formatted(testable().size(), notCarried.size()));
        levels(text);
        String section = "";
        for (Requirement requirement : testable()) {
            if (!requirement.section().equals(section)) {
                section = requirement.section();
                text.append("\n## ").append(section)
                        .append("\n\n| id | level | binds | asks for | carried by | shown by |\n|---|---|---|---|---|---|\n");
            }
            String reason = notCarried.getProperty(requirement.id());
            text.append("| ").append(requirement.id()).append(" | ").append(requirement.level()).append(" | ")
                    .append(requirement.subject()).append(" | ").append(requirement.text().replace("|", "\\|"))
                    .append(" | ").append(reason == null ? names(code, requirement) : "not carried: " + reason)
                    .append(" | ").append(reason == null ? names(shown, requirement) : "").append(" |\n");
        }
        return text.toString();
    }

    private static void levels(StringBuilder text) {
        text.append(
                """
                        ## What versions ask for

                        `profile` in a bench file selects the version that simulated ECUs are built to and measured by, `reading` \
                        how the steps of 5.4.4.3 to 5.4.4.6 bind that are printed as SHOULD: `strict` takes them for SHALL, \
                        since 5.4.4.1 and 5.4.4.2 say that verification SHALL be done, `literal` for what they are.

                        """);
        text.append("| id |").append(Stream.of(Profile.values()).map(profile -> ' ' + profile.id() + " |")
                .collect(Collectors.joining())).append("\n|---|").append("---|".repeat(Profile.values().length))
                .append('\n');
        Standard.known().requirements().values().stream().filter(requirement -> requirement.levels() != null)
                .sorted((one, other) -> compare(one.id(), other.id()))
                .forEach(requirement -> text.append("| ").append(requirement.id()).append(" |")
                        .append(Stream.of(Profile.values()).map(profile -> ' ' + requirement.level(profile) + " |")
                                .collect(Collectors.joining()))
                        .append('\n'));
    }

    private static String names(SortedMap<String, Set<String>> map, Requirement requirement) {
        return String.join(", ", map.getOrDefault(requirement.id(), new TreeSet<>()));
    }

    static void main() throws IOException {
        Path home = Path.of(System.getProperty("bench.home", ".."));
        Conformance read = of(home);
        Files.writeString(home.resolve("docs/conformance.md"), read.text());
        read.gaps().forEach((id, gap) -> System.out.println(id + ' ' + gap));
    }
}
