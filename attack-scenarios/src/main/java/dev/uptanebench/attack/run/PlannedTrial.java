package dev.uptanebench.attack.run;

import dev.uptanebench.attack.scenario.Expectation;
import dev.uptanebench.attack.scenario.Scenario;
import dev.uptanebench.attack.scenario.Trait;
import dev.uptanebench.vehicle.uptane.dialect.Feature;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One scenario with its parameters, against one target, once.
 *
 * @param repeat from 1
 * @param seed of this trial's world
 */
public record PlannedTrial(Scenario scenario, Scenario.Variant variant, TargetInfo target, int repeat, long seed) {

    /** Scenario, target, then parameters sorted by name; repeats end in {@code #2}. */
    public String id() {
        return id(scenario, variant, target) + (repeat > 1 ? "#" + repeat : "");
    }

    static String id(Scenario scenario, Scenario.Variant variant, TargetInfo target) {
        String parameters = variant.parameters().entrySet().stream()
                .map(parameter -> parameter.getKey() + '=' + parameter.getValue()).collect(Collectors.joining(","));
        return scenario.id() + '/' + target.id() + (parameters.isEmpty() ? "" : '/' + parameters);
    }

    /** What is expected; null where the scenario does not apply. */
    public @Nullable Expectation expectation() {
        return missing().isEmpty() && target.suits(scenario) ? variant.expectations().get(target.kind()) : null;
    }

    /** Why the scenario does not apply, where it does not. */
    public String inapplicable() {
        if (!target.isListed(scenario)) {
            return "the scenario is about images on which " + scenario.repositories() + " have to agree; those of "
                    + target.id() + " need " + target.repositories();
        }
        for (Trait trait : scenario.traits()) {
            if (!target.traits().contains(trait)) {
                return "the scenario is for an ECU only if " + trait.meaning() + ", which is not so of " + target.id();
            }
        }
        return missing().isEmpty()
                ? "the scenario does not apply to a " + target.kind()
                : "the scenario rests on " + missing().stream().map(Feature::meaning).collect(Collectors.joining(", "))
                        + ", which " + target.dialect() + " does not have";
    }

    private Set<Feature> missing() {
        Set<Feature> missing = EnumSet.noneOf(Feature.class);
        missing.addAll(scenario.needs());
        missing.removeAll(target.dialect().dialect().features());
        return missing;
    }
}
