package dev.uptanebench.bench.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.uptanebench.bench.config.KeyCount;
import dev.uptanebench.bench.config.ServeConfig;
import dev.uptanebench.bench.state.PrivateFiles;
import dev.uptanebench.vehicle.repository.Decision;
import dev.uptanebench.vehicle.repository.RegisteredEcu;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.Metadata;
import dev.uptanebench.vehicle.uptane.PublicKey;
import dev.uptanebench.vehicle.uptane.RoleType;
import dev.uptanebench.vehicle.uptane.Root;
import dev.uptanebench.vehicle.uptane.Signers;
import dev.uptanebench.vehicle.uptane.TufSignatures;
import dev.uptanebench.vehicle.uptane.Unverified;
import dev.uptanebench.vehicle.uptane.dialect.MalformedMetadata;
import dev.uptanebench.vehicle.uptane.dialect.TufJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys of roles and of ECUs that are replaced, lie elsewhere, or are several. */
class KeysTest {
    private static final TufJson DIALECT = OemState.DIALECT;
    private static final String VIN = "WUB00000000000001";
    private static final PublicKey ECU = new PublicKey("e", "ed25519", "ed25519", "ab".repeat(32));

    @TempDir
    private Path folder;
    private OemState state;
    private Optional<Path> stick = Optional.empty();
    private ServeConfig config = ServeConfig.PLAIN;

    @BeforeEach
    void vehicle() throws IOException {
        state = new OemState(folder);
        PrivateFiles.folder(folder.resolve("stick"));
        state.enrol(VIN, "P", new RegisteredEcu("P", "hw", ECU, false));
    }

    private Oem oem() throws IOException {
        return state.oem(config, stick);
    }

    private static void release(Oem oem, String content) throws IOException {
        OemState.release(oem, content, "P", content + ".bin");
    }

    private static void rotate(Oem oem, String... roles) throws IOException {
        oem.rotate(new TreeSet<>(Set.of(roles)), Optional.empty());
    }

    private static Root root(Oem oem, String repository, long version) {
        try {
            return DIALECT.root(file(oem, repository + '/' + version + ".root.json")).payload();
        } catch (MalformedMetadata e) {
            throw new AssertionError(e);
        }
    }

    private static Bytes file(Oem oem, String path) {
        return Objects.requireNonNull(oem.standing().files().get(path), path);
    }

    private static int signatures(Unverified<? extends Metadata> file, Signers signers) {
        return (int) file.signatures().stream().filter(signature -> signers.role().keyIds().contains(signature.keyId()))
                .filter(signature -> new TufSignatures().isValid(
                        Objects.requireNonNull(signers.keys().get(signature.keyId())), file.signingInput(),
                        signature.value()))
                .count();
    }

    /** Everything a client checks of who signed what, from the Root before on. */
    private static void requireTrusted(Oem oem) throws MalformedMetadata {
        for (String repository : List.of("director", "image")) {
            Root newest = repository.equals("image") ? oem.standing().image().root() : oem.standing().director().root();
            for (long version = 2; version <= newest.version(); version++) {
                Unverified<Root> next = DIALECT.root(file(oem, repository + '/' + version + ".root.json"));
                for (Root judge : List.of(root(oem, repository, version - 1), next.payload())) {
                    Signers signers = judge.signers(RoleType.ROOT);
                    assertThat(signatures(next, signers)).isGreaterThanOrEqualTo(signers.role().threshold());
                }
            }
            requireSigned(newest, DIALECT.targets(asked(oem, repository, "targets.json")));
            requireSigned(newest, DIALECT.snapshot(asked(oem, repository, "snapshot.json")));
            requireSigned(newest, DIALECT.timestamp(asked(oem, repository, "timestamp.json")));
        }
    }

    private static void requireSigned(Root root, Unverified<? extends Metadata> file) {
        Signers signers = root.signers(file.payload().type());
        assertThat(signatures(file, signers)).as("signatures of " + file.payload().type())
                .isGreaterThanOrEqualTo(signers.role().threshold());
    }

    private static Bytes asked(Oem oem, String repository, String name) {
        return repository.equals("image")
                ? file(oem, "image/" + name)
                : OemState.file(oem, VIN, name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"director/root", "director/targets", "director/snapshot", "director/timestamp",
            "image/root",
            "image/targets", "image/snapshot", "image/timestamp"})
    void everyRoleGetsNewKeysThatClientsCanFollowAndARestartKeeps(String role) throws Exception {
        Oem oem = oem();
        release(oem, "a");
        String repository = role.substring(0, role.indexOf('/'));
        RoleType type = RoleType.valueOf(role.substring(role.indexOf('/') + 1).toUpperCase(java.util.Locale.ROOT));
        List<String> before = root(oem, repository, 1).signers(type).role().keyIds();

        rotate(oem, role);

        Root next = root(oem, repository, 2);
        assertThat(next.signers(type).role().keyIds()).hasSize(1).doesNotContainAnyElementsOf(before);
        assertThat(next.keys()).doesNotContainKeys(before.toArray(String[]::new));
        requireTrusted(oem);
        Oem again = oem();
        release(again, "b");
        state.pass(Duration.ofDays(6));
        again.renew();
        requireTrusted(again);
        assertThat(again.standing().listed()).containsKeys("a.bin", "b.bin");
        assertThat(state.inventory().decisions(Decision.EVERY_VEHICLE, 99)).extracting(Decision::kind)
                .contains(Decision.Kind.KEYS_REPLACED);
    }

