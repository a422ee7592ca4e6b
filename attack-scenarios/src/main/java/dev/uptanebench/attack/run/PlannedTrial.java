package dev.uptanebench.attack.run;

import dev.uptanebench.attack.scenario.Expectation;
import dev.uptanebench.attack.scenario.Scenario;
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

    /** What is expected; null where the scenario does not apply to this kind of ECU. */
    public @Nullable Expectation expectation() {
        return variant.expectations().get(target.kind());
    }
}
