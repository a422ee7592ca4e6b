package dev.uptanebench.attack.scenario;

import dev.uptanebench.attack.oracle.Invariant;
import dev.uptanebench.attack.stage.Capabilities;
import dev.uptanebench.attack.stage.Rehearsal;
import dev.uptanebench.attack.stage.Step;
import dev.uptanebench.attack.standard.Standard;
import dev.uptanebench.attack.yaml.Nearest;
import dev.uptanebench.attack.yaml.Problems;
import dev.uptanebench.attack.yaml.Section;
import dev.uptanebench.attack.yaml.YamlNode;
import dev.uptanebench.attack.yaml.YamlReader;
import dev.uptanebench.ecu.unit.EcuKind;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.dialect.Feature;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one scenario file; every problem is collected, none thrown. */
public final class ScenarioReader {
    /** The first line of every scenario file. */
    public static final String SCHEMA = "uptane-bench/scenario/v1";

    private static final Pattern ID = Pattern.compile("UPT-[A-Z]{3,4}-[0-9]{3}");
    private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern KEY = Pattern
            .compile("(" + RepositoryName.FORM + ")/(root|timestamp|snapshot|targets)(/1)?");

    private final Problems problems;
    private final String name;
    private final byte[] bytes;

    private ScenarioReader(String name, byte[] bytes, Problems problems) {
        this.name = name;
        this.bytes = bytes;
        this.problems = problems;
    }

    /**
     * Reads a scenario.
     *
     * @param name the file's name for messages
     */
    public static Optional<Scenario> read(String name, byte[] bytes, Problems problems) {
        return YamlReader.read(name, bytes, problems)
                .map(node -> new ScenarioReader(name, bytes, problems).scenario(node));
    }

    private Scenario scenario(YamlNode node) {
        Map<String, List<String>> values = parameters(Section.of(node, problems));
        String text = new String(bytes, StandardCharsets.UTF_8);
        values.keySet().stream().filter(key -> !text.contains("$" + key)).forEach(
                key -> Section.of(node, problems).problem("parameters", "nothing in the file says $" + key));
        List<Scenario.Variant> variants = new ArrayList<>();
        Scenario scenario = null;
        for (SortedMap<String, String> combination : Parameters.combinations(values)) {
            if (scenario == null) {
                Parameters.unfilled(Parameters.fill(node, combination), (where, unknown) -> problems
                        .add(where.position(), "there is no parameter for " + unknown));
            }
            // A problem that stands in the file stands in every variant; it is told for the first one alone.
            Problems told = scenario == null ? problems : new Problems();
            scenario = read(Section.of(Parameters.fill(node, combination), told), combination, variants);
            if (told != problems && told.hasAny() && !problems.hasAny()) {
                told.list().forEach(problems::add);
            }
        }
        if (scenario == null) {
            throw new IllegalStateException("there is always one combination");
        }
        return new Scenario(scenario.id(), scenario.title(), scenario.story(), scenario.attacks(),
                scenario.severity(), scenario.requirements(), scenario.invariants(), scenario.tags(),
                scenario.needs(), scenario.traits(), scenario.repositories(), List.copyOf(variants), scenario.sha256(),
                scenario.file());
    }