    @Test
    void theTimeSourcesKeyStandsInTheDirectorsRootAndTargetsAndIsReplaced() throws Exception {
        Oem oem = oem();
        PublicKey before = oem.timeKey().publicKey();
        assertThat(oem.standing().director().root().timeSource()).isEqualTo(before);
        assertThat(DIALECT.targets(asked(oem, "director", "targets.json")).payload().timeSource()).isEqualTo(before);
        assertThat(oem.standing().image().root().timeSource()).isNull();

        rotate(oem, "time", "director/timestamp");

        PublicKey after = oem.timeKey().publicKey();
        assertThat(after).isNotEqualTo(before);
        assertThat(root(oem, "director", 2).timeSource()).isEqualTo(after);
        assertThat(DIALECT.targets(asked(oem, "director", "targets.json")).payload().timeSource()).isEqualTo(after);
        requireTrusted(oem);
        rotate(oem, "director/snapshot");
        assertThat(oem().timeKey().publicKey()).isEqualTo(after);
        assertThat(state.inventory().decisions(Decision.EVERY_VEHICLE, 99))
                .contains(new Decision(state.now(), Decision.EVERY_VEHICLE, Decision.Kind.KEYS_REPLACED,
                        "director/timestamp, time", "publication 2"));
        assertThatThrownBy(() -> rotate(oem, "time", "image/timestamp")).hasMessageContaining("one repository");
        assertThatThrownBy(() -> oem.rotate(new TreeSet<>(Set.of("time")), Optional.of("zz")))
                .hasMessageContaining("the time source has one key, " + after.id());
    }

    @Test
    void aDirectorFromBeforeItsRootListedTheTimeSourceListsItFromTheNextStartOn() throws Exception {
        Oem oem = oem();
        Root root = oem.standing().director().root();
        Root bare = new Root(2, root.expires(), true, root.keys(), root.roles());
        new StandingFolder(folder.resolve("publications"), DIALECT).publish(Optional.of(oem.standing()),
                new SignedRoot(bare, DIALECT.encode(bare,
                        state.roleKeys(stick).signers("director/root", root.signers(RoleType.ROOT)))),
                oem.standing().repositories(), oem.map());

        Oem again = oem();
        again.listTimeSource();
        again.listTimeSource();

        assertThat(root(again, "director", 3).timeSource()).isEqualTo(again.timeKey().publicKey());
        assertThat(again.standing().director().root().version()).isEqualTo(3);
        requireTrusted(again);
    }

    @Test
    void severalRolesOfOneRepositoryGetOneRoot() throws Exception {
        Oem oem = oem();

        rotate(oem, "image/root", "image/targets", "image/snapshot", "image/timestamp");
        rotate(oem, "image/root", "image/timestamp");

        assertThat(oem.standing().image().root().version()).isEqualTo(3);
        requireTrusted(oem);
    }

    @Test
    void aRotationThatWasCutOffNeverHappenedAndIsNotInTheWayOfTheNext() throws Exception {
        Oem oem = oem();
        byte[] pointer = Files.readAllBytes(folder.resolve("publications/current"));
        rotate(oem, "image/root", "image/timestamp");
        Files.write(folder.resolve("publications/current"), pointer);

        Oem again = oem();
        assertThat(again.standing().image().root().version()).isEqualTo(1);
        requireTrusted(again);
        rotate(again, "image/root", "image/timestamp");
        requireTrusted(again);
    }

    @Test
    void asManyKeysAsTheBenchFileSaysHaveToSign() throws Exception {
        config = new ServeConfig(Map.of("image/root", new KeyCount(3, 2), "image/targets", new KeyCount(3, 3),
                "director/targets", new KeyCount(2, 2), "director/root", new KeyCount(5, 3)), List.of());
        Oem oem = oem();
        release(oem, "a");

        assertThat(oem.standing().image().root().signers(RoleType.ROOT).role().keyIds()).hasSize(3);
        assertThat(oem.standing().image().root().signers(RoleType.TARGETS).role().threshold()).isEqualTo(3);
        requireTrusted(oem);
        rotate(oem, "image/root", "image/targets");
        rotate(oem, "director/root", "director/targets");
        requireTrusted(oem);
        assertThat(oem.standing().director().root().signers(RoleType.ROOT).role().keyIds()).hasSize(5);
    }

    @Test
    void oneKeyOfSeveralIsReplacedByItsId() throws Exception {
        config = new ServeConfig(Map.of("image/root", new KeyCount(3, 2)), List.of());
        Oem oem = oem();
        List<String> before = oem.standing().image().root().signers(RoleType.ROOT).role().keyIds();

        oem.rotate(new TreeSet<>(Set.of("image/root")), Optional.of(before.getFirst().substring(0, 12)));

        assertThat(oem.standing().image().root().signers(RoleType.ROOT).role().keyIds()).hasSize(3)
                .containsAll(before.subList(1, 3)).doesNotContain(before.getFirst());
        requireTrusted(oem);
        assertThatThrownBy(() -> oem.rotate(new TreeSet<>(Set.of("image/root")), Optional.of(before.getFirst())))
                .hasMessageContaining("name one of them");
    }

