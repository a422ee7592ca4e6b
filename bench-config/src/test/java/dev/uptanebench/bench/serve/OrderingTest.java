package dev.uptanebench.bench.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.uptanebench.vehicle.http.Request;
import dev.uptanebench.vehicle.kernel.Limits;
import dev.uptanebench.vehicle.repository.BundleResolution.Relations;
import dev.uptanebench.vehicle.repository.Decision;
import dev.uptanebench.vehicle.repository.DirectorRepository;
import dev.uptanebench.vehicle.repository.KeyRing;
import dev.uptanebench.vehicle.repository.MetadataRepository;
import dev.uptanebench.vehicle.repository.NewVehicle;
import dev.uptanebench.vehicle.repository.RegisteredEcu;
import dev.uptanebench.vehicle.repository.RepositoryEditor;
import dev.uptanebench.vehicle.requirement.Checks;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.InstallationReport;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.SigningKey;
import dev.uptanebench.vehicle.uptane.Target;
import dev.uptanebench.vehicle.uptane.Targets;
import dev.uptanebench.vehicle.uptane.TufSignatures;
import dev.uptanebench.vehicle.uptane.VersionReport;
import dev.uptanebench.vehicle.uptane.dialect.TufJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Orders that follow from what a vehicle reports: a Primary P and Secondaries A and B, each of a model of its own. */
class OrderingTest {
    private static final TufJson DIALECT = OemState.DIALECT;
    private static final String VIN = "WUB00000000000001";

    @TempDir
    private Path folder;
    private OemState state;
    private final Map<String, Bytes> installed = new TreeMap<>(
            Map.of("P", Bytes.utf8("p0"), "A", Bytes.utf8("a0"), "B", Bytes.utf8("b0")));
    private long counter;

    @BeforeEach
    void vehicle() throws IOException {
        state = new OemState(folder);
        state.enrol(VIN, "P", installed.keySet().stream()
                .map(serial -> new RegisteredEcu(serial, "hw-" + serial, key(serial).publicKey(), false))
                .toArray(RegisteredEcu[]::new));
    }

    private SigningKey key(String serial) {
        return state.keys().key("ecu/" + serial);
    }

    private Oem oem() throws IOException {
        return state.oem();
    }

    private int report(Oem oem, @Nullable InstallationReport installation) {
        return oem.fleet().manifest(VIN, manifest(installation)).status();
    }

    private Bytes manifest(@Nullable InstallationReport installation) {
        counter++;
        TreeMap<String, Bytes> reports = new TreeMap<>();
        installed.forEach((serial, image) -> reports.put(serial, DIALECT.encode(new VersionReport(serial, "any",
                image.length(), image.sha256(), List.of(), state.now(), state.now(), counter), key(serial))));
        return DIALECT.encode(VIN, "P", reports, installation, key("P"));
    }

    private static String release(Oem oem, String content, String serial, Relations relations) throws IOException {
        return OemState.release(oem, content, serial, content, relations).order().state();
    }

    private static Relations requires(String name) {
        return new Relations(Set.of(name), Set.of());
    }

    private static Relations conflicts(String name) {
        return new Relations(Set.of(), Set.of(name));
    }

    private static Targets targets(Oem oem) {
        return OemState.targets(oem, VIN, "targets.json");
    }

    private static InstallationReport failed(String correlation) {
        return new InstallationReport(correlation, false, "INSTALL_FAILED", "no power");
    }

    private List<Decision.Kind> decisions() {
        return state.inventory().decisions(VIN, 100).stream().map(Decision::kind).toList();
    }

    @Test
    void nothingNewIsOrderedBeforeTheVehicleConfirmsTheLastOrder() throws IOException {
        Oem oem = oem();
        assertThat(release(oem, "a1", "A", Relations.NONE)).isEqualTo("ordered");
        assertThat(release(oem, "a2", "A", Relations.NONE)).isEqualTo("waiting");
        assertThat(report(oem, null)).isEqualTo(200);
        assertThat(targets(oem).targets()).containsOnlyKeys("a1");

        installed.put("A", Bytes.utf8("a1"));
        assertThat(report(oem, null)).isEqualTo(200);
        assertThat(targets(oem).targets()).containsOnlyKeys("a2");
        assertThat(decisions()).containsSubsequence(Decision.Kind.ORDERED, Decision.Kind.ORDER_DEFERRED,
                Decision.Kind.MANIFEST_ACCEPTED, Decision.Kind.MANIFEST_ACCEPTED, Decision.Kind.ORDER_CONFIRMED,
                Decision.Kind.ORDERED, Decision.Kind.PUBLISHED);
    }

