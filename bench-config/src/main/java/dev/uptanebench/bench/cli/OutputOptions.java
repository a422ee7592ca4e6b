package dev.uptanebench.bench.cli;

import dev.uptanebench.attack.run.TrialResult;
import dev.uptanebench.attack.run.Verdict;
import dev.uptanebench.report.format.TerminalReport;
import dev.uptanebench.report.store.RunFolder;
import dev.uptanebench.report.store.RunReport;
import java.io.Console;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** What a run says on the terminal. */
final class OutputOptions {
    @ArgGroup(exclusive = true)
    private Detail detail = new Detail();

    @Option(names = "--no-color", description = "no colours; also where NO_COLOR is set or the output is no terminal")
    private boolean noColor;

    private static final class Detail {
        @Option(names = "--quiet", description = "tells surprises and the summary only, and no progress")
        private boolean quiet;

        @Option(names = {"-v",
                "--verbose"}, description = "tells of each trial what was expected, what was seen, where the evidence lies")
        private boolean verbose;
    }

    private static boolean isTerminal() {
        return !"dumb".equals(System.getenv("TERM"))
                && Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    }

    private TerminalReport terminal() {
        boolean colours = !noColor && System.getenv("NO_COLOR") == null && isTerminal();
        TerminalReport report = colours ? TerminalReport.coloured() : TerminalReport.plain();
        return System.out.charset().newEncoder().canEncode('\u2713') ? report : report.inAscii();
    }

    Progress progress(int trials) {
        return detail.quiet ? Progress.untold() : Progress.of(trials, isTerminal(), System.err);
    }

    /** Where it goes, for those who want to know. */
    void tellBeginning(int trials, int jobs, String seed, RunFolder folder) {
        if (detail.verbose) {
            System.err.println(
                    trials + (trials == 1 ? " trial, " : " trials, ") + jobs + " at a time, seed " + seed + ", into "
                            + Home.shown(folder.folder()));
        }
    }

    /**
     * One line a trial, a block for each surprise, the summary.
     *
     * @param out where to
     */
    void tell(List<TrialResult> results, RunReport report, RunFolder folder, PrintStream out) {
        TerminalReport terminal = terminal();
        if (!detail.quiet) {
            for (TrialResult result : results) {
                out.println(terminal.trial(result));
                if (detail.verbose) {
                    out.print(terminal.details(result, Home.shown(folder.historyFile(result))));
                }
            }
        }
        out.println();
        for (TrialResult result : results) {
            if (!result.asExpected() && result.verdict() != Verdict.NOT_APPLICABLE) {
                out.println(terminal.surprise(result, Home.shown(folder.historyFile(result))));
            }
        }
        out.print(terminal.summary(report));
        out.println("report: " + Home.shown(folder.folder().resolve("report.html")));
    }
}
