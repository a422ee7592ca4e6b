package dev.uptanebench.report.format;

import dev.uptanebench.attack.run.TrialResult;
import dev.uptanebench.attack.run.Verdict;
import dev.uptanebench.attack.scenario.Scenario;
import dev.uptanebench.report.store.Outcome;
import dev.uptanebench.report.store.TrialFiles;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One trial's story. */
final class HtmlTrial {
    /** More open stories than this, and nobody finds the second one. */
    private static final int MOST_OPEN = 5;

    private final Markup html;
    private final TrialResult trial;
    private final int number;
    private final @Nullable Scenario scenario;

    /** @param scenario null when it is not at hand */
    HtmlTrial(Markup html, TrialResult trial, int number, @Nullable Scenario scenario) {
        this.scenario = scenario;
        this.html = html;
        this.trial = trial;
        this.number = number;
    }

    /** @param story null when no history is at hand */
    void draw(@Nullable Story story) {
        Outcome outcome = Outcome.of(trial);
        String search = String.join(" ", trial.id(), trial.verdict().toString(), Words.outcome(outcome), trial.kind(),
                String.join(" ", trial.attacks()), String.join(" ", trial.requirements()), trial.reason(),
                scenario == null ? "" : scenario.title());
        String style = "trial " + outcome.name().toLowerCase(Locale.ROOT);
        if ((outcome == Outcome.SURPRISE || outcome == Outcome.ERROR) && number <= MOST_OPEN) {
            html.open("details", "class", style, "data-search", search.toLowerCase(Locale.ROOT), "open", "");
        } else {
            html.open("details", "class", style, "data-search", search.toLowerCase(Locale.ROOT));
        }
        html.open("summary");
        VerdictGrid.chip(html, trial, "span");
        html.leaf("code", trial.id()).leaf("span", trial.reason(), "class", "short").close();
        html.open("div", "class", "body", "id", "t" + number);
        story(story);
        html.close().close();
    }

    private void story(@Nullable Story story) {
        html.leaf("p", trial.reason(), "class", "reason");
        if (scenario != null) {
            html.leaf("p", scenario.title() + ". " + scenario.story(), "class", "told");
        }
        facts();
        if (story != null && !story.moments().isEmpty()) {
            html.leaf("h4", "What happened");
            new Timeline(story, "t" + number + "-").draw(html);
            sentences(story);
        } else if (trial.historySha256() != null) {
            html.leaf("p", "The history of this trial is not at hand, so its timeline cannot be drawn.", "class",
                    "note");
        }
        evidence();
    }

    private void facts() {
        html.open("dl", "class", "facts");
        fact("Expected", Words.expected(trial));
        fact("Seen", Words.seen(trial));
        if (Words.judged(trial)) {
            fact("Prevented", prevented());
            fact("Detected", trial.detected() == null
                    ? "No: while the attack went on, neither vehicle nor Director named it"
                    : "Yes, as \u201c" + trial.detected() + "\u201d");
            fact("Recovered", answer(trial.recovered(), "Yes, a legitimate update installed afterwards",
                    "No, a legitimate update no longer installs", "Not tried"));
        }
        fact("Target", trial.target() + ", a " + Words.kind(trial.kind()));
        fact("Attack", String.join(", ", trial.attacks()) + parameters());
        chips("Requirements", trial.requirements());
        if (!trial.decidedBy().isEmpty()) {
            chips("Decided by", trial.decidedBy());
        }
        html.close();
    }

    private String prevented() {
        return answer(trial.prevented(), "Yes, nothing wrong became active", "No, something wrong became active",
                trial.expectedDetected().isEmpty()
                        ? "Cannot be prevented; recovery counts"
                        : "Cannot be prevented; detection and recovery count");
    }

    private static String answer(@Nullable Boolean answer, String yes, String no, String open) {
        return answer == null ? open : answer ? yes : no;
    }

    private String parameters() {
        String listed = trial.parameters().entrySet().stream().map(entry -> entry.getKey() + " = " + entry.getValue())
                .collect(Collectors.joining(", "));
        return listed.isEmpty() ? "" : " (" + listed + ")";
    }

    private void fact(String name, String value) {
        html.open("div").leaf("dt", name).leaf("dd", value).close();
    }

    private void chips(String name, List<String> ids) {
        html.open("div").leaf("dt", name).open("dd");
        ids.forEach(id -> html.leaf("code", id).text(" "));
        html.close().close();
    }

    private void sentences(Story story) {
        int count = 0;
        for (Story.Chapter chapter : story.chapters()) {
            html.leaf("h5", chapter.beat().isEmpty() ? "Beginning" : Words.beat(chapter.beat()));
            String before = "";
            html.open("ol", "class", "moments", "start", "" + (count + 1));
            for (Moment moment : chapter.moments()) {
                String time = "+" + Words.span(moment.at());
                sentence(moment, ++count, time.equals(before) ? "" : time);
                before = time;
            }
            html.close();
        }
        if (story.omitted() > 0) {
            html.leaf("p", Words.plural(story.omitted(), "moment is", "moments are")
                    + " left out here, routine first; the history holds everything.", "class", "note");
        }
    }

    /** @param time empty where it is that of the sentence before */
    private void sentence(Moment moment, int count, String time) {
        html.open("li", "id", "t" + number + "-" + count, "class", Timeline.style(moment.tone()));
        html.leaf("time", time);
        if (moment.detail().isEmpty()) {
            html.leaf("span", moment.sentence());
        } else {
            html.open("details").leaf("summary", moment.sentence()).leaf("pre", moment.detail()).close();
        }
        html.close();
    }

    private void evidence() {
        html.open("div", "class", "evidence");
        if (trial.verdict() != Verdict.NOT_APPLICABLE) {
            html.leaf("h4", "Run it again");
            html.open("div", "class", "command").leaf("pre", trial.reproduce())
                    .leaf("button", "Copy", "type", "button", "class", "copy", "hidden", "").close();
        }
        html.open("p", "class", "note");
        if (trial.historySha256() != null) {
            html.text("Evidence: ").leaf("a", TrialFiles.history(trial.id()), "href", link()).text(", sha256 ")
                    .leaf("code", trial.historySha256()).text(". ");
        }
        html.text(Words.span(trial.virtualMillis() * 1_000_000) + " of world time in "
                + Words.span(trial.wallMillis() * 1_000_000) + ", seed " + trial.seed() + ".");
        html.close().close();
    }

    /** File names hold {@code %} and {@code #}, which mean something else in a link. */
    private String link() {
        return TrialFiles.history(trial.id()).replace("%", "%25").replace("#", "%23");
    }
}
