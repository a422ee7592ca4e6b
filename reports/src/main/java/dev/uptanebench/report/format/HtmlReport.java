package dev.uptanebench.report.format;

import dev.uptanebench.vehicle.kernel.Sha256;
import dev.uptanebench.attack.run.TrialResult;
import dev.uptanebench.attack.run.Verdict;
import dev.uptanebench.attack.scenario.Expected;
import dev.uptanebench.attack.scenario.Scenario;
import dev.uptanebench.report.store.Outcome;
import dev.uptanebench.report.store.RunReport;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A run as one HTML file that opens anywhere: no network, no other files, readable without scripts, printable. It tells
 * trials that did not go as expected first.
 */
public final class HtmlReport {
    private static final String STYLE = resource("report.css");
    private static final String SCRIPT = resource("report.js");

    private final RunReport report;
    private final List<TrialResult> trials;
    private final Map<String, Scenario> scenarios;
    private final Markup html = new Markup();

    private HtmlReport(RunReport report, Map<String, Scenario> scenarios) {
        this.report = report;
        this.scenarios = scenarios;
        this.trials = report.trials().stream().sorted(Comparator.comparing(Outcome::of)).toList();
    }

    /**
     * The whole page.
     *
     * @param scenarios those at hand, by id: their titles and stories go beside the trials
     */
    public static String render(RunReport report, Stories stories, Map<String, Scenario> scenarios) {
        return new HtmlReport(report, scenarios).page(stories);
    }

    private String page(Stories stories) {
        html.raw("<!doctype html>\n").open("html", "lang", "en").open("head");
        html.raw("<meta charset=\"utf-8\">").raw("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
                + "'none'; style-src '" + digest(STYLE) + "'; script-src '" + digest(SCRIPT)
                + "'; base-uri 'none'; form-action 'none'\">");
        html.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        html.leaf("title", "Uptane Bench: " + report.bench().name());
        html.raw("<style>").raw(STYLE).raw("</style>").close().raw("\n");
        html.open("body");
        header();
        Timeline.shapes(html);
        html.open("main");
        meanings();
        grid();
        trials(stories);
        html.close();
        footer();
        html.raw("<script>").raw(SCRIPT).raw("</script>");
        return html.close().close().raw("\n").toString();
    }

    private void header() {
        Outcome worst = trials.stream().map(Outcome::of).min(Comparator.naturalOrder()).orElse(Outcome.NOT_APPLICABLE);
        html.open("header", "class", worst.name().toLowerCase(Locale.ROOT));
        html.open("p", "class", "product").leaf("b", "Uptane Bench").text(" \u00b7 " + report.bench().name()).close();
        html.leaf("h1", Headline.of(report));
        if (report.interrupted()) {
            html.leaf("p", "This run was interrupted: only trials that had ended are told.", "class", "interrupted");
        }
        html.open("ul", "class", "counts");
        for (Verdict verdict : Verdict.values()) {
            count(verdict);
        }
        html.close().close().raw("\n");
    }

    private void count(Verdict verdict) {
        List<TrialResult> such = trials.stream().filter(trial -> trial.verdict() == verdict).toList();
        long surprises = such.stream().filter(trial -> Outcome.of(trial) == Outcome.SURPRISE).count();
        boolean judged = verdict == Verdict.DEFENDED || verdict == Verdict.BREACHED;
        String rest = such.isEmpty() || !judged
                ? ""
                : surprises == 0 ? allAsExpected(such) : surprises + " not as expected";
        html.open("li", "class", such.isEmpty() ? "none" : "");
        html.leaf("span", Words.letter(verdict), "class",
                "chip " + verdict.name().toLowerCase(Locale.ROOT));
        html.leaf("b", "" + such.size()).leaf("span", Words.name(verdict)).leaf("small", rest).close();
    }

    /** A positive control that was breached says something else than a breach that the Standard leaves open. */
    private static String allAsExpected(List<TrialResult> such) {
        long open = such.stream().filter(trial -> trial.expected() == Expected.EITHER).count();
        return "all as expected" + (open == 0 ? "" : "; for " + open + " the Standard leaves it open");
    }

    private void meanings() {
        html.open("details", "class", "meanings").leaf("summary", "How to read this report");
        html.leaf("p",
                "A trial stages one attack against one part of a simulated or real car. First an ordinary update "
                        + "is made, to show that everything works. Then the attack happens, and the bench watches what the car "
                        + "really does: what is in its memory, what it starts, what it reports. At the end an ordinary update "
                        + "must work again.");
        html.open("dl");
        for (Verdict verdict : Verdict.values()) {
            html.open("div").open("dt")
                    .leaf("span", Words.letter(verdict), "class", "chip " + verdict.name().toLowerCase(Locale.ROOT))
                    .text(" " + Words.name(verdict)).close().leaf("dd", Words.meaning(verdict)).close();
        }
        html.open("div").open("dt").open("span", "class", "chip breached surprise").text("B").leaf("sup", "!").close()
                .text(" Surprise").close()
                .leaf("dd", "Filled and marked with !: verdict, detection or recovery was not "
                        + "as expected. Some attacks are meant to succeed, because the attacker was given enough stolen "
                        + "keys: they show that the bench can see a breach, and are no surprise.")
                .close();
        html.close().close().raw("\n");
    }

    private void grid() {
        if (!trials.isEmpty()) {
            html.open("section").leaf("h2", "Verdicts");
            Map<String, Integer> numbers = new HashMap<>();
            trials.forEach(trial -> numbers.put(trial.id(), numbers.size() + 1));
            new VerdictGrid(report, trial -> numbers.getOrDefault(trial.id(), 0), scenarios).draw(html);
            html.close().raw("\n");
        }
    }

    private void trials(Stories stories) {
        html.open("section").open("div", "class", "bar").leaf("h2", "Trials");
        html.raw("<input id=\"filter\" type=\"search\" placeholder=\"Filter: breached, freeze, brake\u2026\" "
                + "aria-label=\"Filter trials\" hidden>").raw("<span id=\"shown\" role=\"status\"></span>").close();
        // Each trial is told on its own, so they are told side by side.
        IntStream.range(0, trials.size()).parallel().mapToObj(i -> trial(i, stories)).toList()
                .forEach(told -> html.raw(told).raw("\n"));
        html.close();
    }

    private String trial(int index, Stories stories) {
        TrialResult trial = trials.get(index);
        Markup own = new Markup();
        new HtmlTrial(own, trial, index + 1, scenarios.get(trial.scenario())).draw(stories.of(trial).orElse(null));
        return own.toString();
    }

    private void footer() {
        String facts = List
                .of("bench " + report.bench().file(), "profile " + report.profile() + ", " + report.reading(),
                        report.mode() + " time", "seed " + report.seed(),
                        report.started() + " to " + report.finished(),
                        Words.span(report.virtualMillis() * 1_000_000) + " of world time in "
                                + Words.span(report.wallMillis() * 1_000_000),
                        report.tool().name() + " " + report.tool().version() + " (" + report.tool().commit() + ")",
                        "catalogue " + report.catalogueSha256())
                .stream().collect(Collectors.joining(" \u00b7 "));
        html.leaf("footer", facts);
    }

    private static String digest(String content) {
        byte[] sha256 = Sha256.begun().digest(content.getBytes(StandardCharsets.UTF_8));
        return "sha256-" + Base64.getEncoder().encodeToString(sha256);
    }

    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(HtmlReport.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
