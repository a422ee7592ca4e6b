package dev.uptanebench.bench.cli;

import dev.uptanebench.attack.scenario.Catalogue;
import dev.uptanebench.attack.scenario.Expectation;
import dev.uptanebench.attack.scenario.Expected;
import dev.uptanebench.attack.scenario.Scenario;
import dev.uptanebench.attack.scenario.StepMeanings;
import dev.uptanebench.attack.stage.Capabilities;
import dev.uptanebench.attack.standard.Standard;
import dev.uptanebench.attack.yaml.Nearest;
import dev.uptanebench.ecu.unit.EcuKind;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.dialect.Feature;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "show", description = "Shows one scenario: its story, what defends, how it is staged, what is expected.")
final class ShowVerb extends Verb {
    private static final Pattern STEP = Pattern.compile("^ *- +([a-z-]+):", Pattern.MULTILINE);

    @Mixin
    private BenchOptions bench = new BenchOptions();

    @Parameters(paramLabel = "ID", description = "a scenario's id; list tells them")
    private String id = "";

    @Override
    ExitCode perform() throws Invalid {
        List<Scenario> scenarios = bench.catalogue().scenarios();
        Scenario scenario = scenarios.stream().filter(any -> any.id().equals(id)).findFirst().orElse(null);
        if (scenario == null) {
            throw new Invalid(ExitCode.INVALID,
                    "no scenario " + id + Nearest.hint(id, scenarios.stream().map(Scenario::id).toList()));
        }
        System.out.print(text(scenario));
        return ExitCode.AS_EXPECTED;
    }

    private static String text(Scenario scenario) {
        Prose text = new Prose();
        text.line(scenario.id() + "  " + scenario.title());
        text.line("severity " + scenario.severity().name().toLowerCase(Locale.ROOT)
                + (scenario.tags().isEmpty() ? "" : ", tags " + String.join(", ", scenario.tags())));
        text.blank().paragraphs(2, scenario.story());
        text.blank().line("It is").entries(scenario.attacks().stream()
                .map(attack -> new String[]{attack, Standard.known().threat(attack)
                        .map(known -> known.name() + ": " + known.description()).orElse("")})
                .toList());
        text.blank().line("What stands against it").entries(scenario.requirements().stream()
                .map(requirement -> new String[]{requirement, Standard.known().requirement(requirement)
                        .map(known -> known.text()).orElse("")})
                .toList());
        if (!scenario.invariants().isEmpty()) {
            text.blank().line("What breaks without it").entries(scenario.invariants().stream()
                    .map(invariant -> new String[]{invariant.name(), invariant.title() + ": "
                            + invariant.meaning()})
                    .toList());
        }
        List<String> needs = needs(scenario);
        if (!needs.isEmpty()) {
            text.blank().line("What it rests on");
            needs.forEach(need -> text.paragraphs(2, need));
        }
        text.blank().line("The attacker");
        scenario.variants().stream().map(variant -> attacker(variant.capabilities())).distinct()
                .forEach(attacker -> text.paragraphs(2, attacker));
        steps(text, scenario);
        text.blank().line("Expected");
        expected(scenario).forEach(text::line);
        text.blank().line("Variants");
        for (Scenario.Variant variant : scenario.variants()) {
            text.line("  " + (variant.parameters().isEmpty() ? "one, without parameters" : parameters(variant)));
        }
        return text.blank().line(Home.command() + " run " + scenario.id()).toString();
    }

    private static List<String> needs(Scenario scenario) {
        List<String> needs = new ArrayList<>(scenario.needs().stream().map(Feature::meaning).toList());
        scenario.traits().forEach(trait -> needs.add("a target of which is true: " + trait.meaning()));
        if (!scenario.repositories().equals(new TreeSet<>(RepositoryName.BASIC))) {
            needs.add("images on which " + scenario.repositories() + " have to agree");
        }
        return needs;
    }

    private static String attacker(Capabilities granted) {
        String where = switch (granted.position()) {
            case OUTSIDE -> "stands between the vehicle and its servers";
            case BUS -> "has a node of its own on the target's bus";
            case PRIMARY -> "has replaced the Primary's code";
        };
        return where + (granted.keys().isEmpty()
                ? ", and holds no keys"
                : ", and holds the keys "
                        + String.join(", ", granted.keys()));
    }

    /** The file's own words, and what each step in them means. */
    private static void steps(Prose text, Scenario scenario) {
        String attack = Catalogue.text(scenario).map(ShowVerb::attack).orElse("");
        if (attack.isEmpty()) {
            return;
        }
        text.blank().line("The attack, step by step");
        attack.lines().forEach(line -> text.line("  " + line));
        Map<String, String> used = new LinkedHashMap<>();
        Matcher step = STEP.matcher(attack);
        while (step.find()) {
            used.put(step.group(1), StepMeanings.byName().getOrDefault(step.group(1), ""));
        }
        text.blank().entries(used.entrySet().stream()
                .map(entry -> new String[]{entry.getKey(), entry.getValue()}).toList());
    }

    private static String attack(String file) {
        List<String> lines = new ArrayList<>();
        boolean within = false;
        for (String line : file.lines().toList()) {
            boolean topLevel = !line.isEmpty() && !line.startsWith(" ") && !line.startsWith("-")
                    && !line.startsWith("#");
            within = topLevel ? line.startsWith("attack:") : within;
            if (within && !topLevel) {
                lines.add(line);
            }
        }
        return String.join("\n", lines).stripTrailing();
    }

    /** One line for each kind of ECU and each thing that is expected of it. */
    private static List<String> expected(Scenario scenario) {
        List<String> lines = new ArrayList<>();
        for (EcuKind kind : EcuKind.values()) {
            SortedMap<String, List<String>> variants = new TreeMap<>();
            for (Scenario.Variant variant : scenario.variants()) {
                Expectation expectation = variant.expectations().get(kind);
                variants.computeIfAbsent(expectation == null ? "does not apply" : expected(expectation),
                        any -> new ArrayList<>()).add(parameters(variant));
            }
            variants.forEach((what, where) -> lines.add("  %-19s%s".formatted(kind.id(), what)
                    + (variants.size() > 1 ? "  (" + String.join("; ", new TreeSet<>(where)) + ")" : "")));
        }
        return lines;
    }

    private static String expected(Expectation expectation) {
        String verdict = expectation.verdict() == Expected.BREACHED
                ? "BREACHED, which shows that the bench can see it"
                : expectation.verdict() == Expected.EITHER ? "either way, the Standard leaves it open" : "DEFENDED";
        return verdict
                + (expectation.detected().isEmpty()
                        ? ""
                        : ", reported as " + String.join(" or ", expectation.detected()))
                + (expectation.recovered() ? ", a later update installs" : ", no later update installs");
    }

    private static String parameters(Scenario.Variant variant) {
        return variant.parameters().entrySet().stream().map(entry -> entry.getKey() + '=' + entry.getValue())
                .collect(Collectors.joining(","));
    }
}
