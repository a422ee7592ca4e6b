package dev.uptanebench.ecu.verify;

import static dev.uptanebench.vehicle.uptane.RepositoryName.DIRECTOR;
import static dev.uptanebench.vehicle.uptane.RepositoryName.IMAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.uptanebench.ecu.unit.AttestedTime;
import dev.uptanebench.ecu.unit.TrustedClock;
import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.repository.ImageRepository;
import dev.uptanebench.vehicle.repository.RepositoryEditor;
import dev.uptanebench.vehicle.requirement.Checks;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.Ed25519Signatures;
import dev.uptanebench.vehicle.uptane.PublicKey;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.RoleKeys;
import dev.uptanebench.vehicle.uptane.RoleType;
import dev.uptanebench.vehicle.uptane.Root;
import dev.uptanebench.vehicle.uptane.SigningKey;
import dev.uptanebench.vehicle.uptane.Target;
import dev.uptanebench.vehicle.uptane.TimeMessage;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerificationTest {
    private final Scene scene = new Scene();

    private void refuses(String requirement) {
        refuses(scene, requirement);
    }

    private static void refuses(Scene scene, String requirement) {
        assertThatThrownBy(() -> scene.verify(Checks.all())).isInstanceOfSatisfying(Rejected.class,
                rejected -> assertThat(rejected.rejection().requirement().id()).isEqualTo(requirement));
    }

    private long storedVersion(RepositoryName repository) {
        return scene.trusted(repository, Checks.all()).root().version();
    }

    @Test
    void aSoundPublicationGivesTheOrder() throws Exception {
        scene.publish();

        assertThat(scene.verify(Checks.all())).singleElement().satisfies(order -> {
            assertThat(order.serial()).isEqualTo("P");
            assertThat(order.hardwareId()).isEqualTo(Scene.HARDWARE);
            assertThat(order.filename()).isEqualTo("v3.bin");
            assertThat(order.target().hashes()).containsEntry("sha256", Scene.image("v3").sha256());
        });
    }

    @Test
    @Tag("U-5.4.4.2-s2")
    @Tag("U-5.4.4.2-s3")
    @Tag("U-5.4.4.2-s4.b")
    @Tag("U-5.4.4.2-s5")
    @Tag("U-5.4.4.2-s6.b")
    @Tag("U-5.4.4.2-s7")
    @Tag("U-5.4.4.2-s8.b")
    @Tag("U-5.4.4.2-s9")
    @Tag("U-5.4.4.3-s1")
    @Tag("U-5.4.4.3-s2.1")
    void filesAreAskedForInTheStandardsOrder() throws Exception {
        scene.publish();
        scene.verify(Checks.all());

        assertThat(scene.asked).containsExactly("director/root/2", "director/timestamp/0", "director/snapshot/3",
                "director/targets/3", "image/root/2", "image/timestamp/0", "image/snapshot/3", "image/targets/3");
    }

    @Test
    @Tag("U-5.4.2.6-4")
    void everythingThatPassedIsStored() throws Exception {
        scene.publish();
        scene.verify(Checks.all());

        for (RepositoryName repository : RepositoryName.BASIC) {
            assertThat(scene.store.load(repository, RoleType.TIMESTAMP))
                    .isEqualTo(scene.published(repository).timestampFile());
            assertThat(scene.store.load(repository, RoleType.SNAPSHOT))
                    .isEqualTo(scene.published(repository).snapshotFile());
            assertThat(scene.store.load(repository, RoleType.TARGETS))
                    .isEqualTo(scene.published(repository).targetsFile());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @Tag("U-5.4.4.2-s4.a")
    void theSnapshotThatIsAlreadyTrustedEndsIt(boolean refreshed) throws Exception { // U-5.4.4.2-s4.a
        if (refreshed) {
            scene.refresh(DIRECTOR);
        }

        assertThat(scene.verify(Checks.all())).isEmpty();
        assertThat(scene.asked).containsExactly("director/root/2", "director/timestamp/0");
    }

    @Test
    @Tag("U-5.4.4.2-s8.a")
    void anImageSnapshotThatIsAlreadyTrustedIsNotFetchedAgain() throws Exception { // U-5.4.4.2-s8.a
        scene.publish();
        scene.verify(Checks.all());
        scene.asked.clear();
        scene.director().lifetime(RoleType.TARGETS, Duration.ofDays(9));
        var image = scene.published(IMAGE);
        scene.publish();
        scene.serve(IMAGE, RoleType.TIMESTAMP, image.timestampFile());

        assertThat(scene.verify(Checks.all())).hasSize(1);
        assertThat(scene.asked).endsWith("image/root/2", "image/timestamp/0");
    }

    @Test
    @Tag("U-5.4.4.2-s6.a")
    void withNothingNewOrderedTheImageRepositoryIsNotAsked() throws Exception { // U-5.4.4.2-s6.a
        scene.runs = new Installed("v3.bin", Scene.image("v3").sha256(), 100, 3);
        scene.publish();

        assertThat(scene.verify(Checks.all())).isEmpty();
        assertThat(scene.asked).noneMatch(name -> name.startsWith("image/"));
    }

    @Test
    @Tag("U-5.4.4.2-s10")
    @Tag("U-5.4.4.2-s10.sec")
    void anOrderForAnEcuThatIsNotConcernedIsNotNew() throws Exception {
        Target listed = ImageRepository.target(Scene.image("v3"), List.of(Scene.HARDWARE), 3);
        scene.director().targets().clear();
        scene.director().targets().put("v3.bin", new Target(listed.length(), listed.hashes(),
                new TreeMap<>(Map.of("S", Scene.HARDWARE)), List.of(), 3L));
        scene.publish();

        assertThat(scene.verify(Checks.all())).isEmpty();
    }

    private void targetsOfAThief(RepositoryName repository) {
        RepositoryEditor forger = scene.editor(repository).copy();
        forger.version(RoleType.TARGETS, 2);
        forger.signWith(RoleType.TARGETS, List.of(scene.thief()));
        scene.serve(repository, RoleType.TARGETS, forger.sign(forger.nextTargets(Scene.NOW)));
    }

    @Test
    @Tag("U-5.4.4-5")
    void refusedTargetsDoNotKeepTheGenuineOnesOutLater() throws Exception { // U-5.4.4-4
        scene.publish();
        targetsOfAThief(DIRECTOR);
        refuses("U-5.4.4.6-s3");

        scene.genuineAgain();
        assertThat(scene.verify(Checks.all())).hasSize(1);
    }

    @Test
    void refusedImageTargetsDoNotKeepTheGenuineOnesOutOfTheNextOrder() throws Exception { // U-5.4.4-4
        scene.publish();
        targetsOfAThief(IMAGE);
        refuses("U-5.4.4.6-s3");

        scene.genuineAgain();
        scene.publish(DIRECTOR); // until it does, step 4 of 5.4.4.2 has the client stop
        assertThat(scene.verify(Checks.all())).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(value = RoleType.class, names = "ROOT", mode = EnumSource.Mode.EXCLUDE)
    void aFileThatIsNotThereProvesNothing(RoleType role) {
        scene.publish();
        scene.answer(DIRECTOR, role, new MetadataSource.Absent());

        assertThatThrownBy(() -> scene.verify(Checks.all())).isInstanceOf(Unavailable.class)
                .hasMessageContaining(role.id());
    }

    @ParameterizedTest
    @EnumSource(RoleType.class)
    void aFileThatCannotBeReadIsRefusedAndNotStored(RoleType role) { // U-5.2.1-5
        scene.publish();
        Bytes before = scene.store.load(DIRECTOR, role);
        Bytes nonsense = Bytes.utf8("{}");
        scene.serve(DIRECTOR, role, nonsense);
        if (role == RoleType.SNAPSHOT) {
            scene.speakOf(DIRECTOR, scene.published(DIRECTOR).snapshot(), nonsense);
        }

        refuses("U-5.2.1-5");
        assertThat(scene.store.load(DIRECTOR, role)).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource(RoleType.class)
    @Tag("U-5.4.4.2-s1")
    void aFileIsGoodUntilTheSecondBeforeItExpires(RoleType role) throws Exception {
        scene.director().lifetime(role, Duration.ofHours(1));
        scene.publish();
        if (role == RoleType.ROOT) {
            scene.rotate(DIRECTOR);
        }
        scene.now = Scene.NOW.plus(Duration.ofHours(1)).minusSeconds(1);

        assertThat(scene.verify(Checks.all())).hasSize(1);
    }

    @Test
    @Tag("U-5.4.4.3-s2.5")
    @Tag("U-5.4.4.3-s2.6")
    void rootsAreFollowedOneByOne() throws Exception { // U-5.4.4.3-s2
        for (int i = 2; i <= 4; i++) {
            scene.director().signWith(RoleType.ROOT, List.of(scene.ring.key("root of " + i)));
            scene.rotate(DIRECTOR);
        }
        scene.publish();

        assertThat(scene.verify(Checks.all())).hasSize(1);
        assertThat(storedVersion(DIRECTOR)).isEqualTo(4);
        assertThat(scene.asked).startsWith("director/root/2", "director/root/3", "director/root/4",
                "director/root/5");
    }

    @Test
    void aRootInTheMiddleOfTheChainMayHaveExpired() throws Exception { // only the latest counts, U-5.4.4.3-s3
        scene.director().lifetime(RoleType.ROOT, Duration.ofHours(1));
        scene.rotate(DIRECTOR);
        scene.director().lifetime(RoleType.ROOT, Duration.ofDays(9));
        scene.rotate(DIRECTOR);
        scene.publish();
        scene.now = Scene.NOW.plus(Duration.ofHours(2));

        assertThat(scene.verify(Checks.all())).hasSize(1);
    }

    @Test
    void aBrokenChainIsLeftAtItsLastGoodRoot() throws Exception {
        scene.director().signWith(RoleType.ROOT, List.of(scene.ring.key("root of 2")));
        scene.rotate(DIRECTOR);
        scene.publish();
        RepositoryEditor forger = scene.director().copy();
        forger.signWith(RoleType.ROOT, List.of(scene.thief()));
        scene.serve(DIRECTOR, RoleType.ROOT, forger.sign(forger.nextRoot(Scene.NOW)));
        refuses("U-5.4.4.3-s2.3");
        assertThat(storedVersion(DIRECTOR)).isEqualTo(2);

        scene.genuineAgain();
        assertThat(scene.verify(Checks.all())).hasSize(1);
    }

    @Test
    void noMoreRootsAreFollowedThanTheLimitInOneCycle() throws Exception {
        for (int i = 0; i < 40; i++) {
            scene.rotate(DIRECTOR);
        }
        scene.publish();
        scene.verify(Checks.all());

        assertThat(storedVersion(DIRECTOR)).isEqualTo(33);
    }

    @ParameterizedTest
    @EnumSource(value = RoleType.class, names = {"TIMESTAMP", "SNAPSHOT"})
    @Tag("U-5.4.4.3-s4")
    void aRotationOfTimestampOrSnapshotKeysForgetsBoth(RoleType role) throws Exception { // U-5.4.4.3-s4
        scene.director().signWith(role, List.of(scene.ring.key("new")));
        scene.director().version(RoleType.TIMESTAMP, 0);
        scene.director().version(RoleType.SNAPSHOT, 0);
        scene.publish();
        scene.rotate(DIRECTOR);

        assertThat(scene.verify(Checks.all())).hasSize(1);
        assertThat(scene.recorder.history().events(Event.TrustDropped.class)).containsExactlyInAnyOrder(
                new Event.TrustDropped("P", "director", "timestamp", "root-rotation"),
                new Event.TrustDropped("P", "director", "snapshot", "root-rotation"));
    }

    @Test
    void aRotationInTheMiddleOfTheChainIsNotMissed() throws Exception {
        List<SigningKey> genuine = scene.director().keys(RoleType.TIMESTAMP);
        scene.director().signWith(RoleType.TIMESTAMP, List.of(scene.thief()));
        scene.rotate(DIRECTOR);
        scene.director().signWith(RoleType.TIMESTAMP, genuine);
        scene.rotate(DIRECTOR);
        scene.director().version(RoleType.TIMESTAMP, 0);
        scene.publish();

        assertThat(scene.verify(Checks.all())).hasSize(1);
    }

    @Test
    void anotherKeyUnderTheSameIdIsARotation() throws Exception {
        String old = scene.director().keys(RoleType.TIMESTAMP).getFirst().publicKey().id();
        SigningKey other = SigningKey.ofSeed(Bytes.hex("09".repeat(32)).toArray(), any -> old);
        scene.director().signWith(RoleType.TIMESTAMP, List.of(other));
        scene.director().version(RoleType.TIMESTAMP, 0);
        scene.publish();
        scene.rotate(DIRECTOR);

        assertThat(scene.verify(Checks.all())).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(value = RoleType.class, names = {"ROOT", "TARGETS"})
    void aRotationOfOtherKeysForgetsNothing(RoleType role) {
        scene.director().signWith(role, List.of(scene.ring.key("new")));
        scene.director().version(RoleType.TIMESTAMP, 0);
        scene.publish();
        scene.rotate(DIRECTOR);

        refuses("U-5.4.4.4-s3");
    }

    @Test
    void aRotationInOneRepositoryForgetsNothingOfTheOther() {
        scene.director().signWith(RoleType.TIMESTAMP, List.of(scene.ring.key("new")));
        scene.images().version(RoleType.TIMESTAMP, 0);
        scene.publish();
        scene.rotate(DIRECTOR);

        refuses("U-5.4.4.4-s3");
    }

    @Test
    void equalVersionsAreNoRollback() throws Exception {
        scene.director().lifetime(RoleType.SNAPSHOT, Duration.ofDays(9)); // or it would be the very same file
        scene.director().version(RoleType.TIMESTAMP, 1);
        scene.director().version(RoleType.SNAPSHOT, 1);
        scene.director().version(RoleType.TARGETS, 1);
        scene.publish();

        assertThat(scene.verify(Checks.all())).hasSize(1);
    }

    @Test
    void withoutReleaseCountersAnywhereAnOrderIsGood() throws Exception {
        EveryCheckTest.uncounted(scene);
        scene.runs = new Installed("", scene.runs.sha256(), 100, 0);
        scene.publish();

        List<Ordered> orders = scene.verify(Checks.all());
        assertThat(orders).hasSize(1);
        new ImageVerification(Checks.all(), "P", Scene.HARDWARE).requireOrder(orders.getFirst(), scene.runs);
    }

    @Test
    void twoOfTwoKeysReachTheThreshold() throws Exception {
        Scene two = new Scene(Map.of(RoleType.TARGETS, 2));
        two.publish();

        assertThat(two.verify(Checks.all())).hasSize(1);
    }

    @Test
    @Tag("U-5.4.4.6-s3.1")
    void oneOfTwoKeysDoesNotReachTheThreshold() {
        Scene two = new Scene(Map.of(RoleType.TARGETS, 2));
        two.director().signWith(RoleType.TARGETS, List.of(two.director().keys(RoleType.TARGETS).getFirst()));
        two.publish();

        refuses(two, "U-5.4.4.6-s3");
    }

    @Test
    void aSignatureThatIsNotValidDoesNotCount() {
        Scene two = new Scene(Map.of(RoleType.TARGETS, 2));
        String second = two.director().keys(RoleType.TARGETS).get(1).publicKey().id();
        SigningKey impostor = SigningKey.ofSeed(new byte[32], any -> second);
        two.director().signWith(RoleType.TARGETS,
                List.of(two.director().keys(RoleType.TARGETS).getFirst(), impostor));
        two.publish();

        refuses(two, "U-5.4.4.6-s3");
    }

    /** TUF 1.0.34, 4.2.1: the file is not signed, whatever else it carries. */
    @Test
    void aKeyIdThatSignsTwiceSpoilsTheFile() {
        SigningKey genuine = scene.director().keys(RoleType.TARGETS).getFirst();
        scene.director().signWith(RoleType.TARGETS, List.of(genuine, scene.thief(), scene.thief()));
        scene.publish();

        refuses("U-5.4.4.6-s3");
    }

    @Test
    void aBadSignatureDoesNotHideAGoodOneByTheSameKeyUnderAnotherId() throws Exception {
        byte[] seed = Bytes.hex("07".repeat(32)).toArray();
        SigningKey alias = SigningKey.ofSeed(seed, any -> "alias");
        SigningKey genuine = SigningKey.ofSeed(seed, any -> "genuine");
        scene.director().signWith(RoleType.TARGETS, List.of(alias, genuine));
        scene.publish();
        scene.serve(DIRECTOR, RoleType.ROOT, scene.director().sign(scene.director().nextRoot(Scene.NOW)));
        SigningKey impostor = SigningKey.ofSeed(new byte[32], any -> "alias");
        Bytes file = scene.published(DIRECTOR).targetsFile();
        scene.serve(DIRECTOR, RoleType.TARGETS, scene.resigned(file, "", "", List.of(impostor, genuine)));

        assertThat(scene.verify(Checks.all())).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ecdsa", "rsa"})
    void keysOfEveryKindOfTufCount(String kind) throws Exception { // TUF 1.0.34, 4.2.2
        scene.director().signWith(RoleType.TARGETS,
                List.of(kind.equals("rsa") ? scene.ring.rsa("targets") : scene.ring.ecdsa("targets")));
        scene.publish();
        scene.rotate(DIRECTOR);

        assertThat(scene.verify(Checks.all())).hasSize(1);
    }

    /** A Snapshot that did not change says nothing of keys that were revoked in the meantime. */
    @Test
    void storedTargetsOfARevokedKeyAreNotGoneOnWith() throws Exception {
        scene.publish();
        scene.verify(Checks.all());
        var image = scene.published(IMAGE);
        scene.images().signWith(RoleType.TARGETS, List.of(scene.ring.key("new")));
        scene.rotate(IMAGE);
        scene.runs = new Installed("v2.bin", Scene.image("v2").sha256(), 100, 2);
        scene.publish(DIRECTOR);
        scene.serve(IMAGE, RoleType.TIMESTAMP, image.timestampFile());

        refuses("U-5.4.4.6-s3");
    }

    @Test
    void whereSnapshotsAreNotConsistentNamesCarryNoVersion() throws Exception { // TUF 1.0.34, 5.5.1, 5.6.1
        scene.images().consistentSnapshot(false);
        scene.publish();
        scene.rotate(IMAGE);
        scene.serve(IMAGE, RoleType.SNAPSHOT, scene.published(IMAGE).snapshotFile());
        scene.serve(IMAGE, RoleType.TARGETS, scene.published(IMAGE).targetsFile());

        assertThat(scene.verify(Checks.all())).hasSize(1);
        assertThat(scene.asked).endsWith("image/root/2", "image/root/3", "image/timestamp/0", "image/snapshot/0",
                "image/targets/0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"director", "image"})
    void whatSnapshotSaysOfTargetsHolds(RepositoryName repository) throws Exception { // TUF 1.0.34, 5.6.2
        scene.editor(repository).fullSnapshot(true);
        scene.publish();
        scene.serve(repository, RoleType.TARGETS,
                Scene.padded(scene.published(repository).targetsFile(), 1));
        refuses("U-5.4.4.6-s1");
        scene.genuineAgain();
        scene.publish(DIRECTOR);
        String file = scene.published(repository).targetsFile().toUtf8();
        scene.serve(repository, RoleType.TARGETS, Bytes.utf8(file.replaceFirst("\"keyid\":\"..", "\"keyid\":\"xx")));
        refuses("U-5.4.4.6-s2");

        scene.genuineAgain();
        scene.publish(DIRECTOR);
        assertThat(scene.verify(Checks.all())).hasSize(1);
    }

    @Test
    void aKeyThatRootListsForAnotherRoleDoesNotCount() {
        scene.director().signWith(RoleType.TARGETS, scene.director().keys(RoleType.SNAPSHOT));
        scene.publish();

        refuses("U-5.4.4.6-s3");
    }

    @Test
    void signaturesOfUnknownKeysDoNoHarm() throws Exception {
        SigningKey genuine = scene.director().keys(RoleType.TARGETS).getFirst();
        scene.director().signWith(RoleType.TARGETS, List.of(scene.thief(), genuine));
        scene.publish();

        assertThat(scene.verify(Checks.all())).hasSize(1);
    }

    /** Root 2 adds a key of a type nobody knows to those of Targets. */
    private void unknownType(int threshold) {
        RepositoryEditor editor = scene.director();
        SigningKey genuine = editor.keys(RoleType.TARGETS).getFirst();
        SigningKey other = SigningKey.ofSeed(new byte[32], any -> "q");
        editor.signWith(RoleType.TARGETS, List.of(other, genuine));
        scene.publish();
        Root next = editor.nextRoot(Scene.NOW);
        SortedMap<String, PublicKey> keys = new TreeMap<>(next.keys());
        keys.put("q", new PublicKey("q", "quantum", "quantum", other.publicKey().value()));
        Map<RoleType, RoleKeys> roles = new EnumMap<>(next.roles());
        roles.put(RoleType.TARGETS, new RoleKeys(List.of("q", genuine.publicKey().id()), threshold));
        scene.serve(DIRECTOR, RoleType.ROOT, editor.sign(new Root(2, next.expires(), true, keys, roles)));
    }

    @Test
    void aKeyOfAnUnknownTypeDoesNoHarm() throws Exception {
        unknownType(1);

        assertThat(scene.verify(Checks.all())).hasSize(1);
    }

    @Test
    void aKeyOfAnUnknownTypeDoesNotCount() {
        unknownType(2);

        refuses("U-5.4.4.6-s3");
    }

    @Test
    void aTimeThatIsAsLateAsTheLatestIsBelieved() throws Rejected {
        SigningKey source = scene.ring.key("time");
        Bytes message = scene.dialect.encode(new TimeMessage(Scene.NOW, List.of("a", "nonce")), source);

        assertThat(new TimeVerification(scene.dialect, Checks.all(), new Ed25519Signatures(), source.publicKey())
                .verify(message, "nonce", Scene.NOW)).isEqualTo(Scene.NOW);
    }

    private PartialVerification partial(Scene of) {
        return partial(of, any -> {});
    }

    private static PartialVerification partial(Scene of, TimeSourceListed time) {
        return new PartialVerification("P", of.dialect, Checks.all(), new Ed25519Signatures(),
                of.published(DIRECTOR).root().signers(RoleType.TARGETS), of.store,
                new DirectorTargets(Checks.all(), Scene.VIN, null), time);
    }

    private AttestedTime believing(SigningKey source) {
        return new AttestedTime(new TrustedClock(() -> 0, scene.recorder, "P", Scene.NOW),
                new TimeVerification(scene.dialect, Checks.all(), new Ed25519Signatures(), source.publicKey()),
                Checks.all());
    }

    private Bytes attested(SigningKey source) {
        return scene.dialect.encode(new TimeMessage(Scene.NOW, List.of("nonce")), source);
    }

    private Bytes targetsListing(SigningKey source) {
        scene.director().timeSource(source.publicKey());
        scene.publish(DIRECTOR);
        return scene.published(DIRECTOR).targetsFile();
    }

    @Test
    @Tag("U-5.4.2.2-1")
    @Tag("U-5.4.4.6-s4")
    void olderTargetsDoNotBringBackAKeyOfTheTimeSourceThatWasReplaced() throws Exception {
        SigningKey stolen = scene.ring.key("time/1");
        SigningKey next = scene.ring.key("time/2");
        AttestedTime time = believing(stolen);
        PartialVerification partial = partial(scene, time);
        Bytes older = targetsListing(stolen);
        Bytes newer = targetsListing(next);

        assertThatThrownBy(() -> partial.verify(newer, Scene.NOW)).isInstanceOf(Unavailable.class);
        assertThatThrownBy(() -> partial.verify(older, Scene.NOW)).isInstanceOfSatisfying(Rejected.class,
                rejected -> assertThat(rejected.rejection().requirement().id()).isEqualTo("U-5.4.4.6-s4"));
        assertThatThrownBy(() -> time.learn(attested(stolen), "nonce")).isInstanceOf(Rejected.class);

        time.learn(attested(next), "nonce");
        assertThat(partial.verify(newer, Scene.NOW)).as("the same Targets, with a time to judge them by").isPresent();
    }

    @Test
    @Tag("U-5.2.3.1-3")
    void targetsOfAnotherVehicleBringNoKeyOfTheTimeSource() throws Exception {
        SigningKey known = scene.ring.key("time/1");
        AttestedTime time = believing(known);
        Bytes before = scene.store.load(DIRECTOR, RoleType.TARGETS);
        Bytes other = scene.resigned(targetsListing(scene.ring.key("time/2")), '"' + Scene.VIN + '"', "\"OTHER\"",
                scene.director().keys(RoleType.TARGETS));

        assertThatThrownBy(() -> partial(scene, time).verify(other, Scene.NOW)).isInstanceOfSatisfying(Rejected.class,
                rejected -> assertThat(rejected.rejection().requirement().id()).isEqualTo("U-5.2.3.1-3"));
        assertThat(scene.store.load(DIRECTOR, RoleType.TARGETS)).isEqualTo(before);
        time.learn(attested(known), "nonce");
    }

    @Test
    @Tag("U-5.4-8")
    @Tag("U-5.4.4-3")
    @Tag("U-3.2.2.1-2")
    @Tag("U-5.4.4.1-s2")
    @Tag("U-5.4.3.4-s1")
    @Tag("U-5.4.3.3-s1")
    @Tag("U-5.4.3.3-s2")
    void partialVerificationGivesTheOrderAndStoresTargetsAlone() throws Rejected, Unavailable {
        scene.publish();
        Bytes timestamp = scene.store.load(DIRECTOR, RoleType.TIMESTAMP);
        Bytes file = scene.published(DIRECTOR).targetsFile();

        assertThat(partial(scene).verify(file, Scene.NOW)).hasValueSatisfying(
                order -> assertThat(order.filename()).isEqualTo("v3.bin"));
        assertThat(scene.store.load(DIRECTOR, RoleType.TARGETS)).isEqualTo(file);
        assertThat(scene.store.load(DIRECTOR, RoleType.TIMESTAMP)).isEqualTo(timestamp);
    }

    @Test
    void partialVerificationLeavesTheStoreAsItWasWhenItRefuses() {
        Bytes before = scene.store.load(DIRECTOR, RoleType.TARGETS);
        scene.director().signWith(RoleType.TARGETS, List.of(scene.thief()));
        scene.publish();

        assertThatThrownBy(() -> partial(scene).verify(scene.published(DIRECTOR).targetsFile(), Scene.NOW))
                .isInstanceOf(Rejected.class);
        assertThat(scene.store.load(DIRECTOR, RoleType.TARGETS)).isEqualTo(before);
    }

    @Test
    void partialVerificationDoesNotAskWhichEcusTheVehicleHas() throws Rejected, Unavailable { // 5.4.4.6 step 8 is the Primary's
        Target target = ImageRepository.target(Scene.image("v1"), List.of(), 1);
        scene.director().targets().put("x.bin", new Target(target.length(), target.hashes(),
                new TreeMap<>(Map.of("X", Scene.HARDWARE)), List.of(), 1L));
        scene.publish();

        assertThat(partial(scene).verify(scene.published(DIRECTOR).targetsFile(), Scene.NOW)).isPresent();
    }

    @Test
    void partialVerificationGivesNothingWhereNothingIsOrdered() throws Rejected, Unavailable {
        scene.director().targets().clear();
        scene.publish();

        assertThat(partial(scene).verify(scene.published(DIRECTOR).targetsFile(), Scene.NOW)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha256", "sha512"})
    void oneHashOfAKnownKindIsEnoughForAnImage(String kind) throws Rejected {
        Bytes image = Scene.image("v3");
        String digest = kind.equals("sha256") ? image.sha256() : image.sha512();
        Target target = new Target(100, new TreeMap<>(Map.of(kind, digest)), new TreeMap<>(), List.of(), 3L);

        new ImageVerification(Checks.all(), "P", Scene.HARDWARE)
                .requireImage(new Ordered("P", Scene.HARDWARE, "v3.bin", target), image,
                        new ImageVerification.Memory(() -> image, image.length()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha256", "sha512"})
    @Tag("U-5.4.2.4-3")
    void ofSeveralHashesEachHasToAgree(String wrong) {
        Bytes image = Scene.image("v3");
        TreeMap<String, String> hashes = new TreeMap<>(Map.of("sha256", image.sha256(), "sha512", image.sha512()));
        hashes.replace(wrong, "00".repeat(wrong.equals("sha256") ? 32 : 64));
        Target target = new Target(100, hashes, new TreeMap<>(), List.of(), 3L);

        assertThatThrownBy(() -> ImageVerification.requireSent(Checks.all(),
                new Ordered("P", Scene.HARDWARE, "v3.bin", target), image)).isInstanceOf(Rejected.class)
                .hasMessageContaining("U-5.4.3.4-s7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"v3.bin", "a/b/v3.bin", "\u00fc.bin", "a b.bin", ".hidden"})
    void aPlainNameIsGood(String filename) throws Rejected {
        Target target = ImageRepository.target(Scene.image("v3"), List.of(), 2);

        new ImageVerification(Checks.all(), "P", Scene.HARDWARE)
                .requireOrder(new Ordered("P", Scene.HARDWARE, filename, target), scene.runs);
    }
}
