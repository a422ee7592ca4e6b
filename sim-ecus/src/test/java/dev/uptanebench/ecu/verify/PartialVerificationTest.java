package dev.uptanebench.ecu.verify;

import static dev.uptanebench.vehicle.uptane.RepositoryName.DIRECTOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.uptanebench.ecu.unit.AttestedTime;
import dev.uptanebench.ecu.unit.TrustedClock;
import dev.uptanebench.vehicle.repository.ImageRepository;
import dev.uptanebench.vehicle.requirement.Checks;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.Ed25519Signatures;
import dev.uptanebench.vehicle.uptane.RoleType;
import dev.uptanebench.vehicle.uptane.SigningKey;
import dev.uptanebench.vehicle.uptane.Target;
import dev.uptanebench.vehicle.uptane.TimeMessage;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Partial verification (5.4.4.1), and the key of the time source that it learns from. */
class PartialVerificationTest extends VerificationCase {
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
}