    /** What a process does with it that dies before it has followed up what it accepted. */
    private int judge(Bytes manifest) {
        MetadataRepository metadata = new MetadataRepository(state::now, Limits.standard(), event -> {},
                new RepositoryEditor(RepositoryName.DIRECTOR, new KeyRing(1, DIALECT), Map.of(), Map.of(), VIN));
        return new DirectorRepository(metadata, event -> {}, VIN, state.inventory(), Checks.all(), new TufSignatures())
                .respond(new Request("PUT", "manifest", manifest)).status();
    }

    @Test
    void aFailureThatWasAcceptedIsFollowedUpByTheNextProcess() throws IOException {
        Oem oem = oem();
        release(oem, "a1", "A", Relations.NONE);
        release(oem, "a2", "A", Relations.NONE);
        assertThat(judge(manifest(failed(String.valueOf(targets(oem).correlationId()))))).isEqualTo(200);

        assertThat(targets(oem()).targets()).containsOnlyKeys("a2");
        assertThat(state.inventory().decisions(VIN, 100)).filteredOn(made -> made.kind() == Decision.Kind.ORDER_FAILED)
                .singleElement().satisfies(made -> assertThat(made.why()).startsWith("INSTALL_FAILED no power;"));
    }

    @Test
    void anImageThatIsReleasedOnceMoreStaysAsVehiclesWereOrderedIt() throws IOException {
        Oem oem = oem();
        release(oem, "p0", "P", Relations.NONE);
        release(oem, "a1", "A", requires("p0"));
        release(oem, "b1", "B", Relations.NONE);
        Target listed = Objects.requireNonNull(oem.standing().listed().get("a1"));

        assertThat(OemState.release(oem, "a1", "A", "a1").releaseCounter()).isEqualTo(listed.releaseCounter());
        assertThat(oem.standing().listed()).containsEntry("a1", listed);
        assertThatThrownBy(() -> oem.release(Bytes.utf8("a1"), "A", "a1", 7L, Relations.NONE, Releases.By.TARGETS))
                .hasMessageContaining("a1 is listed with release counter " + listed.releaseCounter());
        OemState.release(oem, "a1", "B", "a1");
        assertThat(Objects.requireNonNull(oem.standing().listed().get("a1")).hardwareIds())
                .containsExactly("hw-A", "hw-B");
    }

    @Test
    void nobodyIsOrderedAnOlderImageThanItRuns() throws IOException {
        Oem oem = oem();
        for (String image : List.of("a1", "a2")) {
            release(oem, image, "A", Relations.NONE);
            installed.put("A", Bytes.utf8(image));
            report(oem, null);
        }

        assertThatThrownBy(() -> release(oem, "a1", "A", Relations.NONE))
                .hasMessage("not ordered: a1 is older than a2, which A runs");
        assertThat(targets(oem).targets()).containsOnlyKeys("a2");
    }

    @Test
    void whatNoImageCanBeCalledIsNotRequired() throws IOException {
        Oem oem = oem();

        assertThatThrownBy(() -> release(oem, "a1", "A", requires("../x"))).hasMessageContaining("U-5.2.7-s3");
        assertThatThrownBy(() -> release(oem, "a1", "A", new Relations(Set.of("b"), Set.of("b"))))
                .hasMessage("a1 requires what it conflicts with");
        assertThat(oem.standing().listed()).isEmpty();
    }

