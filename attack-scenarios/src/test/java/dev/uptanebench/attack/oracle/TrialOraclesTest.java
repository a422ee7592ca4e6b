package dev.uptanebench.attack.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.history.History;
import dev.uptanebench.vehicle.requirement.AttackId;
import dev.uptanebench.vehicle.requirement.RequirementId;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Effect, detection and recovery. */
class TrialOraclesTest {
    private static final String FILE = "director/timestamp.json";

    @Nested
    class Effect {
        private Past attacked(String effect) {
            return new Past().beat("attack").at(Duration.ofSeconds(100))
                    .add(new Event.Manipulated("serve", "P", FILE,
                            Event.Effect.valueOf(effect.toUpperCase(Locale.ROOT)), "evil", 50));
        }

        private static boolean took(Past past, String artefact) {
            return EffectOracle.tookEffect(past.history(), Pattern.compile(artefact));
        }

        /** The reply comes 100 s in, to a request that was made when the attacker acted. */
        private static Event.Received received(String receiver, String artefact, String sha256, long length,
                boolean complete) {
            return new Event.Received(receiver, "http", artefact, sha256, length, Duration.ofSeconds(100).toNanos(),
                    complete);
        }

        @ParameterizedTest(name = "{0}: {1} gets {3} of {4} bytes, complete {5}")
        @CsvSource({
                // what the attacker put in place arrives, where and as it should
                "replaced, P, director/timestamp.json, evil,    50, true,  true",
                "replaced, P, director/timestamp.json, evil,    50, false, true",
                "replaced, P, director/timestamp.json, genuine, 50, true,  false",
                "replaced, S, director/timestamp.json, evil,    50, true,  false",
                "replaced, P, image/timestamp.json,    evil,    50, true,  false",
                // more than there should be, or as much and it had not ended
                "extended, P, director/timestamp.json, any,     51, true,  true",
                "extended, P, director/timestamp.json, any,     51, false, true",
                "extended, P, director/timestamp.json, any,     50, false, true",
                "extended, P, director/timestamp.json, any,     50, true,  false",
                "extended, P, director/timestamp.json, any,     49, false, false",
                // nothing whole may arrive
                "dropped,  P, director/timestamp.json, any,     50, true,  false",
                "dropped,  P, director/timestamp.json, any,     20, false, true",
                "dropped,  S, director/timestamp.json, any,     50, true,  true",
                // the request itself arrives
                "requested, P, director/timestamp.json, any,     0, true,  true",
                "requested, S, director/timestamp.json, any,     0, true,  false",
                // whoever reads has read when it has come
                "read,      P, director/timestamp.json, any,     50, true,  true",
                "read,      P, director/timestamp.json, any,     20, false, false",
                "read,      S, director/timestamp.json, any,     50, true,  false"})
        void aManipulationTookEffectWhenItsReceiverGotIt(String effect, String receiver, String artefact, String sha256,
                long length, boolean complete, boolean took) {
            assertThat(took(attacked(effect).add(received(receiver, artefact, sha256, length, complete)), ".*"))
                    .isEqualTo(took);
        }

        @ParameterizedTest
        @CsvSource({"P, true", "S, false"})
        void anInterruptionTookEffectWhenItsVictimWasInterrupted(String victim, boolean took) {
            assertThat(took(attacked("interrupted").add(new Event.Interrupted(victim, "cut", "while it wrote")), ".*"))
                    .isEqualTo(took);
        }

        /** The world's own time is 100 s after its start. */
        @ParameterizedTest
        @CsvSource({"P, 100, false", "P, 160, false", "P, 161, true", "P, 40, false", "P, 39, true", "S, 1000, false"})
        void aClockIsMisledWhenItsOwnerTakesAWrongTimeForTrue(String victim, long seconds, boolean took) {
            Past past = attacked("misled").at(Duration.ofSeconds(100))
                    .add(new Event.TimeAccepted(victim, Past.START.plusSeconds(seconds)));

            assertThat(took(past, ".*")).isEqualTo(took);
            assertThat(took(attacked("misled").add(received("P", FILE, "evil", 50, true)), ".*")).isFalse();
        }

        @Test
        void whatArrivedBeforeTheManipulationIsNoEffect() {
            Past past = new Past().beat("attack").add(received("P", FILE, "evil", 50, true))
                    .add(new Event.Manipulated("serve", "P", FILE, Event.Effect.REPLACED, "evil", 50));

            assertThat(took(past, ".*")).isFalse();
        }

        @Test
        void whatArrivedAfterTheAttackIsNoEffect() {
            assertThat(took(attacked("replaced").beat("recovery").add(received("P", FILE, "evil", 50, true)), ".*"))
                    .isFalse();
        }

        @Test
        void aFileTheScenarioDoesNotCountIsNoEffect() {
            Past past = attacked("replaced").add(received("P", FILE, "evil", 50, true));

            assertThat(took(past, "director/targets.*")).isFalse();
            assertThat(took(past, "director/time.*")).isTrue();
        }

