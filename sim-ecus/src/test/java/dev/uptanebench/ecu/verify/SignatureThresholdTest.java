package dev.uptanebench.ecu.verify;

import static dev.uptanebench.vehicle.uptane.RepositoryName.DIRECTOR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.uptanebench.vehicle.repository.RepositoryEditor;
import dev.uptanebench.vehicle.requirement.Checks;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.PublicKey;
import dev.uptanebench.vehicle.uptane.RoleKeys;
import dev.uptanebench.vehicle.uptane.RoleType;
import dev.uptanebench.vehicle.uptane.Root;
import dev.uptanebench.vehicle.uptane.SigningKey;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose signatures count for a threshold. */
class SignatureThresholdTest extends VerificationCase {
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
}
