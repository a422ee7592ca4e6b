package dev.uptanebench.attack.run;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Repeats of one trial must agree: of a target that is now breached and now not, nothing can be said. */
public final class Repeats {
    private Repeats() {}

    /** The same results, those whose repeats disagree made INCONCLUSIVE. */
    public static List<TrialResult> reconciled(List<TrialResult> results) {
        Map<String, Set<Verdict>> verdicts = results.stream().collect(Collectors.groupingBy(Repeats::trial,
                Collectors.mapping(TrialResult::verdict, Collectors.toCollection(HashSet::new))));
        return results.stream().map(result -> verdicts.getOrDefault(trial(result), Set.of()).size() > 1
                && result.verdict() != Verdict.ERROR ? disagreeing(result) : result).toList();
    }

    private static String trial(TrialResult result) {
        return result.repeat() == 1 ? result.id() : result.id().substring(0, result.id().lastIndexOf('#'));
    }

    private static TrialResult disagreeing(TrialResult result) {
        return result.with(Verdict.INCONCLUSIVE, false,
                "repeats disagree; this one was " + result.verdict() + ": " + result.reason());
    }
}
