package dev.uptanebench.report.format;

import dev.uptanebench.report.store.Outcome;
import dev.uptanebench.report.store.RunReport;
import java.util.ArrayList;
import java.util.List;

/** A whole run in one sentence. */
final class Headline {
    private Headline() {}

    static String of(RunReport report) {
        if (report.trials().isEmpty()) {
            return "No trial was run.";
        }
        List<String> rest = new ArrayList<>();
        add(rest, count(report, Outcome.SURPRISE), "surprise", "surprises");
        add(rest, count(report, Outcome.ERROR), "time the bench failed", "times the bench failed");
        add(rest, count(report, Outcome.INCONCLUSIVE), "inconclusive", "inconclusive");
        long told = report.trials().size() - count(report, Outcome.NOT_APPLICABLE);
        long expected = count(report, Outcome.AS_EXPECTED);
        if (told == 0) {
            return "Nothing applied to this bench.";
        }
        String which = report.interrupted() ? " that had ended" : "";
        if (rest.isEmpty()) {
            return told == 1
                    ? "The one attack" + which + " went as expected."
                    : "All " + told + " attacks" + which + " went as expected.";
        }
        return expected + " of " + told + " attacks" + which + " went as expected; " + String.join(", ", rest) + ".";
    }

    private static void add(List<String> parts, long count, String one, String many) {
        if (count > 0) {
            parts.add(Words.plural(count, one, many));
        }
    }

    static long count(RunReport report, Outcome outcome) {
        return report.trials().stream().filter(trial -> Outcome.of(trial) == outcome).count();
    }
}