    @Test
    void aWishThatGivesWayToAnotherIsWrittenDown() throws IOException {
        Oem oem = oem();
        release(oem, "a1", "A", Relations.NONE);
        release(oem, "a2", "A", Relations.NONE);
        release(oem, "a3", "A", Relations.NONE);

        assertThat(state.inventory().decisions(VIN, 100)).filteredOn(made -> made.kind() == Decision.Kind.ORDER_REFUSED)
                .singleElement().satisfies(made -> assertThat(made.why()).isEqualTo("a3 is wanted of A instead"));
    }

    @Test
    void whatWaitsIsStillWantedByAnotherProcess() throws IOException {
        release(oem(), "a1", "A", Relations.NONE);
        release(oem(), "b1", "B", Relations.NONE);
        installed.put("A", Bytes.utf8("a1"));

        Oem again = oem();
        report(again, null);
        assertThat(targets(again).targets()).containsOnlyKeys("a1", "b1");
    }

    @Test
    void aRefusedManifestConfirmsNothing() throws IOException {
        Oem oem = oem();
        release(oem, "a1", "A", Relations.NONE);
        release(oem, "b1", "B", Relations.NONE);
        report(oem, null);
        installed.put("A", Bytes.utf8("a1"));
        counter = 0;

        assertThat(report(oem, null)).isEqualTo(400);
        assertThat(targets(oem).targets()).containsOnlyKeys("a1");
    }

    @Test
    void everyOrderHasANameThatStaysUntilTheNext() throws IOException {
        Oem oem = oem();
        assertThat(targets(oem).correlationId()).isNull();
        release(oem, "a1", "A", Relations.NONE);
        String first = targets(oem).correlationId();
        state.pass(Duration.ofHours(13));
        assertThat(targets(oem).version()).isEqualTo(3);
        assertThat(targets(oem).correlationId()).isEqualTo(first).isNotNull();

        installed.put("A", Bytes.utf8("a1"));
        report(oem, null);
        release(oem, "a2", "A", Relations.NONE);
        assertThat(targets(oem).correlationId()).isNotEqualTo(first).isNotNull();
    }

    @Test
    void anOrderThatFailedIsWithdrawnAndTheNextOneMade() throws IOException {
        Oem oem = oem();
        release(oem, "a1", "A", Relations.NONE);
        release(oem, "b1", "B", Relations.NONE);

        report(oem, failed(String.valueOf(targets(oem).correlationId())));
        assertThat(targets(oem).targets()).containsOnlyKeys("b1");
        assertThat(state.inventory().decisions(VIN, 100)).filteredOn(made -> made.kind() == Decision.Kind.ORDER_FAILED)
                .singleElement().satisfies(made -> assertThat(made.why()).contains("INSTALL_FAILED no power"));
    }

    @Test
    void wordOfAnotherOrderOrOfSuccessWithdrawsNothing() throws IOException {
        Oem oem = oem();
        release(oem, "a1", "A", Relations.NONE);
        String own = String.valueOf(targets(oem).correlationId());

        report(oem, failed("urn:other"));
        report(oem, new InstallationReport(own, true, "OK", ""));
        assertThat(targets(oem).targets()).containsOnlyKeys("a1");
        assertThat(decisions()).doesNotContain(Decision.Kind.ORDER_FAILED, Decision.Kind.ORDER_CONFIRMED);
    }

    @Test
    void whatAnImageRequiresIsOrderedWithIt() throws IOException {
        Oem oem = oem();
        release(oem, "b1", "B", Relations.NONE);
        report(oem, failed(String.valueOf(targets(oem).correlationId())));
        assertThat(targets(oem).targets()).isEmpty();

        assertThat(release(oem, "a1", "A", requires("b1"))).isEqualTo("ordered");
        assertThat(targets(oem).targets()).containsOnlyKeys("a1", "b1");
        assertThat(state.inventory().decisions(VIN, 3)).extracting(Decision::why)
                .anySatisfy(why -> assertThat(why).endsWith("what was released asks for it"))
                .anySatisfy(why -> assertThat(why).endsWith("it was released for it"));
    }

