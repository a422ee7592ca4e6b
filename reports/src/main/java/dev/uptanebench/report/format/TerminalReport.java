package dev.uptanebench.report.format;

import dev.uptanebench.attack.run.TrialResult;
import dev.uptanebench.attack.run.Verdict;
import dev.uptanebench.attack.scenario.Expected;
import dev.uptanebench.report.store.Outcome;
import dev.uptanebench.report.store.RunReport;
import java.nio.file.Path;
import java.util.List;

/** A run told line by line. Control characters in texts are shown as {@code ?}, so that no report steers a terminal. */
public final class TerminalReport {
    private static final String RESET = "\u001b[0m";

    private final boolean coloured;
    private final boolean ascii;

    private TerminalReport(boolean coloured, boolean ascii) {
        this.coloured = coloured;
        this.ascii = ascii;
    }

    public static TerminalReport plain() {
        return new TerminalReport(false, false);
    }

    /** With ANSI colours. */
    public static TerminalReport coloured() {
        return new TerminalReport(true, false);
    }

    /** The same with marks that every character set has. */
    public TerminalReport inAscii() {
        return new TerminalReport(coloured, true);
    }

    /** One line for a trial that has ended, without line feed. */
    public String trial(TrialResult trial) {
        Outcome outcome = Outcome.of(trial);
        return paint(outcome, mark(outcome) + " " + "%-14s".formatted(trial.verdict())) + " " + clean(trial.id()) + "  "
                + clean(trial.reason());
    }

    /**
     * What somebody needs to look into a trial that did not go as expected; ends with a line feed.
     *
     * @param evidence file of the trial's history
     */
    public String surprise(TrialResult trial, Path evidence) {
        String title = Outcome.of(trial) == Outcome.SURPRISE ? "SURPRISE" : trial.verdict().toString();
        return paint(Outcome.of(trial), title) + "  " + clean(trial.id()) + "\n" + details(trial, evidence);
    }

    /** What was expected and seen of a trial, and where the evidence lies; ends with a line feed. */
    public String details(TrialResult trial, Path evidence) {
        return field("expected", Words.expected(trial)) + field("seen", Words.seen(trial))
                + field("because", trial.reason())
                + field("evidence", trial.historySha256() == null ? "none, there was no world" : evidence.toString())
                + field("reproduce", trial.reproduce());
    }

    /** The last lines; they end with a line feed. */
    public String summary(RunReport report) {
        RunReport.Summary counts = report.summary();
        long surprises = report.trials().stream().filter(t -> Outcome.of(t) == Outcome.SURPRISE).count();
        Outcome worst = counts.error() > 0
                ? Outcome.ERROR
                : surprises > 0
                        ? Outcome.SURPRISE
                        : counts.inconclusive() > 0 ? Outcome.INCONCLUSIVE : Outcome.AS_EXPECTED;
        return (report.interrupted() ? "Interrupted. " : "")
                + paint(worst, Headline.of(report)) + "\n"
                + Words.plural(counts.trials(), "trial", "trials")
                + ": %d defended, %d breached, %d inconclusive, %d error, %d not applicable\n".formatted(
                        counts.defended(), counts.breached(), counts.inconclusive(), counts.error(),
                        counts.notApplicable())
                + breaches(report)
                + Words.span(report.virtualMillis() * 1_000_000) + " of world time in "
                + Words.span(report.wallMillis() * 1_000_000) + ", seed " + clean(report.seed())
                + ", " + clean(report.profile()) + ", " + clean(report.reading()) + "\n";
    }

    /** An expected breach is either a positive control or one that the Standard does not forbid: they mean different things. */
    private static String breaches(RunReport report) {
        List<TrialResult> breached = report.trials().stream().filter(trial -> trial.verdict() == Verdict.BREACHED)
                .toList();
        long controls = breached.stream().filter(trial -> trial.expected() == Expected.BREACHED).count();
        long open = breached.stream().filter(trial -> trial.expected() == Expected.EITHER).count();
        return controls + open == 0
                ? ""
                : "of the breached, " + Words.plural(controls, "is a positive control", "are positive controls") + ", "
                        + open + (open == 1 ? " is" : " are") + " left open by the Standard\n";
    }

    private static String field(String name, String value) {
        return "  %-10s %s\n".formatted(name, clean(value));
    }

    private String mark(Outcome outcome) {
        return switch (outcome) {
            case AS_EXPECTED -> ascii ? "+" : "\u2713";
            case SURPRISE -> ascii ? "X" : "\u2717";
            case ERROR -> "!";
            case INCONCLUSIVE -> "?";
            case NOT_APPLICABLE -> ascii ? "-" : "\u2013";
        };
    }

    private String paint(Outcome outcome, String text) {
        if (!coloured) {
            return text;
        }
        return switch (outcome) {
            case AS_EXPECTED -> "\u001b[32m" + text + RESET;
            case SURPRISE -> "\u001b[1;31m" + text + RESET;
            case ERROR -> "\u001b[1;35m" + text + RESET;
            case INCONCLUSIVE -> "\u001b[33m" + text + RESET;
            case NOT_APPLICABLE -> "\u001b[2m" + text + RESET;
        };
    }

    private static String clean(String text) {
        return text.replaceAll("\\p{Cntrl}|[\\x{80}-\\x{9f}\\x{202a}-\\x{202e}\\x{2066}-\\x{2069}]", "?");
    }
}
