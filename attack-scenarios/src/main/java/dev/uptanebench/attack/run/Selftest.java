package dev.uptanebench.attack.run;

import dev.uptanebench.attack.scenario.Expected;
import dev.uptanebench.attack.scenario.Scenario;
import dev.uptanebench.ecu.unit.EcuKind;
import dev.uptanebench.ecu.weakened.Weakness;
import dev.uptanebench.vehicle.requirement.Checks;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Proof that the bench sees: attacks ECUs that lack one defence each, and finds out which scenarios notice. An ECU that
 * lacks nothing is attacked beside them, so that nobody is accused falsely.
 */
public final class Selftest {
    private final List<Scenario> scenarios;
    private final List<TargetInfo> targets;
    private final long seed;
    private final Function<Checks, WorldFactory> worlds;

    /**
     * A selftest of a bench.
     *
     * @param targets the bench's ECUs, of which the first of each kind is weakened
     * @param worlds the bench with a target that makes the given checks
     */
    public Selftest(List<Scenario> scenarios, List<TargetInfo> targets, long seed,
            Function<Checks, WorldFactory> worlds) {
        this.scenarios = scenarios;
        Map<EcuKind, TargetInfo> firsts = new EnumMap<>(EcuKind.class);
        targets.forEach(target -> firsts.putIfAbsent(target.kind(), target));
        this.targets = List.copyOf(firsts.values());
        this.seed = seed;
        this.worlds = worlds;
    }

    /**
     * What became of one weakness.
     *
     * @param attackedBy ids of the scenarios it was tried with
     * @param caughtBy those that noticed
     */
    public record Row(Weakness weakness, SortedSet<String> attackedBy, SortedSet<String> caughtBy) {}

    /**
     * What came out.
     *
     * @param accusations trials in which an ECU that lacks nothing was not found as expected
     * @param blind scenarios that expect a defence, or are positive controls, and noticed no weakness at all
     */
    public record Outcome(List<Row> rows, List<TrialResult> accusations, SortedSet<String> blind, int trials) {

        /** Whether every weakness was caught, every scenario can fail, and nobody was accused falsely. */
        public boolean passed() {
            return accusations.isEmpty() && blind.isEmpty() && rows.stream().noneMatch(row -> row.caughtBy().isEmpty());
        }
    }

    /**
     * Runs it.
     *
     * @param full every scenario against every weakness, not only those that concern it
     */
    public Outcome run(boolean full, int jobs) {
        List<PlannedTrial> all = Plan.of(scenarios, targets, Selection.all(), seed, 1).trials();
        List<Row> rows = new ArrayList<>();
        int trials = 0;
        for (Weakness weakness : Weakness.values()) {
            List<PlannedTrial> concerned = all.stream().filter(trial -> full || concerns(trial.scenario(), weakness))
                    .toList();
            rows.add(row(weakness, concerned, results(concerned, weakness.checks(), jobs)));
            trials += concerned.size();
        }
        List<TrialResult> sound = results(all, Checks.all(), jobs);
        List<TrialResult> accusations = sound.stream().filter(result -> !result.asExpected()).toList();
        return new Outcome(List.copyOf(rows), accusations, blind(rows), trials + sound.size());
    }

    private List<TrialResult> results(List<PlannedTrial> trials, Checks checks, int jobs) {
        Runner runner = new Runner(worlds.apply(checks), (result, evidence) -> {}, trial -> "");
        return runner.run(trials, jobs, () -> false);
    }

    private static Row row(Weakness weakness, List<PlannedTrial> trials, List<TrialResult> results) {
        return new Row(weakness, ids(trials.stream().map(trial -> trial.scenario().id()).toList()),
                ids(results.stream().filter(Selftest::noticed).map(TrialResult::scenario).toList()));
    }

    /** Only a verdict counts: a trial that could not be judged has noticed nothing. */
    private static boolean noticed(TrialResult result) {
        boolean judged = result.verdict() == Verdict.BREACHED || result.verdict() == Verdict.DEFENDED;
        return judged && !result.asExpected();
    }

    private SortedSet<String> blind(List<Row> rows) {
        Set<String> seeing = rows.stream().filter(row -> row.weakness() != Weakness.DEAD)
                .flatMap(row -> row.caughtBy().stream()).collect(Collectors.toSet());
        Set<String> stopped = rows.stream().filter(row -> row.weakness() == Weakness.DEAD)
                .flatMap(row -> row.caughtBy().stream()).collect(Collectors.toSet());
        SortedSet<String> blind = new TreeSet<>();
        for (Scenario scenario : scenarios) {
            boolean defence = expects(scenario, Expected.DEFENDED) && !seeing.contains(scenario.id());
            boolean control = scenario.isPositiveControl() && !stopped.contains(scenario.id());
            if (defence || control) {
                blind.add(scenario.id());
            }
        }
        return blind;
    }

    private static boolean expects(Scenario scenario, Expected verdict) {
        return scenario.variants().stream().flatMap(variant -> variant.expectations().values().stream())
                .anyMatch(expectation -> expectation.verdict() == verdict);
    }

    /** A weakness concerns scenarios that name its requirement; going dead concerns the positive controls. */
    private static boolean concerns(Scenario scenario, Weakness weakness) {
        return weakness == Weakness.DEAD
                ? scenario.isPositiveControl()
                : weakness.requirements().stream().anyMatch(id -> scenario.requirements().contains(id.id()));
    }

    private static SortedSet<String> ids(List<String> ids) {
        return new TreeSet<>(ids);
    }
}
