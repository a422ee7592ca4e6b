package dev.uptanebench.report.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.uptanebench.attack.scenario.Expected;
import dev.uptanebench.attack.run.TrialResult;
import dev.uptanebench.attack.run.Verdict;
import dev.uptanebench.report.store.RunReport;
import dev.uptanebench.report.store.Runs;
import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.history.History;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class HtmlReportTest {
    private static final String HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(1)>\"'&\u0000\u202e";

    private static Optional<History> history(TrialResult trial) {
        return trial.historySha256() == null
                ? Optional.empty()
                : Optional.of(Histories.freeze(trial.verdict() == Verdict.DEFENDED));
    }

    private static RunReport mixed() {
        return Runs.report(
                Runs.trial("UPT-FRZ-001", "brake", Verdict.DEFENDED,
                        "The Primary refused the Timestamp, because it had expired a day before."),
                Runs.trial("UPT-FRZ-001", "door", Verdict.BREACHED,
                        "The door module installed an image on an order that had expired."),
                Runs.trial("UPT-RBK-001", "brake", Verdict.INCONCLUSIVE, "The attack had no effect."),
                Runs.trial("UPT-RBK-001", "door", Verdict.NOT_APPLICABLE, "The door module has no second bank."),
                Runs.trial("UPT-MIX-001", "brake", Verdict.ERROR, "The bus fell silent."));
    }

    private static List<String> all(String html, String regex) {
        return Pattern.compile(regex).matcher(html).results().map(MatchResult::group).toList();
    }

    @Test
    void everyTrialAndItsVerdictIsTold() {
        String html = HtmlReport.render(mixed(), new Stories(HtmlReportTest::history), Map.of());

        assertThat(html).contains(
                "1 of 4 attacks went as expected; 1 surprise, 1 time the bench failed, 1 inconclusive.",
                "UPT-FRZ-001/brake/repo=director", "The bus fell silent.", "The door module has no second bank.",
                "./bench run UPT-FRZ-001/door/repo=director --seed 0x2a");
        assertThat(all(html, "<details class=\"trial")).hasSize(5);
    }

    @Test
    void everyLinkInsideThePageHasAPlaceToGo() {
        String html = HtmlReport.render(mixed(), new Stories(HtmlReportTest::history), Map.of());
        List<String> ids = all(html, "(?<= id=\")[^\"]+");

        assertThat(ids).doesNotHaveDuplicates();
        assertThat(all(html, "(?<=href=\"#)[^\"]+")).isNotEmpty().isSubsetOf(ids);
    }

    @Test
    void nothingIsFetchedAndOnlyTheReportsOwnScriptMayRun() {
        String html = HtmlReport.render(mixed(), new Stories(HtmlReportTest::history), Map.of());

        assertThat(html).doesNotContain("http://", "https://", "src=", "@import", "url(", " style=\"", "onclick");
        assertThat(html).containsPattern(
                "content=\"default-src 'none'; style-src 'sha256-[^']+'; script-src 'sha256-[^']+'; base-uri 'none'");
    }

    @Test
    void hostileTextStaysText() {
        TrialResult nice = Runs.trial("UPT-FRZ-001", "brake", Verdict.BREACHED, HOSTILE);
        TrialResult trial = new TrialResult(HOSTILE, HOSTILE, "", List.of(HOSTILE), HOSTILE, "", HOSTILE,
                new TreeMap<>(Map.of(HOSTILE, HOSTILE)), 1, HOSTILE, Verdict.BREACHED, Expected.EITHER, false,
                HOSTILE, HOSTILE, null, HOSTILE, List.of(HOSTILE), null, null, List.of(HOSTILE), List.of(HOSTILE),
                HOSTILE, HOSTILE, 0, 0, HOSTILE);
        History history = Histories.of(new Event.BeatStarted(HOSTILE, List.of()), new Event.PositionTaken(HOSTILE),
                new Event.FrameTouched(HOSTILE, HOSTILE, HOSTILE), new Event.CycleEnded(HOSTILE, HOSTILE, HOSTILE));

        String html = HtmlReport.render(Runs.report(nice, trial), new Stories(any -> Optional.of(history)), Map.of());

        assertThat(all(html, "<script")).hasSize(1);
        assertThat(html).doesNotContain("<img", "\u0000", "\u202e");
    }

    @Test
    void evidenceIsLinkedByTheNameOfItsFile() {
        TrialResult trial = Runs.trial("UPT-FRZ-001", "a b#2", Verdict.DEFENDED, "it held");

        assertThat(HtmlReport.render(Runs.report(trial), new Stories(any -> Optional.empty()), Map.of()))
                .contains("href=\"history/UPT-FRZ-001/a%2520b%232/repo=director.jsonl\"");
    }

    @Test
    void anEmptyRunIsToldAsSuch() {
        assertThat(HtmlReport.render(Runs.report(), new Stories(any -> Optional.empty()), Map.of()))
                .contains("No trial was run.");
    }

    /** Written to target/ so that a person can look at it. */
    @Test
    void twoHundredTrialsMakeAFileOfModerateSize() throws IOException {
        String[] targets = {"telematics", "brake", "engine", "cluster", "door", "seat", "wiper", "gateway"};
        List<TrialResult> trials = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            Verdict verdict = i == 77 ? Verdict.BREACHED : i % 23 == 5 ? Verdict.NOT_APPLICABLE : Verdict.DEFENDED;
            trials.add(Runs.trial("UPT-FRZ-%03d".formatted(i / 8 + 1), targets[i % 8], verdict,
                    verdict == Verdict.BREACHED
                            ? "The engine control unit installed brake-v2.hex on an order that had expired 24 hours before."
                            : "The Primary refused the recorded Timestamp of the Director, because it had expired."));
        }

        String html = HtmlReport.render(Runs.report(trials.toArray(TrialResult[]::new)),
                new Stories(HtmlReportTest::history), Map.of());

        assertThat(html.length()).isLessThan(4_000_000);
        Files.writeString(Files.createDirectories(Path.of("target")).resolve("report-200.html"), html);
        Files.writeString(Path.of("target/report-mixed.html"),
                HtmlReport.render(mixed(), new Stories(HtmlReportTest::history), Map.of()));
    }
}
