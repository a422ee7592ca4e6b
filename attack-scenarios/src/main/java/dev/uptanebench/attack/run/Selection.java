package dev.uptanebench.attack.run;

import dev.uptanebench.attack.scenario.Scenario;
import dev.uptanebench.attack.yaml.Nearest;
import dev.uptanebench.ecu.unit.EcuKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which trials are wanted. Empty lists want everything.
 *
 * @param names trial ids, or scenario ids with {@code *}
 * @param tags a scenario needs one of those without and none of those with {@code !}
 * @param requirements ids with {@code *}
 */
public record Selection(List<String> names, List<String> tags, List<String> attacks, List<Scenario.Severity> severities,
        List<String> targets, List<EcuKind> kinds, List<String> requirements) {
    private static final Pattern REPEAT = Pattern.compile("#[1-9][0-9]{0,5}$");

    /** Everything. */
    public static Selection all() {
        return new Selection(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of());
    }

    boolean wants(Scenario scenario) {
        List<String> refused = tags.stream().filter(tag -> tag.startsWith("!")).map(tag -> tag.substring(1)).toList();
        List<String> wanted = tags.stream().filter(tag -> !tag.startsWith("!")).toList();
        return (names.isEmpty() || names.stream().anyMatch(name -> matches(scenarioPart(name), scenario.id())))
                && scenario.tags().stream().noneMatch(refused::contains)
                && (wanted.isEmpty() || scenario.tags().stream().anyMatch(wanted::contains))
                && (attacks.isEmpty() || scenario.attacks().stream().anyMatch(attacks::contains))
                && (severities.isEmpty() || severities.contains(scenario.severity()))
                && (requirements.isEmpty() || scenario.requirements().stream()
                        .anyMatch(id -> requirements.stream().anyMatch(wantedId -> matches(wantedId, id))));
    }

    boolean wants(TargetInfo target) {
        return (targets.isEmpty() || targets.contains(target.id()))
                && (kinds.isEmpty() || kinds.contains(target.kind()));
    }

    /**
     * Which repeats of a trial of a wanted scenario and target are wanted.
     *
     * @param id without {@code #}
     * @param repeats how often each is run that is not named with a number of its own
     */
    List<Integer> repeats(String id, int repeats) {
        Set<Integer> wanted = new TreeSet<>();
        for (String name : names.isEmpty() ? List.of("*") : names) {
            if (name.contains("/") ? covers(name, id) : matches(name, scenarioPart(id))) {
                IntStream.rangeClosed(1, repeats).forEach(wanted::add);
            } else if (withoutRepeat(name).equals(id)) {
                wanted.add(Integer.parseInt(name.substring(name.lastIndexOf('#') + 1)));
            }
        }
        return List.copyOf(wanted);
    }

    private static String withoutRepeat(String name) {
        return REPEAT.matcher(name).replaceFirst("");
    }

    /** Whether this trial, or its target, was asked for by name, so that silence about it would mislead. */
    boolean names(TargetInfo target, String id) {
        return targets.contains(target.id()) || names.stream().map(Selection::withoutRepeat)
                .anyMatch(name -> name.contains("/") && name.split("/", -1)[1].equals(target.id()) && covers(name, id));
    }

    /** A trial's id, the beginning of some as far as a slash, or either with {@code *}. */
    private static boolean covers(String name, String id) {
        return name.equals(id) || matches(name, id) || matches(name + "/*", id);
    }

    /** Everything in this selection that names nothing there is. */
    public List<String> mistakes(Collection<Scenario> scenarios, Collection<TargetInfo> known, Set<String> trialIds) {
        List<String> mistakes = new ArrayList<>();
        List<String> ids = scenarios.stream().map(Scenario::id).toList();
        for (String name : names) {
            boolean whole = name.contains("/");
            boolean found = whole
                    ? trialIds.stream().anyMatch(id -> covers(name, id) || withoutRepeat(name).equals(id))
                    : ids.stream().anyMatch(id -> matches(name, id));
            if (whole && found && !targets.isEmpty() && !name.contains("*")
                    && targets.stream().noneMatch(target -> name.split("/", -1)[1].equals(target))) {
                mistakes.add(name + " is a trial of another target than " + String.join(", ", targets));
            }
            if (!found) {
                mistakes.add("no " + (whole ? "trial " : "scenario ") + name
                        + Nearest.hint(name, whole ? near(name, trialIds) : ids));
            }
        }
        check(mistakes, "tag", tags.stream().map(tag -> tag.startsWith("!") ? tag.substring(1) : tag),
                scenarios.stream().flatMap(scenario -> scenario.tags().stream()));
        check(mistakes, "attack", attacks.stream(),
                scenarios.stream().flatMap(scenario -> scenario.attacks().stream()));
        check(mistakes, "target", targets.stream(), known.stream().map(TargetInfo::id));
        for (String wanted : requirements) {
            Set<String> there = new TreeSet<>(
                    scenarios.stream().flatMap(scenario -> scenario.requirements().stream()).toList());
            if (there.stream().noneMatch(id -> matches(wanted, id))) {
                mistakes.add("no scenario names requirement " + wanted + Nearest.hint(wanted, there));
            }
        }
        return mistakes;
    }

    /** Trials of the scenario that was named, if there is one, as long as what was typed; otherwise all. */
    private static Set<String> near(String name, Set<String> trialIds) {
        int parts = name.split("/", -1).length;
        Set<String> near = trialIds.stream().filter(id -> scenarioPart(id).equals(scenarioPart(name)))
                .map(id -> String.join("/", Arrays.asList(id.split("/", -1)).subList(0,
                        Math.min(parts, id.split("/", -1).length))))
                .collect(Collectors.toCollection(TreeSet::new));
        return near.isEmpty() ? trialIds : near;
    }

    private static void check(List<String> mistakes, String what, Stream<String> wanted, Stream<String> there) {
        Set<String> known = new TreeSet<>(there.toList());
        wanted.filter(name -> !known.contains(name)).forEach(name -> {
            String hint = Nearest.hint(name, known);
            mistakes.add("no " + what + ' ' + name
                    + (hint.isEmpty() ? "; there are " + String.join(", ", known) : hint));
        });
    }

    private static String scenarioPart(String name) {
        return name.split("/", 2)[0];
    }

    private static boolean matches(String glob, String id) {
        return Pattern.matches(Pattern.quote(glob).replace("*", "\\E.*\\Q"), id);
    }
}
