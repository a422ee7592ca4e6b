package dev.uptanebench.bench.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.uptanebench.bench.config.KeyCount;
import dev.uptanebench.bench.config.ServeConfig;
import dev.uptanebench.bench.config.ServeConfig.DelegationConfig;
import dev.uptanebench.bench.state.PrivateFiles;
import dev.uptanebench.vehicle.repository.BundleResolution.Relations;
import dev.uptanebench.vehicle.repository.RegisteredEcu;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.PublicKey;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.Signers;
import dev.uptanebench.vehicle.uptane.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may release what (5.3.1), by the delegations of a bench file. */
class SuppliersTest {
    private static final DelegationConfig ACME = to("acme", "acme/*", true);
    private static final DelegationConfig OTHER = to("other", "*/*", false);
    private static final DelegationConfig SAFETY = new DelegationConfig("safety", List.of("acme", "lab"), 2,
            List.of("safety/*"), List.of(), true);

    @TempDir
    private Path folder;
    private OemState state;
    private Optional<Path> stick = Optional.empty();
    private final List<DelegationConfig> delegations = new ArrayList<>(List.of(ACME, SAFETY, OTHER));

    @BeforeEach
    void vehicle() throws IOException {
        state = new OemState(folder);
        PrivateFiles.folder(folder.resolve("stick"));
        state.enrol("V", "P", ecu("P", "hw"), ecu("Q", "hw-q"));
    }

    private static RegisteredEcu ecu(String serial, String hardwareId) {
        return new RegisteredEcu(serial, hardwareId, new PublicKey("e", "ed25519", "ed25519", "ab".repeat(32)), false);
    }

    private static DelegationConfig to(String role, String path, boolean terminating) {
        return new DelegationConfig(role, List.of(role), 1, List.of(path), List.of(), terminating);
    }

    private Oem oem() throws IOException {
        return state.oem(new ServeConfig(Map.of("image/acme", new KeyCount(3, 2)), delegations), stick);
    }

    private static DelegationConfig by(String delegator, String role, String path) {
        return new DelegationConfig(delegator, role, List.of(role), 1, List.of(path), List.of(), false);
    }

    private static Oem.Released release(Oem oem, String content, String name, String role) throws IOException {
        return oem.release(Bytes.utf8(content), "P", name, null, Relations.NONE, new Releases.By(role, Set.of()));
    }

    private static Signers signers(Oem oem, String role) {
        return Objects.requireNonNull(Delegatees.of(oem.standing().listing().roles()).get(role));
    }

    @Test
    void aSupplierSignsAloneForWhatIsDelegatedToIt() throws IOException {
        Oem oem = oem();
        long top = oem.standing().image().targets().version();

        assertThat(release(oem, "x", "acme/x", "acme").order().state()).isEqualTo("ordered");

        assertThat(oem.standing().image().targets().version()).isEqualTo(top);
        assertThat(oem.standing().files()).containsKeys("image/2.acme.json", "image/1.acme.json", "image/acme.json");
        assertThat(oem.standing().images().get(RepositoryName.IMAGE)).containsKey("acme/x");
        assertThat(oem.standing().image().snapshot().files()).containsOnlyKeys("targets.json", "acme.json",
                "other.json", "lab.json");
        assertThat(signers(oem, "acme").role().keyIds()).hasSize(3);
        assertThat(signers(oem, "acme").role().threshold()).isEqualTo(2);
    }

    @Test
    @Tag("U-5.3.1-5")
    void nobodySignsForWhatIsNotDelegatedOrLiesBehindATerminatingDelegation() throws IOException {
        Oem oem = oem();
        long number = oem.standing().number();

        for (String[] wrong : new String[][]{{"x", "acme"}, {"other/x", "acme"}, {"acme/a/x", "acme"},
                {"acme/x", "other"}, {"safety/x", "other"}, {"acme/x", "nobody"}, {"acme/x", "root"}}) {
            assertThatThrownBy(() -> release(oem, "x", wrong[0], wrong[1])).as(String.join(" by ", wrong))
                    .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("U-5.3.1-5");
        }
        assertThat(oem.standing().number()).isEqualTo(number);
        assertThat(folder.resolve("images")).isEmptyDirectory();
    }

    @Test
    void aDelegationForAnotherModelIsNone() throws IOException {
        delegations.set(0, new DelegationConfig("acme", List.of("acme"), 1, List.of("acme/*"), List.of("hw-q"), true));
        Oem oem = oem();

        assertThatThrownBy(() -> release(oem, "x", "acme/x", "acme")).hasMessageContaining("of hw:");
        assertThat(
                oem.release(Bytes.utf8("x"), "Q", "acme/x", null, Relations.NONE, new Releases.By("acme", Set.of()))
                        .vin())
                .isEqualTo("V");
    }

