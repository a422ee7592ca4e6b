package dev.uptanebench.attack.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.uptanebench.attack.oracle.Invariant;
import dev.uptanebench.attack.oracle.Past;
import dev.uptanebench.attack.scenario.Expectation;
import dev.uptanebench.attack.scenario.Expected;
import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.requirement.AttackId;
import dev.uptanebench.vehicle.requirement.RequirementId;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgeTest {
    private static final Pattern ANY = Pattern.compile(".*");

    private static Expectation expect(Expected verdict, String... detected) {
        return new Expectation(verdict, false, List.of(detected), true, ANY,
                Set.of(Invariant.S1));
    }

    /** A trial of S; its parts say what went otherwise than it should. */
    private record Story(boolean baseline, boolean effect, boolean violation, @Nullable String told, boolean recovery,
            @Nullable String refusedBy) {

        Judge.Judgement judged(Expectation expectation) {
            return judged("S", expectation);
        }

        Judge.Judgement judged(String target, Expectation expectation) {
            Past past = new Past(target).beat("baseline").released("v1", 1).published("v1", 1);
            if (baseline) {
                past.installs("v1");
            }
            past.beat("attack");
            if (effect) {
                past.add(new Event.Manipulated("serve", "S", "director/targets.json",
                        Event.Effect.REPLACED, "evil", 50))
                        .add(new Event.Received("S", "can0", "director/targets.json", "evil", 50, 0, true));
            }
            if (violation) {
                past.installed("evil");
            }
            if (refusedBy != null) {
                past.add(new Event.Refused(refusedBy, new RequirementId("U-5.4.4.6-s5"), new AttackId("freeze"),
                        "director targets", "a time before noon", "noon"));
            }
            if (told != null) {
                past.add(new Event.ManifestJudged("VIN", "any", true,
                        Stream.of("P", "S", "T")
                                .map(ecu -> new Event.Report(ecu, "", "v1", 300,
                                        ecu.equals("S") ? List.of(told) : List.of(), 1, Past.START))
                                .toList(),
                        List.of()));
            }
            past.beat("recovery").released("v3", 3).published("v3", 3);
            if (recovery) {
                past.installs("v3");
            }
            return Judge.judge(past.add(new Event.WorldClosed(List.of())).history(), expectation);
        }
    }

    private static final Story DEFENDED = new Story(true, true, false, null, true, null);

    @ParameterizedTest(name = "baseline {0}, effect {1}, violation {2}, expected {3}: {4}, as expected {5}")
    @CsvSource({
            // the baseline did not work: nothing can be said
            "false, true,  false, DEFENDED, INCONCLUSIVE, false", "false, true,  true,  BREACHED, INCONCLUSIVE, false",
            "false, false, false, EITHER,   INCONCLUSIVE, false",
            // no effect: nothing was defended, whatever was hoped for
            "true,  false, false, DEFENDED, INCONCLUSIVE, false", "true,  false, false, BREACHED, INCONCLUSIVE, false",
            "true,  false, false, EITHER,   INCONCLUSIVE, false",
            // what broke is broken, even if nobody saw how; but that is no proof that the attack was seen
            "true,  false, true,  BREACHED, BREACHED,     false", "true,  false, true,  DEFENDED, BREACHED,     false",
            "true,  true,  true,  BREACHED, BREACHED,     true", "true,  true,  true,  DEFENDED, BREACHED,     false",
            "true,  true,  true,  EITHER,   BREACHED,     true",
            // defended
            "true,  true,  false, DEFENDED, DEFENDED,     true", "true,  true,  false, BREACHED, DEFENDED,     false",
            "true,  true,  false, EITHER,   DEFENDED,     true"})
    void theVerdictFollowsFromBaselineEffectAndViolations(boolean baseline, boolean effect, boolean violation,
            Expected expected, Verdict verdict, boolean asExpected) {
        Judge.Judgement judgement = new Story(baseline, effect, violation, null, true, null).judged(expect(expected));

        assertThat(judgement.verdict()).isEqualTo(verdict);
        assertThat(judgement.asExpected()).isEqualTo(asExpected);
    }

    @Test
    void aBreachOfAnotherInvariantThanTheScenarioNamesIsNoProof() {
        Expectation rollback = new Expectation(Expected.BREACHED, false, List.of(), true, ANY, Set.of(Invariant.S2));
        Judge.Judgement judgement = new Story(true, true, true, null, true, null).judged(rollback);

        assertThat(judgement.verdict()).isEqualTo(Verdict.BREACHED);
        assertThat(judgement.asExpected()).isFalse();
        assertThat(judgement.reason()).contains("should have broken [S2]");
    }

    @Test
    void aBreachAtAnotherEcuThanTheTargetIsNoProof() {
        Past past = new Past().beat("baseline").released("v1", 1).published("v1", 1).installs("v1").beat("attack")
                .add(new Event.Manipulated("serve", "S", "director/targets.json", Event.Effect.REPLACED, "evil", 50))
                .add(new Event.Received("S", "can0", "director/targets.json", "evil", 50, 0, true))
                .add(new Event.Installed("T", "evil", 300, 0)).beat("recovery").released("v3", 3).published("v3", 3)
                .installs("v3");

        Judge.Judgement judgement = Judge.judge(past.history(), expect(Expected.BREACHED));

        assertThat(judgement.verdict()).isEqualTo(Verdict.BREACHED);
        assertThat(judgement.asExpected()).isFalse();
    }

    @Test
    void whatBrokeBeforeTheAttackSaysNothingOfIt() {
        Past past = new Past().beat("baseline").released("v1", 1).published("v1", 1).installed("evil").installs("v1")
                .beat("attack")
                .add(new Event.Manipulated("serve", "S", "director/targets.json", Event.Effect.REPLACED, "evil", 50))
                .add(new Event.Received("S", "can0", "director/targets.json", "evil", 50, 0, true));

        Judge.Judgement judgement = Judge.judge(past.history(), expect(Expected.DEFENDED));

        assertThat(judgement.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(judgement.reason()).startsWith("before the attack began, S activated");
    }

    private static Past leaky(boolean again) {
        Past past = new Past().beat("baseline").released("v1", 1)
                .add(new Event.Encrypted("S", "v1", "v1.enc", "c1", 316))
                .add(new Event.Received("P", "http", "v1.bin", "v1", 300, 0, true)).published("v1", 1).installs("v1")
                .beat("attack").released("v2", 2).add(new Event.Encrypted("S", "v2", "v2.enc", "c2", 316))
                .add(new Event.Manipulated("eavesdrop", "P", "v2.bin", Event.Effect.READ, null, 300));
        return past.add(new Event.Received("P", "http", "v2.bin", again ? "v2" : "c2", 300, 0, true))
                .beat("recovery").released("v3", 3).published("v3", 3).installs("v3");
    }

    /** Who listens changes nothing: that it was to be heard before is no excuse. */
    @Test
    void clearBytesOnAWireAreABreachAlsoIfTheyWereThereBeforeTheAttack() {
        Expectation secret = new Expectation(Expected.DEFENDED, false, List.of(), true, ANY, Set.of(Invariant.S10));

        assertThat(Judge.judge(leaky(true).history(), secret).verdict()).isEqualTo(Verdict.BREACHED);
        assertThat(Judge.judge(leaky(false).history(), secret).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void aBreachNamesTheInvariantAndTheReason() {
        Judge.Judgement judgement = new Story(true, true, true, null, true, "S").judged(expect(Expected.BREACHED));

        assertThat(judgement.invariant()).isEqualTo(Invariant.S1);
        assertThat(judgement.reason()).contains("S activated an image that was never released for it");
        assertThat(judgement.prevented()).isFalse();
        assertThat(judgement.defendedBy()).isNull();
    }

    @Test
    void aDefenceSaysWhichCheckRefused() {
        Judge.Judgement judgement = new Story(true, true, false, null, true, "S").judged(expect(Expected.DEFENDED));

        assertThat(judgement.decidedBy()).containsExactly("U-5.4.4.6-s5");
        assertThat(judgement.reason()).contains("S refused the director targets", "a time before noon",
                "U-5.4.4.6-s5");
        assertThat(judgement.prevented()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"S, S, target", "P, S, primary", "director, S, director", "P, P, primary", "T, S, ", ", S, "})
    void aDefenceSaysWhoStoppedIt(@Nullable String refusedBy, String target, @Nullable String defender) {
        Judge.Judgement judgement = new Story(true, true, false, null, true, refusedBy).judged("S",
                expect(Expected.DEFENDED));
        if (target.equals("P")) {
            judgement = primaryJudged(refusedBy);
        }

        assertThat(judgement.defendedBy()).isEqualTo(defender);
    }

    /** A trial of the Primary itself. */
    private static Judge.Judgement primaryJudged(@Nullable String refusedBy) {
        Past past = new Past("P").beat("baseline").add(release("p1", 1)).add(new Event.Installed("P", "p1", 300, 0))
                .add(new Event.Booted("P", "p1")).beat("attack")
                .add(new Event.Manipulated("serve", "P", "director/targets.json",
                        Event.Effect.REPLACED, "evil", 50))
                .add(new Event.Received("P", "http", "director/targets.json", "evil", 50, 0, true))
                .add(new Event.Refused(refusedBy == null ? "" : refusedBy, new RequirementId("U-5.4.4.6-s5"),
                        new AttackId("freeze"), "director targets", "x", "y"));
        return Judge.judge(past.beat("recovery").history(), expect(Expected.DEFENDED));
    }

    private static Event.Released release(String image, long counter) {
        return new Event.Released(image + ".bin", 300, image, counter, List.of("P"), List.of("H-P"));
    }

    @ParameterizedTest(name = "told {0} where {1} was expected")
    @CsvSource({"freeze, freeze, true", "freeze, rollback, false", ", freeze, false", "freeze, , true", ", , true"})
    void aMissedOrMisnamedDetectionIsNotAsExpected(@Nullable String told, @Nullable String expected,
            boolean asExpected) {
        Judge.Judgement judgement = new Story(true, true, false, told, true, null).judged(
                expected == null ? expect(Expected.DEFENDED) : expect(Expected.DEFENDED, expected, "other"));

        assertThat(judgement.verdict()).isEqualTo(Verdict.DEFENDED);
        assertThat(judgement.detected()).isEqualTo(told);
        assertThat(judgement.asExpected()).isEqualTo(asExpected);
    }

    @Test
    void aMissedDetectionIsToldInTheReason() {
        assertThat(DEFENDED.judged(expect(Expected.DEFENDED, "freeze")).reason())
                .contains("should have been reported as freeze but was not reported");
    }

    @Test
    void aMissedDetectionIsNotExcusedWhereEitherVerdictIsFine() {
        assertThat(DEFENDED.judged(expect(Expected.EITHER, "freeze")).asExpected()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"true, true, true", "false, true, false", "false, false, true", "true, false, false"})
    void aRecoveryOtherThanExpectedIsNotAsExpected(boolean recovers, boolean expected, boolean asExpected) {
        Judge.Judgement judgement = new Story(true, true, false, null, recovers, null)
                .judged(new Expectation(Expected.DEFENDED, false, List.of(), expected, ANY, Set.of()));

        assertThat(judgement.recovered()).isEqualTo(recovers);
        assertThat(judgement.asExpected()).isEqualTo(asExpected);
    }

    @Test
    void aMissingRecoveryIsToldInTheReason() {
        assertThat(new Story(true, true, false, null, false, null).judged(expect(Expected.DEFENDED)).reason())
                .endsWith("; afterwards no longer did a legitimate update install");
    }

    @Test
    void aDenialIsNeitherPreventedNorNot() {
        assertThat(
                DEFENDED.judged(new Expectation(Expected.DEFENDED, true, List.of(), true, ANY, Set.of())).prevented())
                .isNull();
    }

    @Test
    void whereTheStandardLeavesItOpenTheReasonSaysSo() {
        assertThat(DEFENDED.judged(expect(Expected.EITHER)).reason()).contains("the Standard leaves this open");
    }

    @Test
    void anArtefactTheScenarioDoesNotCountIsNoEffect() {
        Expectation image = new Expectation(Expected.DEFENDED, false, List.of(), true, Pattern.compile("image/.*"),
                Set.of());

        assertThat(DEFENDED.judged(image).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }
}