        @ParameterizedTest
        @CsvSource({"10000000000, false", "10000000001, true"})
        void aDelayIsOneWhenItCanBeNoticed(long nanos, boolean took) {
            Past past = attacked("delayed").at(Duration.ofSeconds(100).plusNanos(nanos))
                    .add(received("P", FILE, "genuine", 50, true));

            assertThat(took(past, ".*")).isEqualTo(took);
        }

        @Test
        void aFileThatHadBeenAskedForBeforeTheDropIsNotTheDroppedOne() {
            Past past = attacked("dropped").add(new Event.Received("P", "http", FILE, "genuine", 50, 0, true));

            assertThat(took(past, ".*")).isTrue();
        }

        @Test
        void withoutAManipulationThereIsNoEffect() {
            assertThat(took(new Past().beat("attack").add(received("P", FILE, "evil", 50, true)), ".*")).isFalse();
        }
    }

    @Nested
    class Detection {
        private static List<String> detected(Past past) {
            History history = past.history();
            return DetectionOracle.detected(history, (Event.WorldOpened) history.entries().getFirst().event());
        }

        private static Event.ManifestJudged manifest(boolean accepted, String... attacks) {
            return manifestOf("S", accepted, attacks);
        }

        private static Event.ManifestJudged manifestOf(String ecu, boolean accepted, String... attacks) {
            return new Event.ManifestJudged("VIN", "any", accepted,
                    List.of(new Event.Report(ecu, "", "v1", 300, Arrays.asList(attacks), 1, Past.START)), List.of());
        }

        private static Event.Refused refused(String by, String attack) {
            return new Event.Refused(by, new RequirementId("U-5.4.4.4-s4"), new AttackId(attack), "x", "y", "z");
        }

        @Test
        void anAttackIsDetectedWhenTheDirectorIsToldOfIt() {
            assertThat(detected(new Past().beat("attack").add(manifest(true, "freeze", "rollback"))
                    .add(manifest(true, "freeze")))).containsExactly("freeze", "rollback");
        }

        @ParameterizedTest
        @CsvSource({"S, true", "P, true", "T, false"})
        void theTargetOrThePrimaryMustTellIt(String ecu, boolean counts) {
            assertThat(detected(new Past().beat("attack").add(manifestOf(ecu, true, "freeze"))))
                    .hasSize(counts ? 1 : 0);
        }

        @Test
        void anAttackIsDetectedWhenTheDirectorFindsIt() {
            assertThat(detected(new Past().beat("attack").add(refused("director", "replay-manifest"))))
                    .containsExactly("replay-manifest");
        }

        @Test
        void whatAnEcuKnowsAndDoesNotTellIsNotDetected() {
            assertThat(detected(new Past().beat("attack").add(refused("S", "freeze")))).isEmpty();
        }

        @Test
        void whatStandsInARefusedManifestIsNotDetected() {
            assertThat(detected(new Past().beat("attack").add(manifest(false, "freeze")))).isEmpty();
        }

        @Test
        void whatIsToldBeforeOrAfterTheAttackIsNotDetected() {
            assertThat(detected(new Past().beat("baseline").add(manifest(true, "freeze")).beat("attack")
                    .beat("recovery").add(manifest(true, "freeze")))).isEmpty();
        }

        @Test
        void anEcuThatAlwaysCriesWolfDetectsNothing() {
            assertThat(detected(new Past().beat("baseline").add(manifest(true, "freeze")).beat("attack")
                    .add(manifest(true, "freeze", "rollback")))).containsExactly("rollback");
        }
    }

    @Nested
    class Recovery {
        private static boolean worked(Past past) {
            return RecoveryOracle.updateWorked(past.beat("end").history(), "recovery", "S");
        }

        @Test
        void anUpdateThatIsReleasedInstalledAndStartedWorked() {
            assertThat(worked(new Past().beat("recovery").released("v3", 3).installs("v3"))).isTrue();
        }

        @Test
        void anUpdateThatIsNotStartedDidNotWork() {
            assertThat(worked(new Past().beat("recovery").released("v3", 3).installed("v3"))).isFalse();
        }

        @Test
        void anUpdateThatIsStartedButNotInstalledDidNotWork() {
            assertThat(worked(new Past().beat("recovery").released("v3", 3).booted("v3"))).isFalse();
        }

        @Test
        void anUpdateAfterWhichSomethingElseStartsDidNotWork() {
            assertThat(worked(new Past().beat("recovery").released("v3", 3).installs("v3").booted("factory")))
                    .isFalse();
        }

        @Test
        void theLastReleaseCounts() {
            assertThat(worked(new Past().beat("recovery").released("v2", 2).installs("v2").released("v3", 3)
                    .installs("v2"))).isFalse();
        }

        @Test
        void aReleaseForAnotherEcuDoesNotCount() {
            assertThat(worked(new Past().beat("recovery").released("v3", 3)
                    .add(new Event.Released("p.bin", 1, "p", 1, List.of("P"), List.of("H-P"))).installs("v3")))
                    .isTrue();
        }

        @Test
        void whatHappenedInAnotherBeatDoesNotCount() {
            assertThat(worked(new Past().beat("baseline").released("v3", 3).installs("v3").beat("recovery"))).isFalse();
            assertThat(worked(new Past().released("v3", 3).beat("recovery").installs("v3"))).isFalse();
        }
    }
}
