package dev.uptanebench.attack.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.uptanebench.attack.scenario.Expected;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RepeatsTest {

    private static TrialResult result(String trial, int repeat, Verdict verdict) {
        return new TrialResult(trial + (repeat == 1 ? "" : "#" + repeat), "UPT-FRZ-001", "", List.of(), "brake", "",
                "primary", new TreeMap<>(), repeat, "0x1", verdict, Expected.DEFENDED, verdict == Verdict.DEFENDED,
                null, null, null, null, List.of(), null, null, List.of(), List.of(), "because", null, 0, 0, "");
    }

    @Test
    void repeatsThatAgreeStayAsTheyAre() {
        List<TrialResult> results = List.of(result("a", 1, Verdict.DEFENDED), result("a", 2, Verdict.DEFENDED),
                result("b", 1, Verdict.BREACHED));

        assertThat(Repeats.reconciled(results)).isEqualTo(results);
    }

    @Test
    void ofRepeatsThatDisagreeNothingCanBeSaid() {
        assertThat(Repeats.reconciled(List.of(result("a", 1, Verdict.DEFENDED), result("a", 2, Verdict.BREACHED),
                result("a", 3, Verdict.DEFENDED), result("b", 1, Verdict.DEFENDED)))).extracting(TrialResult::verdict)
                .containsExactly(Verdict.INCONCLUSIVE, Verdict.INCONCLUSIVE, Verdict.INCONCLUSIVE, Verdict.DEFENDED);
    }

    @Test
    void aFailureOfTheBenchStaysOne() {
        assertThat(Repeats.reconciled(List.of(result("a", 1, Verdict.DEFENDED), result("a", 2, Verdict.ERROR))))
                .extracting(TrialResult::verdict).containsExactly(Verdict.INCONCLUSIVE, Verdict.ERROR);
    }
}
