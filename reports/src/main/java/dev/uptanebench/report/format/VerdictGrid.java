package dev.uptanebench.report.format;

import dev.uptanebench.attack.run.TrialResult;
import dev.uptanebench.attack.scenario.Scenario;
import dev.uptanebench.report.store.Outcome;
import dev.uptanebench.report.store.RunReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToIntFunction;

/** Scenarios by targets; each cell holds a letter for every trial, which links to it. */
final class VerdictGrid {
    private final RunReport report;
    private final ToIntFunction<TrialResult> number;
    private final Map<String, Scenario> scenarios;

    /** @param number of a trial, as in its anchor {@code t<number>} */
    VerdictGrid(RunReport report, ToIntFunction<TrialResult> number, Map<String, Scenario> scenarios) {
        this.report = report;
        this.scenarios = scenarios;
        this.number = number;
    }

    void draw(Markup html) {
        Set<String> targets = new TreeSet<>();
        Map<String, List<TrialResult>> rows = new TreeMap<>();
        for (TrialResult trial : report.trials()) {
            targets.add(trial.target());
            rows.computeIfAbsent(trial.scenario(), id -> new ArrayList<>()).add(trial);
        }
        html.open("div", "class", "scroll", "tabindex", "0", "role", "group", "aria-label",
                "Verdicts by scenario and target");
        html.open("table", "class", "grid").open("thead").open("tr").leaf("th", "Scenario", "scope", "col");
        targets.forEach(target -> html.open("th", "scope", "col").leaf("span", target).close());
        html.close().close().open("tbody");
        rows.forEach((scenario, trials) -> row(html, scenario, trials, targets));
        html.close().close().close();
    }

    private void row(Markup html, String scenario, List<TrialResult> trials, Set<String> targets) {
        Scenario known = scenarios.get(scenario);
        html.open("tr").open("th", "scope", "row").text(scenario)
                .leaf("small", known == null ? String.join(", ", trials.getFirst().attacks()) : known.title()).close();
        for (String target : targets) {
            html.open("td");
            trials.stream().filter(trial -> trial.target().equals(target)).forEach(trial -> cell(html, trial));
            html.close();
        }
        html.close();
    }

    private void cell(Markup html, TrialResult trial) {
        chip(html, trial, "a", "href", "#t" + number.applyAsInt(trial), "title", trial.id() + ": " + trial.reason());
    }

    /** The verdict as a letter; surprises carry a mark besides. */
    static void chip(Markup html, TrialResult trial, String element, String... attributes) {
        List<String> all = new ArrayList<>(List.of("class", style(trial), "aria-label",
                Words.name(trial.verdict()) + ", " + Words.outcome(Outcome.of(trial))));
        all.addAll(List.of(attributes));
        html.open(element, all.toArray(String[]::new)).text(Words.letter(trial.verdict()));
        if (Outcome.of(trial) == Outcome.SURPRISE) {
            html.leaf("sup", "!");
        }
        html.close();
    }

    private static String style(TrialResult trial) {
        String verdict = trial.verdict().name().toLowerCase(Locale.ROOT);
        return "chip " + verdict + (Outcome.of(trial) == Outcome.SURPRISE ? " surprise" : "");
    }
}
