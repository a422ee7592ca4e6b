package dev.uptanebench.attack.run;

import dev.uptanebench.attack.scenario.Scenario;
import dev.uptanebench.vehicle.kernel.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * The trials of a run, in a fixed order.
 *
 * @param mistakes what the selection named in vain; a plan with mistakes is not to be run
 */
public record Plan(List<PlannedTrial> trials, List<String> mistakes) {

    /**
     * Every wanted trial. A trial's seed derives from the run's seed, the scenario, the target and the parameters.
     *
     * @param repeats how often each is run
     */
    public static Plan of(List<Scenario> scenarios, List<TargetInfo> targets, Selection selection, long seed,
            int repeats) {
        List<PlannedTrial> trials = new ArrayList<>();
        TreeSet<String> ids = new TreeSet<>();
        for (Scenario scenario : scenarios) {
            for (TargetInfo target : targets) {
                for (Scenario.Variant variant : scenario.variants()) {
                    String id = PlannedTrial.id(scenario, variant, target);
                    ids.add(id);
                    boolean applies = variant.expectations().containsKey(target.kind())
                            && target.suits(scenario);
                    boolean wanted = selection.wants(scenario) && selection.wants(target)
                            && (applies || target.isBeyond(scenario) || selection.names(target, id));
                    for (int repeat : wanted ? selection.repeats(id, repeats) : List.<Integer>of()) {
                        trials.add(trial(scenario, variant, target, repeat, seed));
                    }
                }
            }
        }
        return new Plan(List.copyOf(trials), selection.mistakes(scenarios, targets, ids));
    }

    private static PlannedTrial trial(Scenario scenario, Scenario.Variant variant, TargetInfo target, int repeat,
            long seed) {
        PlannedTrial unseeded = new PlannedTrial(scenario, variant, target, repeat, 0);
        return new PlannedTrial(scenario, variant, target, repeat, RandomStream.derive(seed, unseeded.id()));
    }
}
