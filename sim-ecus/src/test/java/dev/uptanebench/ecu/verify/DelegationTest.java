package dev.uptanebench.ecu.verify;

import static dev.uptanebench.vehicle.uptane.RepositoryName.DIRECTOR;
import static dev.uptanebench.vehicle.uptane.RepositoryName.IMAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.repository.DelegatedRole;
import dev.uptanebench.vehicle.repository.ImageRepository;
import dev.uptanebench.vehicle.requirement.Checks;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.Extras;
import dev.uptanebench.vehicle.uptane.MetaFile;
import dev.uptanebench.vehicle.uptane.RoleType;
import dev.uptanebench.vehicle.uptane.Target;
import dev.uptanebench.vehicle.uptane.Targets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Delegations of the Image repository in full verification (5.4.4.7): v3 is listed by the role {@code maker}, to which
 * top-level Targets delegate {@code v*.bin}.
 */
class DelegationTest {
    private static final String MAKER = "maker";
    private final Scene scene = new Scene();
    private DelegatedRole maker = scene.images().delegatedRole(MAKER);

    @BeforeEach
    void delegate() {
        maker = scene.images().delegate(MAKER, List.of("v*.bin"), false);
        maker.targets().put("v3.bin", takeOut("v3.bin"));
    }

    private Target takeOut(String filename) {
        Target listed = scene.images().targets().remove(filename);
        assertThat(listed).isNotNull();
        return ImageRepository.target(Scene.image("v3"), List.of(Scene.HARDWARE), 3);
    }

    private void refuses(String requirement) {
        assertThatThrownBy(() -> scene.verify(Checks.all())).isInstanceOfSatisfying(Rejected.class,
                rejected -> assertThat(rejected.rejection().requirement().id()).isEqualTo(requirement));
    }

    private void verifies() throws Exception {
        assertThat(scene.verify(Checks.all())).hasSize(1);
    }

    @Test
    @Tag("U-5.4.4.7-s0")
    void anImageThatADelegatedRoleListsIsListed() throws Exception {
        scene.publish();

        verifies();
        assertThat(scene.asked).endsWith("image/targets/3", "image/maker/1");
        assertThat(scene.store.loadDelegated(IMAGE, MAKER)).isEqualTo(maker(scene).file());
        assertThat(scene.recorder.history().events(Event.Trusted.class).toList().getLast().role()).isEqualTo(MAKER);
    }

    private static DelegatedRole.Published maker(Scene of) {
        return of.published(IMAGE).delegated().values().iterator().next();
    }

    @Test
    @Tag("U-5.4.4.7-s5")
    void aNameThatTheDelegationDoesNotCoverIsNotListed() {
        scene.images().delegations().set(0, maker.delegation(List.of("w*.bin"), false));
        scene.publish();

        refuses("U-5.4.4.2-s10.1");
        assertThat(scene.asked).noneMatch(name -> name.contains(MAKER));
    }

    @ParameterizedTest
    @CsvSource({"H-1, true", "H-2, false"})
    void aDelegationForSomeModelsCoversNoOthers(String hardwareId, boolean covers) throws Exception { // s4.1
        Targets.Delegation plain = maker.delegation(List.of("*"), false);
        scene.images().delegations().set(0,
                new Targets.Delegation(MAKER, plain.roles().getFirst().signers(), plain.paths(), List.of(),
                        List.of(hardwareId), false, Extras.NONE));
        scene.publish();

        if (covers) {
            verifies();
        } else {
            refuses("U-5.4.4.2-s10.1");
        }
    }

    @Test
    @Tag("U-5.2.3.2-3")
    @Tag("U-5.2.3.2-4")
    void aFileThatOthersSignedIsRefused() { // U-5.4.4.6-s3.2
        maker.signWith(List.of(scene.thief()));
        scene.publish();

        refuses("U-5.4.4.6-s3");
        assertThat(scene.store.loadDelegated(IMAGE, MAKER)).isNull();
    }

    @Test
    void theKeysOfTopLevelTargetsDoNotSignForADelegatedRole() {
        maker.signWith(scene.images().keys(RoleType.TARGETS));
        scene.publish();

        refuses("U-5.4.4.6-s3");
    }

    @Test
    @Tag("U-5.4.4.6-s3.2")
    void theThresholdIsTheDelegations() throws Exception {
        maker.signWith(List.of(scene.ring.key("one"), scene.ring.key("two")));
        maker.threshold(2);
        scene.images().delegations().set(0, maker.delegation(List.of("*"), false));
        maker.signWith(List.of(scene.ring.key("one")));
        scene.publish();
        refuses("U-5.4.4.6-s3");

        maker.signWith(List.of(scene.ring.key("one"), scene.ring.key("two")));
        scene.publish();
        verifies();
    }