    @Test
    void keysOfRootTargetsAndSuppliersLieInTheirFolderAndTheOthersDoNot() throws Exception {
        stick = Optional.of(folder.resolve("stick"));
        oem();

        assertThat(folder.resolve("stick")).isDirectoryContaining("glob:**/director%2Froot%2F1.key")
                .isDirectoryContaining("glob:**/image%2Froot%2F1.key")
                .isDirectoryContaining("glob:**/image%2Ftargets%2F1.key");
        assertThat(folder.resolve("keys")).isDirectoryNotContaining("glob:**/*root*.key")
                .isDirectoryNotContaining("glob:**/image%2Ftargets*.key")
                .isDirectoryContaining("glob:**/director%2Ftargets%2F1.key");
    }

    @Test
    void aNewKeyNeverGetsTheNameOfOneThatIsAway() throws Exception {
        stick = Optional.of(folder.resolve("stick"));
        Oem oem = oem();
        Path first = folder.resolve("stick/image%2Ftargets%2F1.key");
        byte[] old = Files.readAllBytes(first);
        oem.rotate(new TreeSet<>(Set.of("image/targets")), Optional.empty());
        Files.delete(first);
        Files.delete(folder.resolve("stick/image%2Ftargets%2F2.key"));
        oem.rotate(new TreeSet<>(Set.of("image/targets")), Optional.empty());

        assertThat(folder.resolve("stick/image%2Ftargets%2F3.key")).exists();
        assertThat(first).doesNotExist();
        Files.write(first, old);
        release(oem, "a");
    }

    @Test
    void withoutTheFolderWhatIsOnlineIsRenewedAndTheRestIsRefusedWithASentence() throws Exception {
        stick = Optional.of(folder.resolve("stick"));
        Oem oem = oem();
        release(oem, "a");
        Files.move(folder.resolve("stick"), folder.resolve("safe"));

        state.pass(Duration.ofDays(6));
        assertThat(oem.renew()).isTrue();
        requireTrusted(oem);
        long number = oem.standing().number();
        assertThatThrownBy(() -> release(oem, "b")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 key of image/targets").hasMessageContaining("stick");
        for (String role : List.of("image/timestamp", "image/root", "director/targets", "director/root")) {
            assertThatThrownBy(() -> rotate(oem, role)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(role.substring(0, role.indexOf('/')) + "/root");
        }
        assertThat(oem.standing().number()).isEqualTo(number);
        requireTrusted(oem());

        Files.move(folder.resolve("safe"), folder.resolve("stick"));
        rotate(oem, "image/root", "image/targets");
        release(oem, "b");
        requireTrusted(oem);
    }

    @Test
    void withTooFewKeysOfAThresholdNothingIsSigned() throws Exception {
        config = new ServeConfig(Map.of("image/targets", new KeyCount(3, 2)), List.of());
        Oem oem = oem();
        Files.delete(folder.resolve("keys/image%2Ftargets%2F1.key"));
        release(oem, "a");
        requireTrusted(oem);
        Files.delete(folder.resolve("keys/image%2Ftargets%2F3.key"));

        assertThatThrownBy(() -> release(oem, "b")).hasMessageContaining("2 keys of image/targets")
                .hasMessageContaining("only 1");
    }

    @Test
    void aServerDoesNotBeginWithoutTheFolder() {
        stick = Optional.of(folder.resolve("none"));

        assertThatThrownBy(this::oem).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("is not there");
    }

    @ParameterizedTest
    @ValueSource(strings = {"image", "image/", "image/root/1", "other/root", "director/acme", "/root", ""})
    void whatIsNoRoleIsRefused(String role) throws Exception {
        Oem oem = oem();

        assertThatThrownBy(() -> rotate(oem, role)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("there is no role");
        assertThatThrownBy(() -> rotate(oem, "image/root", "director/root")).hasMessageContaining("one repository");
    }

    @Test
    void anEcusKeyIsReplacedAndTheOldOneIsWorthNothing() throws Exception {
        Oem oem = oem();
        PublicKey other = new PublicKey("f", "ed25519", "ed25519", "cd".repeat(32));

        oem.fleet().replaceKey("P", other);

        RegisteredEcu registered = Objects.requireNonNull(state.inventory().vehicle(VIN).orElseThrow().ecus().get("P"))
                .registered();
        assertThat(registered).isEqualTo(new RegisteredEcu("P", "hw", other, false));
        assertThat(state.inventory().decisions(VIN, 1)).extracting(Decision::kind)
                .containsExactly(Decision.Kind.ECU_KEY_REPLACED);
        assertThatThrownBy(() -> oem.fleet().replaceKey("nobody", other)).hasMessageContaining("nobody");
    }
}