    @Test
    void whatSeveralHaveToAgreeOnIsOrderedOnceTheyDo() throws IOException {
        Oem oem = oem();

        assertThat(release(oem, "x", "safety/x", "acme").order().state()).isEqualTo("listed");
        assertThat(oem.standing().listed()).doesNotContainKey("safety/x");
        Oem.Released second = release(oem, "x", "safety/x", "lab");

        assertThat(second.order().state()).isEqualTo("ordered");
        assertThat(oem.standing().listed()).containsKey("safety/x");
    }

    @Test
    void whatSeveralHaveToAgreeOnAndDoNotIsNeverOrdered() throws IOException {
        Oem oem = oem();
        release(oem, "x", "safety/x", "acme");

        assertThat(release(oem, "y", "safety/x", "lab").order().state()).isEqualTo("listed");
        assertThat(state.inventory().issued("V")).isEmpty();
    }

    @Test
    void anotherImageOfThatNameThatClientsFindFirstIsInTheWay() throws IOException {
        Oem oem = oem();
        release(oem, "x", "other/x", "targets");

        assertThatThrownBy(() -> release(oem, "y", "other/x", "other")).hasMessageContaining("find that one first");
    }

    @Test
    @Tag("U-5.2.3.1.1-4")
    void releaseCountersNeverFallWhoeverSigns() throws IOException {
        Oem oem = oem();
        oem.release(Bytes.utf8("x"), "P", "x", 7L, Relations.NONE, Releases.By.TARGETS);

        assertThat(release(oem, "y", "acme/y", "acme").releaseCounter()).isEqualTo(8);
        assertThatThrownBy(
                () -> oem.release(Bytes.utf8("z"), "P", "acme/z", 7L, Relations.NONE,
                        new Releases.By("acme", Set.of())))
                .hasMessageContaining("never fall");
    }

    @Test
    @Tag("U-5.3.1-5")
    void aSupplierDelegatesToItsOwnSupplierWhichSignsForThatAlone() throws IOException {
        delegations.addAll(List.of(by("acme", "foundry", "acme/f*"), by("foundry", "mill", "*/*")));
        Oem oem = oem();
        long[] before = {version(oem, "acme"), oem.standing().image().targets().version()};

        assertThat(release(oem, "x", "acme/f1", "foundry").order().state()).isEqualTo("ordered");
        assertThat(release(oem, "y", "acme/f2", "mill").order().state()).isEqualTo("waiting");
        assertThat(new long[]{version(oem, "acme"), oem.standing().image().targets().version()}).isEqualTo(before);
        for (String[] wrong : new String[][]{{"acme/x", "foundry"}, {"other/f", "foundry"}, {"acme/x", "mill"}}) {
            assertThatThrownBy(() -> release(oem, "x", wrong[0], wrong[1])).as(String.join(" by ", wrong))
                    .hasMessageContaining("U-5.3.1-5");
        }
        assertThat(oem().standing().listed()).containsOnlyKeys("acme/f1", "acme/f2");
    }

    private static long version(Oem oem, String role) {
        return Objects.requireNonNull(oem.standing().image().delegated().get(role)).targets().version();
    }

    @Test
    void theKeysOfASuppliersSupplierAreReplacedByTheSupplier() throws IOException {
        delegations.add(by("acme", "foundry", "acme/f*"));
        Oem oem = oem();
        release(oem, "x", "acme/f1", "foundry");
        List<String> before = signers(oem, "foundry").role().keyIds();
        long top = oem.standing().image().targets().version();

        oem.rotate(new TreeSet<>(Set.of("image/foundry")), Optional.empty());

        assertThat(signers(oem, "foundry").role().keyIds()).doesNotContainAnyElementsOf(before);
        assertThat(oem.standing().image().targets().version()).isEqualTo(top);
        assertThat(release(oem(), "y", "acme/f2", "foundry").order().state()).isEqualTo("waiting");
    }

    @Test
    void aSupplierWithItsOwnSupplierIsAddedAndGoneTogether() throws IOException {
        delegations.clear();
        release(oem(), "z", "z", "targets");
        delegations.addAll(List.of(ACME, by("acme", "foundry", "acme/f*")));
        Oem oem = oem();
        oem.delegate();
        assertThat(release(oem, "x", "acme/f1", "foundry").order().state()).isEqualTo("waiting");

        delegations.clear();
        Oem without = oem();
        without.delegate();
        assertThat(without.standing().listed()).containsOnlyKeys("z");
        assertThatThrownBy(() -> release(without, "y", "acme/f2", "foundry")).hasMessageContaining("may not sign");
    }

