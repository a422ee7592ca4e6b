package dev.uptanebench.bench.cli;

import dev.uptanebench.attack.run.Selftest;
import dev.uptanebench.attack.run.TrialResult;
import dev.uptanebench.attack.run.Verdict;
import dev.uptanebench.attack.scenario.Catalogue;
import dev.uptanebench.bench.assembly.CarFactory;
import dev.uptanebench.bench.assembly.Targets;
import dev.uptanebench.bench.config.BenchConfig;
import dev.uptanebench.ecu.weakened.Weakness;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "selftest", description = "Attacks deliberately weakened ECUs and shows which scenarios notice.")
final class SelftestVerb extends Verb {
    @Mixin
    private BenchOptions bench = new BenchOptions();

    @Option(names = "--full", description = "every scenario against every weakness")
    private boolean full;

    @Option(names = "--quiet", description = "tells who was not caught and the conclusion only")
    private boolean quiet;

    @Option(names = {"-j", "--jobs"}, paramLabel = "N", description = "trials at a time; default: one a core")
    private int jobs = Runtime.getRuntime().availableProcessors();

    @Override
    ExitCode perform() throws Invalid {
        BenchConfig config = bench.config();
        HardwareOptions.requireSimulated(config, "selftest");
        Catalogue catalogue = bench.catalogue();
        if (jobs < 1 || jobs > 256) {
            throw new Invalid(ExitCode.INVALID, "--jobs takes a number from 1 to 256");
        }
        CarFactory cars = BenchOptions.cars(config, config.seed());
        Selftest.Outcome outcome = new Selftest(catalogue.measuredBy(config.yardstick(), true).scenarios(),
                Targets.of(config), config.seed(), config.yardstick().profile().checks(), cars::weakened)
                .run(full, jobs);
        if (!quiet) {
            table(outcome);
        }
        conclusion(outcome);
        if (!outcome.failed().isEmpty()) {
            return ExitCode.BENCH_FAILED;
        }
        return outcome.passed() ? ExitCode.AS_EXPECTED : ExitCode.SURPRISE;
    }

    private static void table(Selftest.Outcome outcome) {
        SortedSet<String> scenarios = new TreeSet<>();
        outcome.rows().forEach(row -> scenarios.addAll(row.attackedBy()));
        List<String> columns = List.copyOf(scenarios);
        int width = width();
        System.out.println("X noticed   . did not notice   (blank: not tried)");
        for (int line = "UPT-".length(); line < "UPT-FRZ-001".length(); line++) {
            StringBuilder head = new StringBuilder(" ".repeat(width));
            for (String column : columns) {
                head.append(' ').append(column.charAt(Math.min(line, column.length() - 1)));
            }
            System.out.println(head);
        }
        for (Selftest.Row row : outcome.rows()) {
            StringBuilder line = new StringBuilder(pad(row.weakness().id(), width));
            for (String column : columns) {
                line.append(' ').append(row.caughtBy().contains(column)
                        ? 'X'
                        : row.attackedBy().contains(column) ? '.' : ' ');
            }
            System.out.println(line.toString().stripTrailing());
        }
        System.out.println();
        for (Selftest.Row row : outcome.rows()) {
            System.out.println(pad(row.weakness().id(), width) + ' ' + row.weakness().meaning() + ": "
                    + (row.caughtBy().isEmpty() ? "NOT CAUGHT" : "caught by " + String.join(", ", row.caughtBy())));
        }
        System.out.println();
    }

    private static void conclusion(Selftest.Outcome outcome) {
        long caught = outcome.rows().stream().filter(row -> !row.caughtBy().isEmpty()).count();
        System.out.println(caught + " of " + outcome.rows().size() + " weakened ECUs were caught in "
                + outcome.trials() + " trials");
        outcome.rows().stream().filter(row -> row.caughtBy().isEmpty())
                .forEach(row -> System.out.println("not caught: " + row.weakness().id()));
        for (String trial : outcome.blind()) {
            System.out.println(trial + " noticed no weakness: it cannot fail, and so proves nothing");
        }
        for (TrialResult accusation : outcome.accusations()) {
            System.out.println(accusation.id() + (accusation.verdict() == Verdict.INCONCLUSIVE
                    ? " says nothing of an ECU that lacks nothing: "
                    : " accuses an ECU that lacks nothing: ") + accusation.reason());
        }
        outcome.failed().forEach(failed -> System.out.println(failed.id() + " failed: " + failed.reason()));
        if (outcome.accusations().isEmpty()) {
            System.out.println("no ECU that lacks nothing was accused");
        }
    }

    private static int width() {
        int width = 0;
        for (Weakness weakness : Weakness.values()) {
            width = Math.max(width, weakness.id().length());
        }
        return width + 1;
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
