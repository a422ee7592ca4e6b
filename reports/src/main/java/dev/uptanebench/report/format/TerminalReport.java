package dev.uptanebench.report.format;

import dev.uptanebench.attack.run.TrialResult;
import dev.uptanebench.report.store.Outcome;
import dev.uptanebench.report.store.RunReport;
import java.nio.file.Path;

/** A run told line by line. Control characters in texts are shown as {@code ?}, so that no report steers a terminal. */
public final class TerminalReport {
    private static final String RESET = "\u001b[0m";

    private final boolean coloured;

    private TerminalReport(boolean coloured) {
        this.coloured = coloured;
    }

    public static TerminalReport plain() {
        return new TerminalReport(false);
    }

    /** With ANSI colours. */
    public static TerminalReport coloured() {
        return new TerminalReport(true);
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
        Outcome worst = surprises > 0
                ? Outcome.SURPRISE
                : counts.error() > 0
                        ? Outcome.ERROR
                        : counts.inconclusive() > 0 ? Outcome.INCONCLUSIVE : Outcome.AS_EXPECTED;
        return (report.interrupted() ? "Interrupted. " : "")
                + paint(worst, Headline.of(report)) + "\n"
                + "%d trials: %d defended, %d breached, %d inconclusive, %d error, %d not applicable%n".formatted(
                        counts.trials(), counts.defended(), counts.breached(), counts.inconclusive(), counts.error(),
                        counts.notApplicable()).replace(System.lineSeparator(), "\n")
                + Words.span(report.virtualMillis() * 1_000_000) + " of world time in "
                + Words.span(report.wallMillis() * 1_000_000) + ", seed " + clean(report.seed()) + "\n";
    }

    private static String field(String name, String value) {
        return "  %-10s %s\n".formatted(name, clean(value));
    }

    private static String mark(Outcome outcome) {
        return switch (outcome) {
            case AS_EXPECTED -> "\u2713";
            case SURPRISE -> "\u2717";
            case ERROR -> "!";
            case INCONCLUSIVE -> "?";
            case NOT_APPLICABLE -> "\u2013";
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