    @Test
    void aSuppliersSupplierWaitsForTheKeysOfTheSupplierAndNobodyElseDoes() throws IOException {
        stick = Optional.of(folder.resolve("stick"));
        oem();
        delegations.add(by("acme", "foundry", "acme/f*"));
        Path key = folder.resolve("stick/image%2Facme%2F1.key");
        Files.move(key, folder.resolve("1.key"));
        Files.move(folder.resolve("stick/image%2Facme%2F2.key"), folder.resolve("2.key"));
        Oem oem = oem();

        assertThatThrownBy(oem::delegate).hasMessageContaining("image/acme");
        assertThat(release(oem, "x", "x", "targets").order().state()).isEqualTo("ordered");
        Files.move(folder.resolve("1.key"), key);
        oem.delegate();
        assertThat(release(oem, "y", "acme/f1", "foundry").order().state()).isEqualTo("waiting");
    }

    @Test
    void aSuppliersKeysAreReplacedWithoutANewRoot() throws IOException {
        Oem oem = oem();
        release(oem, "x", "acme/x", "acme");
        List<String> before = signers(oem, "acme").role().keyIds();

        oem.rotate(new TreeSet<>(Set.of("image/acme")), Optional.empty());

        assertThat(signers(oem, "acme").role().keyIds()).hasSize(3).doesNotContainAnyElementsOf(before);
        assertThat(oem.standing().image().root().version()).isEqualTo(1);
        assertThat(oem.standing().listed()).containsKey("acme/x");
        release(oem(), "y", "acme/y", "acme");
        String targets = new String(oem.standing().image().targetsFile().toArray(),
                java.nio.charset.StandardCharsets.UTF_8);
        assertThat(targets).doesNotContain(before);
    }

    @Test
    void aSupplierThatIsGoneSignsNothingAndSnapshotForgetsItWithItsKeysOnly() throws IOException {
        release(oem(), "x", "acme/x", "acme");
        delegations.remove(ACME);
        delegations.remove(SAFETY);
        Oem oem = oem();
        oem.delegate();

        assertThatThrownBy(() -> release(oem, "y", "acme/y", "acme")).hasMessageContaining("may not sign");
        assertThat(oem.standing().listed()).isEmpty();
        assertThat(oem.standing().image().snapshot().files()).containsKey("acme.json");
        oem.rotate(new TreeSet<>(Set.of("image/snapshot", "image/timestamp")), Optional.empty());
        assertThat(oem.standing().image().snapshot().files()).containsOnlyKeys("targets.json", "other.json");
        assertThat(oem().standing().image().delegated()).containsOnlyKeys("other");
    }

    @Test
    void whatStandsAsTheBenchFileSaysIsNotSignedAgain() throws IOException {
        long number = oem().standing().number();
        Oem again = oem();
        again.delegate();

        assertThat(again.standing().number()).isEqualTo(number);
    }

    @Test
    void aNewSupplierWaitsForTheKeysOfTargets() throws IOException {
        stick = Optional.of(folder.resolve("stick"));
        oem();
        delegations.addFirst(to("new", "new/*", false));
        Files.move(folder.resolve("stick"), folder.resolve("safe"));
        Oem oem = oem();

        assertThatThrownBy(oem::delegate).hasMessageContaining("image/targets");
        Files.move(folder.resolve("safe"), folder.resolve("stick"));
        oem.delegate();
        assertThat(release(oem, "x", "new/x", "new").order().state()).isEqualTo("ordered");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/x", "x/", "a//b", "../x", "a/../x", "a/.", "a\\b", "a\nb", "a\u0000", "a\u202Eb"})
    void aNameThatCouldLeadAstrayIsRefused(String name) throws IOException {
        Oem oem = oem();

        assertThatThrownBy(() -> release(oem, "x", name, "targets")).hasMessageContaining("U-5.2.7-s3");
    }

    @Test
    void everyOtherNameIsServedUnderTheHashOfItsImage() throws IOException {
        Oem oem = oem();
        release(oem, "x", "dir/é %2e ..x", "targets");

        Target target = Objects.requireNonNull(oem.standing().listed().get("dir/é %2e ..x"));
        assertThat(oem.standing().images().get(RepositoryName.IMAGE))
                .containsEntry("dir/" + target.hashes().get("sha256") + ".é %2e ..x", target)
                .containsEntry("dir/" + target.hashes().get("sha512") + ".é %2e ..x", target);
    }
}