    @Test
    void aRoleThatSnapshotDoesNotListIsRefused() {
        scene.images().delegations().add(0, scene.images().copy().delegate("ghost", List.of("*"), false)
                .delegation(List.of("*"), false));
        scene.publish();

        refuses("U-5.4.4.6-s2");
        assertThat(scene.asked).noneMatch(name -> name.contains("ghost"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 3})
    void aFileOfAnotherVersionThanSnapshotListsIsRefused(long version) { // U-5.4.4.6-s2
        scene.images().delegatedFiles().put("maker.json", MetaFile.of(2));
        maker.version(version - 1);
        scene.publish();
        scene.serve(MAKER, maker(scene).file());

        refuses("U-5.4.4.6-s2");
    }

    @Test
    void anExpiredFileIsRefused() { // U-5.4.4.6-s5
        maker.lifetime(Duration.ofHours(1));
        scene.publish();
        scene.now = Scene.NOW.plus(Duration.ofHours(1));

        refuses("U-5.4.4.6-s5");
    }

    @Test
    void aFileLargerThanAnyMayBeIsRefused() { // U-5.4.4.6-s1
        scene.publish();
        scene.serve(MAKER, Scene.padded(maker(scene).file(), 256 * 1024));

        refuses("U-5.4.4.6-s1");
    }

    @Test
    void aFileOfAnotherRoleIsRefused() { // U-5.2.1-3
        scene.publish();
        scene.serve(MAKER, scene.resigned(maker(scene).file(), "\"_type\":\"targets\"", "\"_type\":\"snapshot\"",
                maker.keys()));

        refuses("U-5.2.1-3");
    }

    @Test
    void whatSnapshotSaysOfItHolds() throws Exception {
        scene.images().fullSnapshot(true);
        scene.publish();
        Bytes file = maker(scene).file();
        scene.serve(MAKER, Bytes.utf8(file.toUtf8().replaceFirst("\"keyid\":\"..", "\"keyid\":\"xx")));
        refuses("U-5.4.4.6-s2");

        scene.genuineAgain();
        scene.publish(DIRECTOR);
        verifies();
    }

    @Test
    @Tag("U-5.4.4.7-s1")
    void aFileThatIsNotThereEndsTheSearch() { // U-5.4.4.7-s1
        scene.publish();
        scene.images().delegatedFiles().put("maker.json", MetaFile.of(9));
        maker.version(1);
        scene.publish();

        assertThatThrownBy(() -> scene.verify(Checks.all())).isInstanceOf(Unavailable.class)
                .hasMessageContaining(MAKER);
    }

    @Test
    void nothingIsSoughtBeyondATerminatingDelegation() { // U-5.1.2.1-3
        scene.images().delegations().add(0, scene.images().delegatedRole("first").delegation(List.of("*"), true));
        scene.publish();

        refuses("U-5.4.4.2-s10.1");
        assertThat(scene.asked).endsWith("image/first/1");
    }

    @Test
    void topLevelTargetsOverrideADelegatedRole() { // U-5.4.4.7-s2
        scene.images().targets().put("v3.bin",
                ImageRepository.target(Scene.image("else"), List.of(Scene.HARDWARE), 3));
        scene.publish();

        refuses("U-5.4.4.2-s10.2.1");
    }

    @Test
    void aChainOfDelegationsIsFollowed() throws Exception {
        DelegatedRole plant = scene.images().delegatedRole("plant/\u00fc ?");
        plant.targets().putAll(maker.targets());
        maker.targets().clear();
        maker.delegations().add(plant.delegation(List.of("v3.*"), false));
        scene.publish();

        verifies();
        assertThat(scene.asked).endsWith("image/maker/1", "image/plant/\u00fc ?/1");
    }

    private void again(DelegatedRole role) {
        role.version(0);
        scene.asked.clear();
        scene.publish();
    }

    @Test
    void aTrustedFileThatSnapshotStillListsIsNotFetchedAgain() throws Exception {
        scene.publish();
        verifies();
        again(maker);

        verifies();
        assertThat(scene.asked).contains("image/targets/4").noneMatch(name -> name.contains(MAKER));
    }

    @Test
    void aTrustedFileIsNotBelievedWhenTheDelegationNamesOtherKeys() throws Exception {
        scene.publish();
        verifies();
        Bytes before = scene.store.loadDelegated(IMAGE, MAKER);
        maker.signWith(List.of(scene.thief()));
        scene.images().delegations().set(0, maker.delegation(List.of("*"), false));
        again(maker);
        scene.serve(MAKER, before == null ? Bytes.utf8("") : before);

        refuses("U-5.4.4.6-s3");
    }

    @Test
    void aTrustedFileIsNotBelievedOnceItHasExpired() throws Exception {
        maker.lifetime(Duration.ofDays(7));
        scene.publish();
        verifies();
        again(maker);
        scene.now = Scene.NOW.plus(Duration.ofDays(18));
        refuses("U-5.4.4.6-s5");

        scene.publish(DIRECTOR);
        maker.lifetime(Duration.ofDays(21));
        scene.publish(IMAGE);
        verifies();
    }

    @Test
    void aDelegatedRoleMayNotGoBack() throws Exception { // U-5.4.4.5-s5
        maker.version(4);
        scene.publish();
        verifies();
        again(maker);

        refuses("U-5.4.4.5-s5");
    }

    @Test
    void evenNewSnapshotKeysDoNotLetADelegatedRoleGoBack() throws Exception { // U-5.4.4.6-s4
        maker.version(4);
        scene.publish();
        verifies();
        scene.images().signWith(RoleType.SNAPSHOT, List.of(scene.ring.key("new")));
        again(maker);
        scene.rotate(IMAGE);

        refuses("U-5.4.4.6-s4");
    }

    @Test
    void otherKeysOfADelegatedRoleBeginAnew() throws Exception {
        maker.version(4);
        scene.publish();
        verifies();
        scene.images().signWith(RoleType.SNAPSHOT, List.of(scene.ring.key("new")));
        maker.signWith(List.of(scene.ring.key("another maker")));
        scene.images().delegations().set(0, maker.delegation(List.of("*"), false));
        again(maker);
        scene.rotate(IMAGE);

        verifies();
    }
}
