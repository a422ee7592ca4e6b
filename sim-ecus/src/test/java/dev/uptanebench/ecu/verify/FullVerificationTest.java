package dev.uptanebench.ecu.verify;

import static dev.uptanebench.vehicle.uptane.RepositoryName.DIRECTOR;
import static dev.uptanebench.vehicle.uptane.RepositoryName.IMAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.uptanebench.vehicle.repository.ImageRepository;
import dev.uptanebench.vehicle.repository.RepositoryEditor;
import dev.uptanebench.vehicle.requirement.Checks;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.RoleType;
import dev.uptanebench.vehicle.uptane.Target;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The order of 5.4.4.2, what is stored of it, and when it ends early. */
class FullVerificationTest extends VerificationCase {
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
}
