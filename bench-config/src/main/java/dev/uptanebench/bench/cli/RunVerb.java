package dev.uptanebench.bench.cli;

import dev.uptanebench.attack.run.FrameTraces;
import dev.uptanebench.attack.run.Plan;
import dev.uptanebench.attack.run.PlannedTrial;
import dev.uptanebench.attack.run.Runner;
import dev.uptanebench.attack.run.Selection;
import dev.uptanebench.attack.run.TrialResult;
import dev.uptanebench.attack.run.WallClock;
import dev.uptanebench.attack.scenario.Catalogue;
import dev.uptanebench.bench.assembly.CarFactory;
import dev.uptanebench.bench.assembly.Targets;
import dev.uptanebench.bench.config.BenchConfig;
import dev.uptanebench.bench.state.Reasons;
import dev.uptanebench.report.format.Stories;
import dev.uptanebench.report.store.RunFolder;
import dev.uptanebench.report.store.RunHeader;
import dev.uptanebench.report.store.RunReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "run", description = "Runs the selected scenarios against the selected ECUs of a bench.")
final class RunVerb extends Verb {
    @Mixin
    private BenchOptions bench = new BenchOptions();

    @Mixin
    private SelectionOptions selection = new SelectionOptions();

    @Mixin
    private HardwareOptions hardware = new HardwareOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Option(names = "--seed", paramLabel = "N", description = "everything random follows from it; default: the bench file's")
    private @Nullable String seed;

    @Option(names = "--repeat", paramLabel = "N", defaultValue = "1", description = "runs each trial that often")
    private int repeats;

    @Option(names = {"-j", "--jobs"}, paramLabel = "N", description = "trials at a time; default: one a core")
    private int jobs = Runtime.getRuntime().availableProcessors();

    @Option(names = {"-o",
            "--out"}, paramLabel = "DIR", description = "folder for what is found, made if it is missing; default: one of its own in reports/runs")
    private @Nullable Path out;

    @Option(names = "--report", paramLabel = "FORMAT=PATH", description = "writes a further report: html, junit, json or text; makes missing folders; - is standard output; may be repeated")
    private List<String> reports = new ArrayList<>();

    @Option(names = "--trace", description = "keeps every frame of every bus in frames/ of the run's folder, as pcapng")
    private boolean trace;

    @Option(names = "--fail-on", paramLabel = "should", description = "expects of every target what the Standard only recommends, too")
    private @Nullable String failOn;

    @Option(names = "--dry-run", description = "lists the trials and runs none")
    private boolean dryRun;

    @Override
    ExitCode perform() throws Invalid {
        Mistakes mistakes = new Mistakes();
        mistakes.require(failOn == null || failOn.equals("should"), "--fail-on takes should");
        mistakes.require(repeats >= 1 && repeats <= 1000, "--repeat takes a number from 1 to 1000");
        mistakes.require(jobs >= 1 && jobs <= 256, "--jobs takes a number from 1 to 256");
        Optional<Long> given = mistakes.noting(() -> Seeds.parse(seed, 0));
        Optional<ReportFiles> further = mistakes.noting(() -> ReportFiles.of(reports));
        Optional<Selection> selected = mistakes.noting(selection::selection);
        Optional<BenchConfig> loaded = mistakes.noting(bench::config);
        Optional<Catalogue> scenarios = mistakes.noting(bench::catalogue);
        if (selected.isEmpty() || loaded.isEmpty() || scenarios.isEmpty()) {
            mistakes.raise();
        }
        BenchConfig config = loaded.orElseThrow();
        Catalogue catalogue = scenarios.orElseThrow().measuredBy(config.yardstick(), failOn != null);
        long runSeed = seed == null ? config.seed() : given.orElse(0L);
        Plan plan = Plan.of(catalogue.scenarios(), Targets.of(config), selected.orElseThrow(), runSeed, repeats);
        mistakes.addAll(plan.mistakes());
        mistakes.raise();
        if (plan.trials().isEmpty()) {
            throw new Invalid(ExitCode.NOTHING_SELECTED,
                    "no trial was selected: what was asked for applies to no ECU of "
                            + "this bench; name one with --target, and the run tells why not");
        }
        if (dryRun) {
            plan.trials().forEach(trial -> System.out.println(trial.id()));
            return ExitCode.AS_EXPECTED;
        }
        hardware.require(config);
        if (trace && !config.networks().isEmpty()) {
            System.err.println(
                    "--trace keeps the frames of CAN buses; this bench has Ethernet too, of which it keeps none");
        }
        further.orElseThrow().prepare(Optional.ofNullable(out));
        return run(config, catalogue, plan, runSeed, further.orElseThrow());
    }

