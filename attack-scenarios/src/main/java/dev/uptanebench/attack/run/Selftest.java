package dev.uptanebench.attack.run;

import dev.uptanebench.attack.scenario.Expectation;
import dev.uptanebench.attack.scenario.Expected;
import dev.uptanebench.attack.scenario.Scenario;
import dev.uptanebench.attack.scenario.Trait;
import dev.uptanebench.ecu.weakened.Weakness;
import dev.uptanebench.vehicle.requirement.Checks;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Proof that the bench sees: attacks ECUs that lack one defence each, and finds out which scenarios notice. An ECU that
 * lacks nothing is attacked beside them, so that nobody is accused falsely.
 */
public final class Selftest {
    private final List<Scenario> scenarios;
    private final List<TargetInfo> targets;
    private final long seed;
    private final Checks sound;
    private final Function<Checks, WorldFactory> worlds;

    /**
     * A selftest of a bench.
     *
     * @param targets the bench's ECUs, of which the first of each kind is judged, with each set of traits and with each
     *     set of repositories that have to agree
     * @param sound the checks that an ECU makes which lacks nothing
     * @param worlds the bench with ECUs that all make just the given checks: an attack from outside meets the Primary first
     */
    public Selftest(List<Scenario> scenarios, List<TargetInfo> targets, long seed, Checks sound,
            Function<Checks, WorldFactory> worlds) {
        this.scenarios = scenarios;
        Map<List<Object>, TargetInfo> firsts = new LinkedHashMap<>();
        targets.stream().sorted(Comparator.comparing(Selftest::hasSecrets).thenComparing(TargetInfo::kind))
                .forEach(target -> firsts.putIfAbsent(
                        List.of(target.traits(), target.kind(), target.repositories()), target));
        this.targets = List.copyOf(firsts.values());
        this.seed = seed;
        this.sound = sound;
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
     * @param failed trials in which the bench itself failed
     * @param blind ids of trials that expect a defence, or are positive controls, and noticed no weakness at all
     */
    public record Outcome(List<Row> rows, List<TrialResult> accusations, List<TrialResult> failed,
            SortedSet<String> blind, int trials) {

        /** Whether every weakness was caught, every trial can fail, and nobody was accused falsely. */
        public boolean passed() {
            return failed.isEmpty() && accusations.isEmpty() && blind.isEmpty()
                    && rows.stream().noneMatch(row -> row.caughtBy().isEmpty());
        }
    }

    /**
     * Runs it.
     *
     * @param full every scenario against every weakness, not only those that concern it
     */
    public Outcome run(boolean full, int jobs) {
        List<PlannedTrial> all = Plan.of(scenarios, targets, Selection.all(), seed, 1).trials().stream()
                .filter(Selftest::canShow).toList();
        List<Row> rows = new ArrayList<>();
        List<TrialResult> everything = new ArrayList<>();
        Set<String> seeing = new TreeSet<>();
        for (Weakness weakness : Weakness.values()) {
            List<PlannedTrial> concerned = all.stream().filter(trial -> full || concerns(trial.scenario(), weakness))
                    .toList();
            if (!weakness.weakens(sound) || cannotShow(weakness)
                    || (!concerned.isEmpty() && concerned.stream().allMatch(trial -> trial.expectation() == null))) {
                continue; // the version does not ask for this check, or dialect or bench has not what it is about
            }
            List<TrialResult> results = results(concerned, weakness.of(sound), jobs);
            everything.addAll(results);
            List<TrialResult> noticed = new ArrayList<>();
            for (int i = 0; i < results.size(); i++) {
                if (isNoticed(weakness, concerned.get(i), results.get(i))) {
                    noticed.add(results.get(i));
                    seeing.addAll(provenBy(weakness, concerned.get(i)));
                }
            }
            rows.add(new Row(weakness, ids(concerned.stream().map(trial -> trial.scenario().id()).toList()),
                    ids(noticed.stream().map(TrialResult::scenario).toList())));
        }
        List<TrialResult> ofTheSound = results(all, sound, jobs);
        everything.addAll(ofTheSound);
        List<TrialResult> failed = everything.stream().filter(result -> result.verdict() == Verdict.ERROR).toList();
        List<TrialResult> accusations = ofTheSound.stream()
                .filter(result -> !result.asExpected() && result.verdict() != Verdict.ERROR).toList();
        SortedSet<String> blind = ids(all.stream().filter(Selftest::mustNotice).map(PlannedTrial::id)
                .filter(id -> !seeing.contains(id)).toList());
        return new Outcome(List.copyOf(rows), accusations, failed, blind, everything.size());
    }

    private static boolean hasSecrets(TargetInfo target) {
        return target.traits().contains(Trait.ENCRYPTED_IMAGES);
    }

    /** Where a further repository has a say as well, no one missing defence lets an attack through that is not about it. */
    private static boolean canShow(PlannedTrial trial) {
        return trial.target().repositories().equals(trial.scenario().repositories());
    }

    /** Whether the scenarios that it concerns most are all about something that no ECU of the bench has. */
    private boolean cannotShow(Weakness weakness) {
        List<Scenario> concerned = scenarios.stream().filter(scenario -> concerns(scenario, weakness)).toList();
        List<Scenario> closely = concerned.stream()
                .filter(scenario -> weakness.attacks().stream()
                        .anyMatch(attack -> scenario.attacks().contains(attack.id())))
                .toList();
        List<Scenario> about = closely.isEmpty() ? concerned : closely;
        return !about.isEmpty()
                && about.stream().noneMatch(scenario -> targets.stream().anyMatch(target -> target.suits(scenario)
                        && target.repositories().equals(scenario.repositories())));
    }

    private List<TrialResult> results(List<PlannedTrial> trials, Checks checks, int jobs) {
        Runner runner = new Runner(worlds.apply(checks), (result, evidence) -> {}, trial -> "");
        return runner.run(trials, jobs, () -> false);
    }

    /**
     * A missing defence must show as a broken invariant, not only as silence: that would be seen of any ECU that reports
     * nothing. Only where nothing can break, in a denial, and for the duties that break nothing, is the rest enough.
     */
    private static boolean isNoticed(Weakness weakness, PlannedTrial trial, TrialResult result) {
        Expectation expectation = trial.expectation();
        boolean judged = result.verdict() == Verdict.BREACHED || result.verdict() == Verdict.DEFENDED;
        boolean silent = weakness == Weakness.SILENT || weakness == Weakness.DEAD
                || (expectation != null && expectation.denial());
        return judged && !result.asExpected() && (silent || result.verdict() == Verdict.BREACHED);
    }

    /** Going dead proves that a positive control can fail, silence proves nothing but itself. */
    private static List<String> provenBy(Weakness weakness, PlannedTrial trial) {
        boolean proof = switch (weakness) {
            case SILENT -> false;
            case DEAD -> isControl(trial);
            default -> true;
        };
        return proof ? List.of(trial.id()) : List.of();
    }

    private static boolean mustNotice(PlannedTrial trial) {
        Expectation expectation = trial.expectation();
        return expectation != null && expectation.verdict() != Expected.EITHER;
    }

    private static boolean isControl(PlannedTrial trial) {
        Expectation expectation = trial.expectation();
        return expectation != null && expectation.verdict() == Expected.BREACHED;
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