    @Test
    void imagesThatConflictAreNeverOrderedTogether() throws IOException {
        Oem oem = oem();
        release(oem, "b1", "B", Relations.NONE);
        installed.put("B", Bytes.utf8("b1"));
        report(oem, null);

        assertThatThrownBy(() -> release(oem, "a1", "A", conflicts("b1"))).hasMessageContaining("a1 conflicts with b1");
        assertThat(targets(oem).targets()).containsOnlyKeys("b1");
        assertThat(state.inventory().wanted(VIN)).isEmpty();
        assertThat(state.inventory().decisions(VIN, 1)).containsExactly(
                new Decision(state.now(), VIN, Decision.Kind.ORDER_REFUSED, "a1", "a1 conflicts with b1"));
    }

    @Test
    void anImpossibleWishLeavesTheOthersAlone() throws IOException {
        Oem oem = oem();
        release(oem, "a1", "A", Relations.NONE);
        assertThat(release(oem, "b1", "B", requires("nowhere"))).isEqualTo("waiting");
        assertThat(release(oem, "p1", "P", Relations.NONE)).isEqualTo("waiting");

        confirm(oem, "A", "a1");

        assertThat(targets(oem).targets()).containsOnlyKeys("a1", "p1");
        assertThat(state.inventory().wanted(VIN)).isEmpty();
        assertThat(state.inventory().decisions(VIN, 100)).filteredOn(made -> made.kind() == Decision.Kind.ORDER_REFUSED)
                .containsExactly(
                        new Decision(state.now(), VIN, Decision.Kind.ORDER_REFUSED, "b1", "b1 requires nowhere"));
    }

    @Test
    void ofWishesThatConflictOneIsOrdered() throws IOException {
        Oem oem = oem();
        release(oem, "p1", "P", Relations.NONE);
        release(oem, "a1", "A", conflicts("b1"));
        release(oem, "b1", "B", Relations.NONE);

        confirm(oem, "P", "p1");

        assertThat(targets(oem).targets()).containsOnlyKeys("a1", "p1");
        assertThat(state.inventory().decisions(VIN, 100)).filteredOn(made -> made.kind() == Decision.Kind.ORDER_REFUSED)
                .extracting(Decision::subject).containsExactly("b1");
    }

    @Test
    void whatAVehicleNeverConfirmsIsTakenBackByHand() throws IOException {
        Oem oem = oem();
        release(oem, "a1", "A", Relations.NONE);
        String order = String.valueOf(targets(oem).correlationId());
        release(oem, "b1", "B", Relations.NONE);

        Fleet.Withdrawn withdrawn = oem.fleet().withdraw(VIN);

        assertThat(withdrawn.withdrawn()).containsExactly(Map.entry("A", "a1"));
        assertThat(targets(oem).version()).isEqualTo(withdrawn.order());
        assertThat(targets(oem).targets()).containsOnlyKeys("b1");
        assertThat(state.inventory().decisions(VIN, 100)).contains(
                new Decision(state.now(), VIN, Decision.Kind.ORDER_WITHDRAWN, order, "taken back from A"));
        confirm(oem, "B", "b1");
        assertThatThrownBy(() -> oem.fleet().withdraw(VIN)).hasMessageContaining("nothing that it has not confirmed");
        assertThatThrownBy(() -> oem.fleet().withdraw("X")).hasMessageContaining("no vehicle");
    }

    @Test
    void anOrderIsConfirmedOnceWhateverTheVehicleReportsLater() throws IOException {
        Oem oem = oem();
        release(oem, "a1", "A", Relations.NONE);
        confirm(oem, "A", "a1");
        confirm(oem, "A", "a0");

        assertThat(release(oem(), "b1", "B", Relations.NONE)).isEqualTo("ordered");
        confirm(oem, "B", "b1");
        confirm(oem, "A", "a1");
        assertThat(decisions().stream().filter(Decision.Kind.ORDER_CONFIRMED::equals)).hasSize(2);
    }

    @Test
    void aRepairedEcuOpensNoOrderThatWasConfirmed() throws IOException {
        Oem oem = oem();
        release(oem, "a1", "A", Relations.NONE);
        confirm(oem, "A", "a1");

        oem.fleet().replaceKey("A", key("other").publicKey());

        assertThat(release(oem, "b1", "B", Relations.NONE)).isEqualTo("ordered");
    }