    private ExitCode run(BenchConfig config, Catalogue catalogue, Plan plan, long runSeed, ReportFiles further)
            throws Invalid {
        WallClock.Stopwatch watch = WallClock.stopwatch();
        Instant started = WallClock.now();
        try (RunFolder folder = folder(header(config, catalogue, runSeed, started))) {
            return run(config, catalogue, plan, runSeed, further, folder, watch);
        } catch (UncheckedIOException e) {
            throw new Invalid(ExitCode.BENCH_FAILED, "what was found cannot be written: " + Reasons.of(e));
        }
    }

    private ExitCode run(BenchConfig config, Catalogue catalogue, Plan plan, long runSeed, ReportFiles further,
            RunFolder folder, WallClock.Stopwatch watch) {
        int jobs = config.real() ? 1 : this.jobs; // there is one bus, and one clock
        CarFactory cars = BenchOptions.cars(config, runSeed);
        Stories stories = new Stories(trial -> RunFolder.history(folder.folder(), trial));
        Progress progress = output.progress(plan.trials().size());
        FrameTraces traces = trace ? trial -> Optional.of(folder.frames(trial)) : FrameTraces.NONE;
        Runner runner = new Runner(cars, traces, (result, evidence) -> {
            folder.trialEnded(result, evidence);
            stories.trialEnded(result, evidence);
            progress.ended(result);
        }, trial -> reproduce(config, trial, runSeed));
        try (Interrupt interrupt = Interrupt.watch()) {
            output.tellBeginning(plan.trials().size(), jobs, Seeds.text(runSeed), folder);
            List<TrialResult> results = runner.run(plan.trials(), jobs, interrupt::came);
            progress.close();
            RunReport report = folder.finish(WallClock.now(), interrupt.came(), watch.millis());
            folder.write("junit.xml", ReportFormat.JUNIT.render(report, folder.folder(), stories, catalogue.byId()));
            folder.write("report.html", ReportFormat.HTML.render(report, folder.folder(), stories, catalogue.byId()));
            further.write(report, folder.folder(), stories, catalogue.byId());
            output.tell(results, report, folder, further.beside());
            return interrupt.came() ? ExitCode.INTERRUPTED : ExitCode.of(results);
        }
    }

    private RunFolder folder(RunHeader header) throws Invalid {
        if (out != null && Files.isSymbolicLink(out)) { // such as latest: what it leads to is another run's evidence
            throw new Invalid(ExitCode.INVALID, "no run can be kept there: " + out + " is a link");
        }
        if (out != null && RunFolder.holdsRun(out)) {
            System.err.println("the run that " + out + " held is replaced");
        }
        try {
            return out == null ? RunFolder.beneath(Home.runs(), header) : RunFolder.at(out, header);
        } catch (IOException e) {
            throw new Invalid(ExitCode.INVALID, "no run can be kept there: " + Reasons.ofWriting(e));
        }
    }

    private RunHeader header(BenchConfig config, Catalogue catalogue, long runSeed, Instant started) {
        return new RunHeader(new RunHeader.Tool("uptane-bench", Version.number(), Version.commit()),
                new RunHeader.Bench(config.name(), config.file(), config.sha256()), config.yardstick().profile().id(),
                config.yardstick().reading().id(), config.real() ? "real" : "virtual",
                catalogue.sha256(), Seeds.text(runSeed), started);
    }

    private String reproduce(BenchConfig config, PlannedTrial trial, long runSeed) {
        return Home.command() + " run " + Home.quoted(trial.id()) + " --seed " + Seeds.text(runSeed) + ' '
                + bench.arguments() + HardwareOptions.arguments(config)
                + (failOn == null ? "" : " --fail-on should");
    }
}
