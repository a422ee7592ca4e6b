package dev.uptanebench.attack.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.uptanebench.vehicle.history.Event;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each invariant by a history that breaks it, beside its nearest neighbour that does not. */
class SafetyOracleTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private static List<Invariant> broken(Past past) {
        return SafetyOracle.violations(past.history()).stream().map(Violation::invariant).distinct().toList();
    }

    private static void breaks(Past past, Invariant invariant) {
        assertThat(broken(past)).containsExactly(invariant);
    }

    private static void breaksNothing(Past past) {
        assertThat(SafetyOracle.violations(past.history())).isEmpty();
    }

    /** v1 was ordered, installed and started. */
    private static Past updated() {
        return new Past().released("v1", 1).published("v1", 1).installs("v1");
    }

    private static Past twiceUpdated() {
        return updated().at(HOUR).released("v2", 2).published("v2", 2).installs("v2");
    }

    @Test
    void anOrdinaryLifeBreaksNothing() {
        Past past = new Past().released("v1", 1).published("v1", 1);
        for (String repository : List.of("director", "image")) {
            for (String role : List.of("root", "timestamp", "snapshot", "targets")) {
                past.trusted(repository, role, 1);
            }
        }
        breaksNothing(past.installs("v1").add(new Event.CycleEnded("P", "installed", "1 image")));
    }

    @Test
    void aViolationPointsToTheEventThatBrokeIt() {
        Past past = updated().installed("evil");

        assertThat(SafetyOracle.violations(past.history())).singleElement().satisfies(violation -> {
            assertThat(violation.ecu()).isEqualTo("S");
            assertThat(past.history().entries().get((int) violation.sequence()).event())
                    .isEqualTo(new Event.Installed("S", "evil", 300, 0));
        });
    }

    // S1 authentic

    @Test
    void anImageThatWasNeverReleasedBreaksS1() {
        breaks(updated().installed("evil"), Invariant.S1);
    }

    @Test
    void anImageReleasedForAnotherEcuBreaksS1() {
        breaks(updated().add(new Event.Released("x.bin", 300, "x", 1, List.of("P"), List.of("H-S", "H-P")))
                .installed("x"), Invariant.S1);
    }

    @Test
    void anImageReleasedForOtherHardwareBreaksS1() {
        breaks(updated().add(new Event.Released("x.bin", 300, "x", 1, List.of("S"), List.of("H-P"))).installed("x"),
                Invariant.S1);
    }

    @Test
    void anImageReleasedOnlyAfterItWasActivatedBreaksS1() {
        breaks(updated().installed("v2").released("v2", 2), Invariant.S1);
    }

    @Test
    void anImageReleasedForSeveralEcusIsAuthentic() {
        breaksNothing(updated().add(new Event.Released("x.bin", 300, "x", 2, List.of("P", "S"), List.of("H-P", "H-S")))
                .published("x", 2).installed("x"));
    }

    // S2 no rollback

    @Test
    void anOlderImageThanItRanBreaksS2() {
        breaks(twiceUpdated().installed("v1"), Invariant.S2);
    }

    @Test
    void anOlderImageThatTheLedgerOrdersAgainIsNoRollback() {
        breaksNothing(twiceUpdated().released("v1", 1).published("v1", 3).installs("v1"));
    }

    @Test
    void anOlderImageOnceOrderedAgainButSupersededBreaksS2() {
        breaks(twiceUpdated().released("v1", 1).released("v3", 3).published("v3", 3).installed("v1"), Invariant.S2);
    }

    @Test
    void theSameImageAgainIsNoRollback() {
        breaksNothing(twiceUpdated().installs("v2"));
    }

    @Test
    void anOlderImageThanOneThatNeverRanIsNoRollback() {
        breaksNothing(updated().released("v2", 2).published("v2", 2).installed("v2").installed("v1"));
    }

    @Test
    void whatAnotherEcuRanIsNoMeasure() {
        breaksNothing(updated()
                .add(new Event.Released("p.bin", 300, "p", 9, List.of("P"), List.of("H-P")))
                .add(new Event.Booted("P", "p")).installed("v1"));
    }

    // S3 fresh

    @Test
    void anOrderThatExpiredBeforeProgrammingBreaksS3() {
        breaks(updated().released("v2", 2).published("v2", 2).at(Past.LIFETIME.plus(Past.CLOCK_ERROR)).installed("v2"),
                Invariant.S3);
    }

    @Test
    void anOrderThatExpiredWithinTheClockErrorIsFresh() {
        breaksNothing(updated().released("v2", 2).published("v2", 2)
                .at(Past.LIFETIME.plus(Past.CLOCK_ERROR).minusNanos(1)).installed("v2"));
    }

    @Test
    void anOrderThatWasAliveWhenProgrammingBeganIsFresh() {
        breaksNothing(updated().released("v2", 2).published("v2", 2).at(Past.LIFETIME.plus(HOUR))
                .add(new Event.Installed("S", "v2", 300, HOUR.toNanos())));
    }

    @ParameterizedTest
    @CsvSource({"director,root", "director,timestamp", "director,snapshot", "director,targets", "image,root",
            "image,timestamp", "image,snapshot", "image,targets"})
    void oneExpiredRoleIsEnoughToBreakS3(String repository, String role) {
        Past past = updated().at(HOUR).released("v2", 2);
        for (String each : List.of("director", "image")) {
            past.published(each, "v2", 2, Past.START.plus(Past.LIFETIME), each.equals(repository) ? role : "");
        }
        breaks(past.installed("v2"), Invariant.S3);
    }

    /** The file that the ECU went by counts, however many later ones speak of the same image. */
    @ParameterizedTest
    @CsvSource({"director,root", "director,timestamp", "director,snapshot", "director,targets", "image,root",
            "image,timestamp", "image,snapshot", "image,targets"})
    void anExpiredFileThatTheEcuTrustsBreaksS3EvenIfTheImageIsStillListed(String repository, String role) {
        Past past = updated().released("v2", 2).published("v2", 2).trusted(repository, role, 2).at(HOUR)
                .published("v2", 3);

        breaksNothing(past.at(Past.LIFETIME.minus(HOUR)).installed("v2"));
        breaks(past.at(Past.LIFETIME.plus(Past.CLOCK_ERROR)).installed("v2"), Invariant.S3);
    }

    @Test
    void whatAnotherEcuTrustsDoesNotMakeAnOrderStale() {
        breaksNothing(updated().released("v2", 2).published("v2", 2)
                .add(new Event.Trusted("T", "director", "timestamp", 2, Past.file("director", "timestamp", 2)))
                .at(Past.LIFETIME.plus(HOUR)).published("v2", 3).installed("v2"));
    }

    @Test
    void anOrderThatWasPublishedAgainIsFresh() {
        breaksNothing(updated().released("v2", 2).published("v2", 2).at(Past.LIFETIME.plus(HOUR)).published("v2", 3)
                .installed("v2"));
    }

    @Test
    void anImageThatIsListedButNotOrderedForTheEcuBreaksS3() {
        breaks(updated().released("v2", 2).add(new Event.Published("director", List.of(), Map.of("P", "v2"),
                List.of("v2"))).published("image", "v2", 2, Past.START.plus(Past.LIFETIME), "").installed("v2"),
                Invariant.S3);
    }

    @Test
    void whatAnEcuLeftTheFactoryWithNeedsNoOrder() {
        breaksNothing(new Past());
    }

    // S4 consistent

    @Test
    void aFileThatWasNeverPublishedBreaksS4() {
        breaks(updated().add(new Event.Trusted("S", "director", "targets", 2, "forged")), Invariant.S4);
    }

    @Test
    void aFileThatTheOtherRepositoryPublishedBreaksS4() {
        breaks(updated().add(new Event.Trusted("S", "image", "targets", 1, Past.file("director", "targets", 1))),
                Invariant.S4);
    }

    @Test
    void aFileOfARoleWhoseKeysAreStolenIsConsistent() {
        breaksNothing(updated().add(new Event.KeysStolen("director", "targets"))
                .add(new Event.Trusted("S", "director", "targets", 2, "forged")));
    }

    @ParameterizedTest
    @CsvSource({"image,targets", "director,snapshot", "director,root"})
    void otherStolenKeysExcuseNothing(String repository, String role) {
        breaks(updated().add(new Event.KeysStolen(repository, role))
                .add(new Event.Trusted("S", "director", "targets", 2, "forged")), Invariant.S4);
    }

    @Test
    void keysStolenAfterwardsExcuseNothing() {
        breaks(updated().add(new Event.Trusted("S", "director", "targets", 2, "forged"))
                .add(new Event.KeysStolen("director", "targets")), Invariant.S4);
    }

    @ParameterizedTest
    @CsvSource({"timestamp,snapshot", "snapshot,targets"})
    void filesThatNeverStoodTogetherBreakS4(String above, String below) {
        breaks(updated().published("v1", 2).trusted("director", above, 2).trusted("director", below, 1),
                Invariant.S4);
    }

    @ParameterizedTest
    @CsvSource({"timestamp,snapshot", "snapshot,targets"})
    void filesThatStoodTogetherAreConsistent(String above, String below) {
        breaksNothing(updated().published("v1", 2).trusted("director", above, 2).trusted("director", below, 2));
    }

    @Test
    void underAForgedFileOfARoleWhoseKeysAreStolenAGenuineOneIsConsistent() {
        breaksNothing(updated().add(new Event.KeysStolen("director", "timestamp"))
                .add(new Event.Trusted("S", "director", "timestamp", 9, "forged")).trusted("director", "snapshot", 1));
    }

    @Test
    void filesOfTheTwoRepositoriesNeedNotStandTogether() {
        breaksNothing(updated().published("v1", 2).trusted("director", "timestamp", 2).trusted("image", "snapshot", 1));
    }

    // S5 compatible

    /** S runs s2, T runs t1, and these two do not go together; the Director orders S to run s2 and T as given. */
    private static Past conflicting(String orderedForT) {
        return new Past().released("s1", 1).released("s2", 2).add(release("t1", 1)).add(release("t2", 2))
                .add(new Event.Conflicting("s2", "t1")).ordered(1, Map.of("S", "s2", "T", orderedForT))
                .published("image", "s2", 1, Past.START.plus(Past.LIFETIME), "")
                .trusted("director", "targets", 1).add(new Event.Booted("T", "t1")).installed("s2").booted("s2");
    }

    private static Event.Released release(String image, long counter) {
        return new Event.Released(image + ".bin", 300, image, counter, List.of("T"), List.of("H-T"));
    }

    @Test
    void twoConflictingImagesAfterACompletedOrderBreakS5AtBothEcus() {
        assertThat(SafetyOracle.violations(conflicting("t1").history()))
                .extracting(Violation::invariant, Violation::ecu)
                .containsExactly(tuple(Invariant.S5, "S"), tuple(Invariant.S5, "T"));
    }

    @Test
    void anOrderThatIsNotCompleteYetDoesNotBreakS5() {
        breaksNothing(conflicting("t2"));
    }

    @Test
    void anOrderThatCompletesWithoutTheConflictDoesNotBreakS5() {
        breaksNothing(conflicting("t2").add(new Event.Booted("T", "t2")));
    }

    @Test
    void aForgedOrderThatCompletesWithAConflictBreaksS5() {
        Past past = new Past().released("s1", 1).released("s2", 2).add(release("t1", 1)).add(release("t2", 2))
                .add(new Event.Conflicting("s2", "t1")).ordered(1, Map.of("S", "s2", "T", "t2"))
                .published("image", "s2", 1, Past.START.plus(Past.LIFETIME), "")
                .add(new Event.KeysStolen("director", "targets"))
                .add(new Event.Forged("director", "forged", Map.of("S", "s2")))
                .add(new Event.Trusted("S", "director", "targets", 9, "forged")).add(new Event.Booted("T", "t1"));

        breaksNothing(past);
        breaks(past.installed("s2").booted("s2"), Invariant.S5);
    }

    @Test
    void imagesThatDoNotConflictAreCompatible() {
        breaksNothing(new Past().released("s2", 2).add(release("t1", 1)).ordered(1, Map.of("S", "s2", "T", "t1"))
                .published("image", "s2", 1, Past.START.plus(Past.LIFETIME), "").trusted("director", "targets", 1)
                .add(new Event.Booted("T", "t1")).installed("s2").booted("s2"));
    }

    // S6 bounded

    private static Past received(String channel, String artefact, long length, Duration took) {
        return updated().add(new Event.Released("a/chroot.bin", 5000, "big", 1, List.of("S"), List.of("H-S")))
                .at(HOUR.plus(took))
                .add(new Event.Received("S", channel, artefact, "any", length, HOUR.toNanos(), true));
    }

    @ParameterizedTest
    @CsvSource({"director/2.root.json, 1000", "director/timestamp.json, 100", "image/3.snapshot.json, 200",
            "director/targets.json, 500", "image/3.targets.json, 500", "image/targets/ab.v1.bin, 300",
            "image/targets/a%2Fab.chroot.bin, 5000", "image/supplier.json, 1000", "did/F1A2, 1000",
            "image/targets/ab.unknown.bin, 70000", "image/targets/%zz, 70000"})
    void aReceiverThatTookInMoreThanTheLimitBreaksS6(String artefact, long limit) {
        breaksNothing(received("http", artefact, limit, Duration.ZERO));
        breaks(received("http", artefact, limit + 1, Duration.ZERO), Invariant.S6);
    }

    @ParameterizedTest
    @CsvSource({"director/timestamp.json, 100", "image, 5000"})
    void onABusOnePieceMoreMayHaveBeenOnItsWay(String artefact, long limit) {
        breaksNothing(received("can0", artefact, limit + Past.BLOCK, Duration.ZERO));
        breaks(received("can0", artefact, limit + Past.BLOCK + 1, Duration.ZERO), Invariant.S6);
    }

    @Test
    void aReceiverThatWaitedLongerThanItsLimitBreaksS6() {
        breaksNothing(received("http", "director/timestamp.json", 10, Past.RETRIEVAL));
        breaks(received("http", "director/timestamp.json", 10, Past.RETRIEVAL.plusNanos(1)), Invariant.S6);
    }

    @Test
    void aBusMayTakeAsLongAsTheLengthNeedsAtTheSlowestRate() {
        Duration most = Past.RETRIEVAL.plusSeconds(5000 / Past.RATE);

        breaksNothing(received("can0", "image", 5000, most));
        breaks(received("can0", "image", 5000, most.plusNanos(1)), Invariant.S6);
    }

    // S7 monotonic

    private static Past trustedTwice() {
        return updated().published("v1", 2).trusted("director", "timestamp", 2);
    }

    @Test
    void aTrustedVersionThatFallsBreaksS7() {
        breaks(trustedTwice().trusted("director", "timestamp", 1), Invariant.S7);
    }

    @Test
    void aTrustedVersionThatStaysDoesNotBreakS7() {
        breaksNothing(trustedTwice().trusted("director", "timestamp", 2));
    }

    /** Trusts version 2 of a role under Root 1, then Root 3, then version 1 of that role. */
    private static Past fallsAfterRoot(String role, String repository, String newKey) {
        return updated().trusted("director", "root", 1).published("v1", 2).trusted("director", role, 2)
                .rotated(repository, 3, newKey).add(new Event.TrustDropped("S", "director", role, "root-rotation"))
                .add(new Event.Trusted("S", repository, "root", 3, Past.file(repository, "root", 3)))
                .trusted("director", role, 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"timestamp", "snapshot"})
    void aTrustedVersionThatFallsAfterARotationDoesNotBreakS7(String role) {
        breaksNothing(fallsAfterRoot(role, "director", "another key"));
    }

    @Test
    void theRecoveryRuleDoesNotCoverTargets() { // U-5.4.4.3-s4
        breaks(fallsAfterRoot("targets", "director", "another key"), Invariant.S7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"timestamp", "snapshot"})
    void aNewRootWithTheSameKeysExcusesNothing(String role) {
        breaks(fallsAfterRoot(role, "director", "key"), Invariant.S7);
    }

    @Test
    void whatAnEcuSaysOfItsReasonForForgettingExcusesNothing() {
        breaks(trustedTwice().add(new Event.TrustDropped("S", "director", "timestamp", "root-rotation"))
                .trusted("director", "timestamp", 1), Invariant.S7);
    }

    @Test
    void aRotationInAnotherRepositoryExcusesNothing() {
        breaks(fallsAfterRoot("timestamp", "image", "another key"), Invariant.S7);
    }

    @Test
    void whatAnotherEcuTrustsIsNoMeasure() {
        breaksNothing(trustedTwice()
                .add(new Event.Trusted("P", "director", "timestamp", 1, Past.file("director", "timestamp", 1))));
    }

    // S8 bootable

    @Test
    void anEcuThatHasNothingToBootBreaksS8() {
        breaks(updated().add(new Event.Booted("S", null)), Invariant.S8);
    }

    @Test
    void anEcuThatBootsWhatWasNeverReleasedForItBreaksS8() {
        breaks(updated().booted("evil"), Invariant.S8);
    }

    private static Past interrupted(Past past) {
        return past.add(new Event.Interrupted("S", "cut", "while it wrote"));
    }

    @Test
    void anEcuThatWasInterruptedWhileItWroteOverItsOnlyImageMaySayThatItHasNone() {
        breaksNothing(interrupted(updated().add(new Event.Erased("S"))).add(new Event.Booted("S", null)));
    }

    @Test
    void butItMustNotBootWhatIsHalfWritten() {
        breaks(interrupted(updated().add(new Event.Erased("S"))).booted("half"), Invariant.S8);
    }

    @Test
    void anEcuThatHadAnotherImageIsNotExcusedByAnInterruption() {
        breaks(interrupted(updated()).add(new Event.Booted("S", null)), Invariant.S8);
    }

    @Test
    void onceItWasInstalledAgainAnInterruptionExcusesNothing() {
        breaks(interrupted(updated().add(new Event.Erased("S"))).booted("v1").installed("v1").booted("v1")
                .add(new Event.Booted("S", null)), Invariant.S8);
    }

    @Test
    void anInterruptionOfAnotherEcuExcusesNothing() {
        breaks(updated().add(new Event.Erased("S")).add(new Event.Interrupted("P", "cut", "somewhere"))
                .add(new Event.Booted("S", null)), Invariant.S8);
    }

    @Test
    void anEcuThatBootsItsFormerImageDoesNotBreakS8() {
        breaksNothing(twiceUpdated().booted("v1"));
    }

    // S9 inventory

    private static final String NOTHING = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private static Event.ManifestJudged manifest(String vin, boolean accepted, long counter) {
        return manifest(vin, accepted, counter, "v1", "P", "S", "T");
    }

    private static Event.ManifestJudged manifest(String vin, boolean accepted, long counter, String image,
            String... ecus) {
        return new Event.ManifestJudged(vin, "any", accepted, Stream.of(ecus)
                .map(ecu -> new Event.Report(ecu, "", image, 300, List.of(), counter, Past.START)).toList(), List.of());
    }

    @Test
    void anotherVehiclesManifestThatIsAcceptedBreaksS9() {
        breaks(updated().add(manifest("OTHER", true, 1)), Invariant.S9);
    }

    @Test
    void anotherVehiclesManifestThatIsRefusedDoesNotBreakS9() {
        breaksNothing(updated().add(manifest("OTHER", false, 1)));
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 2})
    void aManifestThatIsNotTheNewestBreaksS9WhenItIsAccepted(long counter) {
        breaks(updated().add(manifest("VIN", true, 3)).add(manifest("VIN", true, counter)), Invariant.S9);
    }

    @Test
    void aManifestThatIsNotTheNewestDoesNotBreakS9WhenItIsRefused() {
        breaksNothing(updated().add(manifest("VIN", true, 3)).add(manifest("VIN", false, 3)));
    }

    @Test
    void eachNewerManifestDoesNotBreakS9() {
        breaksNothing(updated().add(manifest("VIN", true, 3)).add(manifest("VIN", true, 4)));
    }

    @Test
    void aManifestWithoutOneOfTheEcusBreaksS9WhenItIsAccepted() {
        breaks(updated().add(manifest("VIN", true, 1, "v1", "P", "S")), Invariant.S9);
        breaksNothing(updated().add(manifest("VIN", false, 1, "v1", "P", "S")));
    }

    @Test
    void aManifestThatSpeaksOfAnotherImageThanTheOneThatRunsBreaksS9WhenItIsAccepted() {
        breaks(updated().add(manifest("VIN", true, 1, "v2", "P", "S", "T")), Invariant.S9);
        breaksNothing(updated().add(manifest("VIN", false, 1, "v2", "P", "S", "T")));
    }

    @ParameterizedTest
    @CsvSource({NOTHING + ", false", "v1, true"})
    void anEcuThatErasedItsMemoryHoldsNothing(String told, boolean breaks) {
        Past past = updated().add(new Event.Erased("S")).add(manifest("VIN", true, 1, told, "P", "S", "T"));

        assertThat(broken(past)).isEqualTo(breaks ? List.of(Invariant.S9) : List.of());
    }

    // S10 confidential

    private static Past secret() {
        return updated().add(new Event.Encrypted("S", "v1", "v1.bin.S.enc", "cipher", 316));
    }

    @Test
    void anEncryptedImageOnAWireBreaksNothing() {
        breaksNothing(secret().add(new Event.Received("P", "http", "image/targets/x.v1.bin.S.enc", "cipher", 316, 0,
                true)).add(new Event.Received("S", "can0", "image", "cipher", 316, 0, true)));
    }

    @ParameterizedTest
    @CsvSource({"P, http, image/targets/x.v1.bin", "S, can0, image", "T, can0, image"})
    void aWholeClearImageThatWasToBeEncryptedBreaksS10WhoeverGetsIt(String receiver, String channel,
            String artefact) {
        Past past = secret().add(new Event.Received(receiver, channel, artefact, "v1", 300, 0, true));

        assertThat(SafetyOracle.violations(past.history())).singleElement().satisfies(violation -> {
            assertThat(violation.invariant()).isEqualTo(Invariant.S10);
            assertThat(violation.ecu()).isEqualTo("S");
        });
    }

    @Test
    void aPieceOfItBreaksS10() {
        breaks(secret().add(new Event.ClearBytesSeen("S", "v1", "can0", 64)), Invariant.S10);
    }

    @Test
    void anImageThatNobodyEncryptsMayBeRead() {
        breaksNothing(updated().add(new Event.Received("P", "http", "image/targets/x.v1.bin", "v1", 300, 0, true)));
    }
}
