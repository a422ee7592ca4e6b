package dev.uptanebench.report.format;

import dev.uptanebench.attack.run.TrialResult;
import dev.uptanebench.report.store.Outcome;
import dev.uptanebench.report.store.RunReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A run as JUnit XML, which continuous integration servers read: one suite per scenario, one case per trial. A surprise is
 * a failure, ERROR an error; INCONCLUSIVE and NOT_APPLICABLE are skipped with their reason.
 */
public final class JUnitXml {
    private JUnitXml() {}

    public static String render(RunReport report) {
        Map<String, List<TrialResult>> suites = new TreeMap<>();
        report.trials().forEach(trial -> suites.computeIfAbsent(trial.scenario(), id -> new ArrayList<>()).add(trial));
        Markup xml = new Markup();
        xml.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        xml.open("testsuites", counted("uptane-bench " + report.bench().name(), report.trials())).raw("\n");
        suites.forEach((scenario, trials) -> suite(xml, report, scenario, trials));
        return xml.close().raw("\n").toString();
    }

    private static void suite(Markup xml, RunReport report, String scenario, List<TrialResult> trials) {
        List<String> attributes = new ArrayList<>(List.of(counted(scenario, trials)));
        attributes.addAll(List.of("timestamp", report.started().toString()));
        xml.open("testsuite", attributes.toArray(String[]::new)).raw("\n");
        xml.open("properties");
        property(xml, "profile", report.profile());
        property(xml, "reading", report.reading());
        property(xml, "seed", report.seed());
        xml.close().raw("\n");
        trials.forEach(trial -> testCase(xml, trial));
        xml.close().raw("\n");
    }

    private static void property(Markup xml, String name, String value) {
        xml.open("property", "name", name, "value", value).close();
    }

    private static String[] counted(String name, List<TrialResult> trials) {
        long skipped = count(trials, Outcome.INCONCLUSIVE) + count(trials, Outcome.NOT_APPLICABLE);
        long millis = trials.stream().mapToLong(TrialResult::wallMillis).sum();
        return new String[]{"name", name, "tests", String.valueOf(trials.size()), "failures",
                String.valueOf(count(trials, Outcome.SURPRISE)), "errors", String.valueOf(count(trials, Outcome.ERROR)),
                "skipped", String.valueOf(skipped), "time", seconds(millis)};
    }

    private static void testCase(Markup xml, TrialResult trial) {
        xml.open("testcase", "classname", trial.scenario(), "name", trial.id(), "time", seconds(trial.wallMillis()));
        switch (Outcome.of(trial)) {
            case SURPRISE -> problem(xml, "failure", trial);
            case ERROR -> problem(xml, "error", trial);
            case INCONCLUSIVE, NOT_APPLICABLE ->
                xml.open("skipped", "message", trial.verdict() + ": " + trial.reason()).close();
            case AS_EXPECTED -> {
            }
        }
        xml.close().raw("\n");
    }

    private static void problem(Markup xml, String element, TrialResult trial) {
        xml.open(element, "message", trial.reason(), "type", trial.verdict().toString());
        xml.text("expected: " + Words.expected(trial) + "\nseen: " + Words.seen(trial) + "\nbecause: " + trial.reason()
                + "\nreproduce: " + trial.reproduce() + "\n");
        xml.close();
    }

    private static long count(List<TrialResult> trials, Outcome outcome) {
        return trials.stream().filter(trial -> Outcome.of(trial) == outcome).count();
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.3f", millis / 1000.0);
    }
}
