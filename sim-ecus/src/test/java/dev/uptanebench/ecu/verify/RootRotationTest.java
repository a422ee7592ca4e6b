package dev.uptanebench.ecu.verify;

import static dev.uptanebench.vehicle.uptane.RepositoryName.DIRECTOR;
import static dev.uptanebench.vehicle.uptane.RepositoryName.IMAGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.repository.RepositoryEditor;
import dev.uptanebench.vehicle.requirement.Checks;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.RoleType;
import dev.uptanebench.vehicle.uptane.SigningKey;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Roots are followed one by one (5.4.4.3), and what a rotation forgets. */
class RootRotationTest extends VerificationCase {
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
}
