package dev.uptanebench.bench.cli;

import dev.uptanebench.attack.run.Plan;
import dev.uptanebench.attack.run.PlannedTrial;
import dev.uptanebench.attack.scenario.Scenario;
import dev.uptanebench.bench.assembly.Targets;
import dev.uptanebench.bench.config.BenchConfig;
import dev.uptanebench.ecu.unit.EcuKind;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "list", description = "Lists the scenarios, and how many trials each makes on a bench.")
final class ListVerb extends Verb {
    private static final String ROW = "%-11s  %-8s  %6s  %-20s  %s";

    @Mixin
    private BenchOptions bench = new BenchOptions();

    @Mixin
    private SelectionOptions selection = new SelectionOptions();

    @Override
    ExitCode perform() throws Invalid {
        BenchConfig config = bench.config();
        Plan plan = Plan.of(bench.catalogue().scenarios(), Targets.of(config), selection.selection(),
                config.seed(), 1);
        Mistakes mistakes = new Mistakes();
        mistakes.addAll(plan.mistakes());
        mistakes.raise();
        Map<String, List<PlannedTrial>> byScenario = plan.trials().stream()
                .collect(Collectors.groupingBy(trial -> trial.scenario().id(), TreeMap::new, Collectors.toList()));
        if (byScenario.isEmpty()) {
            throw new Invalid(ExitCode.NOTHING_SELECTED, "no scenario was selected");
        }
        System.out.println(ROW.formatted("ID", "SEVERITY", "TRIALS", "ECU KINDS", "TITLE"));
        byScenario.values().forEach(trials -> System.out.println(row(trials.getFirst().scenario(), trials.size())));
        System.out.println();
        System.out.println((byScenario.size() == 1 ? "1 scenario makes " : byScenario.size() + " scenarios make ")
                + (plan.trials().size() == 1 ? "1 trial" : plan.trials().size() + " trials") + " on the bench '"
                + config.name() + "'");
        return ExitCode.AS_EXPECTED;
    }

    private static String row(Scenario scenario, int trials) {
        String kinds = Arrays.stream(EcuKind.values())
                .filter(kind -> scenario.variants().stream()
                        .anyMatch(variant -> variant.expectations().containsKey(kind)))
                .map(kind -> kind.id().replace("-secondary", "")).collect(Collectors.joining(" "));
        return ROW.formatted(scenario.id(), scenario.severity().name().toLowerCase(Locale.ROOT), trials, kinds,
                scenario.title());
    }
}
