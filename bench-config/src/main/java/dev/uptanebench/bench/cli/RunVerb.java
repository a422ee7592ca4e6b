package dev.uptanebench.bench.cli;

import dev.uptanebench.attack.run.Plan;
import dev.uptanebench.attack.run.PlannedTrial;
import dev.uptanebench.attack.run.Runner;
import dev.uptanebench.attack.run.TrialResult;
import dev.uptanebench.attack.scenario.Catalogue;
import dev.uptanebench.bench.assembly.CarFactory;
import dev.uptanebench.bench.config.BenchConfig;
import dev.uptanebench.report.format.HtmlReport;
import dev.uptanebench.report.format.JUnitXml;
import dev.uptanebench.report.store.RunFolder;
import dev.uptanebench.report.store.RunHeader;
import dev.uptanebench.report.store.RunReport;
import dev.uptanebench.vehicle.repository.KeyRing;
import dev.uptanebench.vehicle.requirement.Checks;
import dev.uptanebench.vehicle.uptane.Ed25519Signatures;
import dev.uptanebench.vehicle.uptane.RememberedSignatures;
import dev.uptanebench.vehicle.uptane.dialect.TufJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "run", description = "Runs the selected scenarios against the selected ECUs of a bench.")
final class RunVerb extends Verb {
    private static final Path RUNS = Path.of("reports/runs");

    @Mixin
    private BenchOptions bench = new BenchOptions();

    @Mixin
    private SelectionOptions selection = new SelectionOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Option(names = "--seed", paramLabel = "N", description = "everything random follows from it; default: the bench file's")
    private @Nullable String seed;

    @Option(names = "--repeat", paramLabel = "N", defaultValue = "1", description = "runs each trial that often")
    private int repeats;

    @Option(names = {"-j", "--jobs"}, paramLabel = "N", description = "trials at a time; default: one a core")
    private int jobs = Runtime.getRuntime().availableProcessors();

    @Option(names = {"-o",
            "--out"}, paramLabel = "DIR", description = "folder for what is found; default: one of its own in reports/runs")
    private @Nullable Path out;

    @Option(names = "--dry-run", description = "lists the trials and runs none")
    private boolean dryRun;

    @Override
    ExitCode perform() throws Invalid {
        BenchConfig config = bench.config();
        Catalogue catalogue = bench.catalogue();
        long runSeed = Seeds.parse(seed, config.seed());
        require(repeats >= 1 && repeats <= 1000, "--repeat takes a number from 1 to 1000");
        require(jobs >= 1 && jobs <= 256, "--jobs takes a number from 1 to 256");
        Plan plan = Plan.of(catalogue.scenarios(), BenchOptions.targets(config), selection.selection(), runSeed,
                repeats);
        if (!plan.mistakes().isEmpty()) {
            throw new Invalid(ExitCode.INVALID, String.join("\n", plan.mistakes()));
        }
        if (plan.trials().isEmpty()) {
            throw new Invalid(ExitCode.NOTHING_SELECTED, "no trial was selected");
        }
        if (dryRun) {
            plan.trials().forEach(trial -> System.out.println(trial.id()));
            return ExitCode.AS_EXPECTED;
        }
        return run(config, catalogue, plan, runSeed);
    }

    private ExitCode run(BenchConfig config, Catalogue catalogue, Plan plan, long runSeed) throws Invalid {
        Clock clock = Clock.systemUTC();
        Instant started = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        RunFolder folder = folder(header(config, catalogue, runSeed, started));
        KeyRing keys = new KeyRing(runSeed, new TufJson());
        CarFactory cars = new CarFactory(config, keys, new RememberedSignatures(new Ed25519Signatures()), Checks.all());
        Progress progress = output.progress(plan.trials().size());
        Runner runner = new Runner(cars, (result, history) -> {
            folder.trialEnded(result, history);
            progress.ended(result);
        }, trial -> reproduce(trial, runSeed));
        try (Interrupt interrupt = Interrupt.watch()) {
            List<TrialResult> results = runner.run(plan.trials(), jobs, interrupt::came);
            progress.close();
            Instant finished = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            RunReport report = folder.finish(finished, interrupt.came(),
                    ChronoUnit.MILLIS.between(started, finished));
            folder.write("junit.xml", JUnitXml.render(report).getBytes(StandardCharsets.UTF_8));
            folder.write("report.html", HtmlReport.render(report, trial -> RunFolder.history(folder.folder(), trial))
                    .getBytes(StandardCharsets.UTF_8));
            output.tell(results, report, folder);
            return interrupt.came() ? ExitCode.INTERRUPTED : ExitCode.of(results);
        } catch (UncheckedIOException e) {
            throw new Invalid(ExitCode.BENCH_FAILED, folder.folder() + " cannot be written: " + e.getMessage());
        }
    }

    private RunFolder folder(RunHeader header) throws Invalid {
        try {
            return out == null ? RunFolder.beneath(RUNS, header) : RunFolder.at(out, header);
        } catch (IOException e) {
            throw new Invalid(ExitCode.INVALID, "no run can be kept there: " + e.getMessage());
        }
    }

    private RunHeader header(BenchConfig config, Catalogue catalogue, long runSeed, Instant started) {
        return new RunHeader(new RunHeader.Tool("uptane-bench", Version.number(), Version.commit()),
                new RunHeader.Bench(config.name(), config.file(), config.sha256()), "uptane-2.1", "strict", "virtual",
                catalogue.sha256(), Seeds.text(runSeed), started);
    }

    private String reproduce(PlannedTrial trial, long runSeed) {
        return "./bench run " + trial.id() + " --seed " + Seeds.text(runSeed) + " -b " + bench.file();
    }

    private static void require(boolean holds, String message) throws Invalid {
        if (!holds) {
            throw new Invalid(ExitCode.INVALID, message);
        }
    }
}
