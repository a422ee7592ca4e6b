package dev.uptanebench.bench.cli;

import dev.uptanebench.attack.run.TrialResult;
import dev.uptanebench.attack.run.Verdict;
import dev.uptanebench.attack.scenario.Catalogue;
import dev.uptanebench.attack.scenario.Scenario;
import dev.uptanebench.attack.yaml.Nearest;
import dev.uptanebench.attack.yaml.Problems;
import dev.uptanebench.report.format.HtmlReport;
import dev.uptanebench.report.format.JUnitXml;
import dev.uptanebench.report.format.Stories;
import dev.uptanebench.report.format.TerminalReport;
import dev.uptanebench.report.store.RunFolder;
import dev.uptanebench.report.store.RunJson;
import dev.uptanebench.report.store.RunReport;
import dev.uptanebench.report.store.TrialFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a run can be told as. */
enum ReportFormat {
    /** One file that opens offline. */
    HTML {
        @Override
        byte[] render(RunReport report, Path folder, Stories stories, Map<String, Scenario> scenarios) {
            return utf8(HtmlReport.render(report, stories, scenarios));
        }
    },
    JUNIT {
        @Override
        byte[] render(RunReport report, Path folder, Stories stories, Map<String, Scenario> scenarios) {
            return utf8(JUnitXml.render(report));
        }
    },
    /** The same as {@code run.json}. */
    JSON {
        @Override
        byte[] render(RunReport report, Path folder, Stories stories, Map<String, Scenario> scenarios) {
            return RunJson.write(report);
        }
    },
    /** What {@code run} says on a terminal. */
    TEXT {
        @Override
        byte[] render(RunReport report, Path folder, Stories stories, Map<String, Scenario> scenarios) {
            StringBuilder text = new StringBuilder();
            report.trials().forEach(trial -> text.append(TerminalReport.plain().trial(trial)).append('\n'));
            text.append('\n');
            for (TrialResult trial : report.trials()) {
                if (!trial.asExpected() && trial.verdict() != Verdict.NOT_APPLICABLE) {
                    Path evidence = Home.shown(folder.resolve(TrialFiles.history(trial.id())));
                    text.append(TerminalReport.plain().surprise(trial, evidence)).append('\n');
                }
            }
            return utf8(text.append(TerminalReport.plain().summary(report)).toString());
        }
    };

    /** Tells a run from what lies in its folder. */
    byte[] render(RunReport report, Path folder) {
        Map<String, Scenario> scenarios = Catalogue.load(List.of(), new Problems()).byId();
        return render(report, folder, new Stories(trial -> RunFolder.history(folder, trial)), scenarios);
    }

    /**
     * @param folder of the run, where its histories lie
     * @param stories of its trials
     * @param scenarios by id
     */
    abstract byte[] render(RunReport report, Path folder, Stories stories, Map<String, Scenario> scenarios);

    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ReportFormat of(String id) throws Invalid {
        List<String> ids = Arrays.stream(values()).map(ReportFormat::id).toList();
        int index = ids.indexOf(id);
        if (index < 0) {
            throw new Invalid(ExitCode.INVALID, "no format " + id + Nearest.hint(id, ids) + "; there are "
                    + String.join(", ", ids));
        }
        return values()[index];
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