    @Test
    void whatWasConfirmedIsNotTakenBackWithALaterOrder() throws IOException {
        Oem oem = oem();
        release(oem, "a1", "A", Relations.NONE);
        confirm(oem, "A", "a1");
        release(oem, "b1", "B", Relations.NONE);
        oem.fleet().replaceKey("A", key("other").publicKey());

        assertThat(oem.fleet().withdraw(VIN).withdrawn()).containsExactly(Map.entry("B", "b1"));
        assertThat(targets(oem).targets()).containsOnlyKeys("a1");
    }

    @Test
    void anOrderIsConfirmedByTheEcusThatItIsFor() throws IOException {
        Oem oem = oem();
        release(oem, "a1", "A", Relations.NONE);
        confirm(oem, "A", "a1");
        release(oem, "b1", "B", Relations.NONE);
        installed.put("A", Bytes.utf8("a0"));
        confirm(oem, "B", "b1");

        assertThat(release(oem, "p1", "P", Relations.NONE)).isEqualTo("ordered");
    }

    @Test
    void anImageThatRequiresItselfOrConflictsWithItselfIsRefused() throws IOException {
        Oem oem = oem();

        assertThatThrownBy(() -> release(oem, "a1", "A", requires("a1"))).hasMessageContaining("a1 names itself");
        assertThatThrownBy(() -> release(oem, "a1", "A", conflicts("a1"))).hasMessageContaining("a1 names itself");
        assertThat(oem.standing().listed()).isEmpty();
    }

    @Test
    void noVehicleHasTheEcuOfAnotherForItsPrimary() throws IOException {
        Oem oem = oem();
        NewVehicle thief = new NewVehicle("WUB00000000000002", "A", List.of());

        assertThatThrownBy(() -> oem.fleet().enrol(List.of(thief)))
                .hasMessage("the Primary of WUB00000000000002, A, is an ECU of " + VIN);
        assertThatThrownBy(() -> oem.fleet().enrol(List.of(new NewVehicle("X", "Y", List.of()),
                new NewVehicle("Z", "Y", List.of())))).hasMessageContaining("is an ECU of X");
        assertThat(state.inventory().vins()).containsExactly(VIN);
    }

    @Test
    void whatIsRegisteredOnceMoreIsNotWrittenDownAgain() throws IOException {
        Oem oem = oem();
        Bytes body = Bytes.utf8("{\"primary_ecu_serial\":\"P\",\"ecus\":[{\"ecu_serial\":\"A\",\"hardware_identifier\":"
                + "\"hw-A\",\"clientKey\":{\"keytype\":\"ed25519\",\"keyval\":{\"public\":\""
                + key("A").publicKey().value() + "\"}}}]}");

        for (int i = 0; i < 3; i++) {
            assertThat(oem.fleet().register(VIN, body, false).status()).isEqualTo(200);
        }
        assertThat(decisions()).isEmpty();
    }

    @Test
    void relationsAreSignedWithTheImageAndReadAgain() throws IOException {
        Oem oem = oem();
        release(oem, "a1", "A", new Relations(Set.of(), Set.of("x", "y")));

        assertThat(ImageRelations.of(java.util.Objects.requireNonNull(
                oem().standing().image().targets().targets().get("a1")))).isEqualTo(
                        new Relations(Set.of(), Set.of("x", "y")));
    }

    @Test
    void aManifestThatWasAcceptedJustBeforeTheEndIsFollowedUpAtTheNextStart() throws IOException {
        Oem oem = oem();
        release(oem, "a1", "A", Relations.NONE);
        release(oem, "a2", "A", Relations.NONE);
        Instant accepted = state.now();
        state.inventory().accept(VIN, accepted, List.of(reportOf("A", "a1")), List.of(
                new Decision(accepted, VIN, Decision.Kind.MANIFEST_ACCEPTED, "digest", "reports of A")));

        Oem again = oem();

        assertThat(decisions()).containsSubsequence(Decision.Kind.MANIFEST_ACCEPTED, Decision.Kind.ORDER_CONFIRMED,
                Decision.Kind.ORDERED);
        assertThat(targets(again).targets()).containsOnlyKeys("a2");
        oem();
        assertThat(decisions().stream().filter(Decision.Kind.ORDER_CONFIRMED::equals)).hasSize(1);
    }