    private static Map<String, List<String>> parameters(Section file) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        file.section("parameters").optional().ifPresent(section -> {
            long combinations = 1;
            for (String key : section.keys()) {
                List<String> possible = section.texts(key).or(List.of(""));
                if (possible.isEmpty()) {
                    section.problem(key, "a parameter needs at least one value");
                }
                requireName(section, key, key, -1);
                for (int i = 0; i < possible.size(); i++) {
                    requireName(section, key, possible.get(i), i);
                }
                values.put(key, possible.isEmpty() ? List.of("") : possible);
                combinations *= Math.max(1, possible.size());
                if (combinations > Parameters.MOST_COMBINATIONS) {
                    section.problem(key, "more than " + Parameters.MOST_COMBINATIONS + " combinations");
                    break;
                }
            }
        });
        return values;
    }

    /** Names and values of parameters become part of trial ids, and of file names. */
    private static void requireName(Section section, String key, String text, int index) {
        String rule = "a parameter has letters, digits, dots, hyphens and underscores, at most 64";
        if (!VALUE.matcher(text).matches() && index < 0) {
            section.problem(key, rule);
        } else if (!VALUE.matcher(text).matches()) {
            section.problem(key, index, rule);
        }
    }

    private Scenario read(Section file, SortedMap<String, String> combination, List<Scenario.Variant> variants) {
        if (!file.text("schema").required().equals(SCHEMA)) {
            file.problem("schema", "expected " + SCHEMA);
        }
        String id = file.text("id").required();
        if (!ID.matcher(id).matches()) {
            file.problem("id", "expected an id like UPT-FRZ-001");
        }
        for (String key : List.of("title", "story")) {
            if (file.has(key) && file.text(key).or("").isBlank()) {
                file.problem(key, "says nothing");
            }
        }
        List<String> attacks = names(file, "attacks", Standard.known().threats().keySet(), "attack");
        List<String> requirements = names(file, "requirements", Standard.known().requirements().keySet(),
                "requirement");
        Set<Invariant> invariants = invariants(file);
        SortedSet<RepositoryName> repositories = repositories(file);
        List<String> needs = needs(file);
        Scenario scenario = new Scenario(id, file.text("title").required(), file.text("story").required().strip(),
                attacks,
                file.choice("severity", Scenario.Severity.class, severity -> severity.name().toLowerCase(Locale.ROOT))
                        .required(),
                requirements, invariants, file.texts("tags").or(List.of()), features(needs), traits(needs),
                repositories, List.of(),
                Bytes.of(bytes).sha256(), name);
        file.section("parameters");
        Capabilities capabilities = capabilities(file, repositories);
        Rehearsal rehearsal = new Rehearsal(capabilities, repositories);
        List<Step> steps = steps(file, rehearsal);
        Map<EcuKind, Expectation> expectations = expectations(file, invariants);
        if (rehearsal.isInside() && expectations.containsKey(EcuKind.PRIMARY)) {
            file.problem("expect", "a Primary cannot be attacked from inside the vehicle by these steps");
        }
        if (invariants.isEmpty()
                && expectations.values().stream().anyMatch(each -> each.verdict() == Expected.BREACHED)) {
            file.problem("expect", "where a breach is expected, 'invariants' says which one");
        }
        variants.add(new Scenario.Variant(combination, capabilities, steps, expectations));
        file.finish();
        return scenario;
    }

    private static Set<Invariant> invariants(Section file) {
        Map<String, Invariant> known = new LinkedHashMap<>();
        Arrays.stream(Invariant.values()).forEach(each -> known.put(each.name(), each));
        Set<Invariant> invariants = EnumSet.noneOf(Invariant.class);
        for (String name : file.texts("invariants").or(List.of())) {
            Invariant invariant = known.get(name);
            if (invariant == null) {
                file.problem("invariants", "expected some of " + known.keySet() + ", found " + name);
            } else {
                invariants.add(invariant);
            }
        }
        return invariants;
    }

    private static List<String> needs(Section file) {
        List<String> names = file.texts("needs").or(List.of());
        Set<String> known = new LinkedHashSet<>();
        Arrays.stream(Feature.values()).map(Feature::id).forEach(known::add);
        Arrays.stream(Trait.values()).map(Trait::id).forEach(known::add);
        requireKnown(file, "needs", names, known, "feature of dialects or targets");
        return names;
    }

    /** What the dialect has to be able to say. */
    private static Set<Feature> features(List<String> names) {
        Set<Feature> needs = EnumSet.noneOf(Feature.class);
        Arrays.stream(Feature.values()).filter(feature -> names.contains(feature.id())).forEach(needs::add);
        return needs;
    }

    private static Set<Trait> traits(List<String> names) {
        Set<Trait> traits = EnumSet.noneOf(Trait.class);
        Arrays.stream(Trait.values()).filter(trait -> names.contains(trait.id())).forEach(traits::add);
        return traits;
    }

    private static List<String> names(Section file, String key, Collection<String> known, String what) {
        List<String> names = file.texts(key).required();
        requireKnown(file, key, names, known, what);
        return names;
    }

    private static void requireKnown(Section file, String key, List<String> names, Collection<String> known,
            String what) {
        for (int i = 0; i < names.size(); i++) {
            if (!known.contains(names.get(i))) {
                file.problem(key, i, "there is no " + what + ' ' + names.get(i) + Nearest.hint(names.get(i), known));
            }
        }
    }

    /** The repositories that have to agree on the target's images, for the attack to be what it is. */
    private static SortedSet<RepositoryName> repositories(Section file) {
        SortedSet<RepositoryName> repositories = new TreeSet<>();
        List<String> names = file.texts("repositories").or(List.of("director", "image"));
        for (int i = 0; i < names.size(); i++) {
            try {
                repositories.add(new RepositoryName(names.get(i)));
            } catch (IllegalArgumentException e) {
                file.problem("repositories", i, String.valueOf(e.getMessage()));
            }
        }
        if (file.has("repositories") && !repositories.containsAll(RepositoryName.BASIC)) {
            file.problem("repositories", "expected director, image and what further repositories it is about");
        }
        return repositories;
    }

    private static Capabilities capabilities(Section file, Set<RepositoryName> repositories) {
        Section section = file.section("attacker").required();
        Capabilities.Position position = section
                .choice("position", Capabilities.Position.class, any -> any.name().toLowerCase(Locale.ROOT)).required();
        List<String> keys = section.texts("keys").or(List.of());
        Rehearsal rehearsal = new Rehearsal(new Capabilities(position, new TreeSet<>()), repositories);
        for (String key : keys) {
            Matcher parts = KEY.matcher(key);
            if (key.equals(Capabilities.TIME)) {
                continue;
            }
            if (parts.matches()) {
                rehearsal.concerns(new RepositoryName(parts.group(1)));
            } else {
                section.problem("keys",
                        "expected repository/role, repository/role/1 for one of its keys, or time, found "
                                + key);
            }
        }
        rehearsal.problems().forEach(problem -> section.problem("keys", problem));
        section.finish();
        return new Capabilities(position, new TreeSet<>(keys));
    }

    private static List<Step> steps(Section file, Rehearsal rehearsal) {
        List<Step> steps = new ArrayList<>();
        for (Section step : file.sections("attack").required()) {
            List<String> named = step.keys();
            if (named.size() != 1) {
                named.stream().skip(1)
                        .forEach(extra -> step.problem(extra, "a step has one name; begin it with a dash"));
            }
            named.stream().findFirst().ifPresent(first -> read(step, first).ifPresent(read -> {
                read.rehearse(rehearsal);
                rehearsal.problems().forEach(problem -> step.problem(first, problem));
                steps.add(read);
            }));
        }
        return steps;
    }

    private static Optional<Step> read(Section step, String named) {
        Function<Section, Step> reader = Steps.byName().get(named);
        if (reader == null) {
            step.problem(named, "there is no step " + named + Nearest.hint(named, Steps.byName().keySet()));
            return Optional.empty();
        }
        Section parameters = step.section(named).required();
        Step read = reader.apply(parameters);
        parameters.finish();
        return Optional.of(read);
    }

    private static Map<EcuKind, Expectation> expectations(Section file, Set<Invariant> invariants) {
        Map<EcuKind, Expectation> expectations = new EnumMap<>(EcuKind.class);
        Section expect = file.section("expect").required();
        for (EcuKind kind : EcuKind.values()) {
            expect.section(kind.id()).optional().ifPresent(section -> {
                expectations.put(kind, expectation(section, invariants));
                section.finish();
            });
        }
        if (expectations.isEmpty()) {
            file.problem("expect", "expected at least one of primary, full-secondary, partial-secondary");
        }
        expect.finish();
        return expectations;
    }

    private static Expectation expectation(Section section, Set<Invariant> invariants) {
        String artefact = section.text("effect").or("*");
        List<String> detected = section.texts("detected").or(List.of());
        requireKnown(section, "detected", detected, Standard.known().threats().keySet(), "attack");
        return new Expectation(section.choice("verdict", Expected.class).required(), section.flag("denial").or(false),
                detected, section.flag("recovered").or(true),
                Pattern.compile(Pattern.quote(artefact).replace("*", "\\E.*\\Q")), invariants);
    }
}