    private VersionReport reportOf(String serial, String content) {
        Bytes image = Bytes.utf8(content);
        return new VersionReport(serial, "any", image.length(), image.sha256(), List.of(), state.now(), state.now(), 1);
    }

    private boolean kept(String content) {
        return Files.exists(folder.resolve("images").resolve(Bytes.utf8(content).sha256()));
    }

    private void confirm(Oem oem, String serial, String content) {
        installed.put(serial, Bytes.utf8(content));
        assertThat(report(oem, null)).isEqualTo(200);
    }

    @Test
    void aNameStandsForTheSameBytesAsLongAsItIsListed() throws IOException {
        Oem oem = oem();
        release(oem, "a1", "A", Relations.NONE);

        assertThatThrownBy(() -> OemState.release(oem, "others", "A", "a1"))
                .hasMessageContaining("a1 is listed with other bytes");
        assertThat(kept("others")).isFalse();
        assertThat(release(oem, "a1", "A", Relations.NONE)).isEqualTo("waiting");
    }

    @Test
    void aRetiredImageCanBeHadAsLongAsMetadataThatListsIt() throws IOException {
        Oem oem = oem();
        release(oem, "a1", "A", Relations.NONE);
        confirm(oem, "A", "a1");
        release(oem, "a2", "A", Relations.NONE);

        assertThat(oem.retire("a1").roles()).containsExactly("targets");

        String underHash = Bytes.utf8("a1").sha256() + ".a1";
        assertThat(oem.standing().listed()).containsOnlyKeys("a2");
        assertThat(oem.standing().images().get(RepositoryName.IMAGE)).doesNotContainKey("a1").containsKey(underHash);
        assertThat(kept("a1")).isTrue();
        for (int i = 0; i < 8; i++) {
            state.pass(Duration.ofDays(5));
            assertThat(oem.renew()).isTrue();
        }
        assertThat(oem.standing().images().get(RepositoryName.IMAGE)).doesNotContainKey(underHash).containsKey("a2");
        assertThat(kept("a1")).isFalse();
        assertThat(kept("a2")).isTrue();
    }

    /** A Primary compares every image in the Director's Targets with the Image repository, also those that are confirmed. */
    @Test
    void whatTheTargetsOfAVehicleNameIsNotRetired() throws IOException {
        Oem oem = oem();
        release(oem, "a1", "A", Relations.NONE);
        confirm(oem, "A", "a1");
        assertThatThrownBy(() -> release(oem, "a2", "A", requires("nothing")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(oem.standing().listed()).containsOnlyKeys("a1", "a2");

        assertThatThrownBy(() -> oem.retire("a1")).hasMessageContaining("runs it by its Director's Targets");
    }

    @Test
    void whatIsStillNeededIsNotRetired() throws IOException {
        Oem oem = oem();
        release(oem, "a1", "A", Relations.NONE);
        assertThatThrownBy(() -> oem.retire("a1")).hasMessageContaining("the newest image of");
        release(oem, "a2", "A", requires("b1"));
        release(oem, "b1", "B", Relations.NONE);
        release(oem, "b2", "B", Relations.NONE);

        assertThatThrownBy(() -> oem.retire("a1")).hasMessageContaining("is ordered a1");
        assertThatThrownBy(() -> oem.retire("b1")).hasMessageContaining("a2 requires b1");
        assertThatThrownBy(() -> oem.retire("a9")).hasMessageContaining("lists a9");
        assertThat(oem.standing().listed()).containsOnlyKeys("a1", "a2", "b1", "b2");
    }

    @Test
    void aProcessThatStartsRemovesWhatOneThatDiedHadStoredForNothing() throws IOException {
        release(oem(), "a1", "A", Relations.NONE);
        new ImageFolder(folder.resolve("images")).store(Bytes.utf8("never listed"));

        oem();

        assertThat(kept("never listed")).isFalse();
        assertThat(kept("a1")).isTrue();
    }
}
