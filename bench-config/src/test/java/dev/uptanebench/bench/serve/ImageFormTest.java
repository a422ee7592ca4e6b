package dev.uptanebench.bench.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.uptanebench.vehicle.encryption.Sealing;
import dev.uptanebench.vehicle.http.Response;
import dev.uptanebench.vehicle.kernel.RandomStream;
import dev.uptanebench.vehicle.repository.Decision;
import dev.uptanebench.vehicle.repository.ImageForm;
import dev.uptanebench.vehicle.repository.RegisteredEcu;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.EncryptedImage;
import dev.uptanebench.vehicle.uptane.PublicKey;
import dev.uptanebench.vehicle.uptane.SigningKey;
import dev.uptanebench.vehicle.uptane.VersionReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of an open order when the form in which its ECU gets images changes, also where that comes to nothing at first. */
class ImageFormTest {
    private static final String VIN = "WUB00000000000001";
    private static final ImageForm FIRST = form("first");
    private static final ImageForm SECOND = form("second");

    @TempDir
    private Path folder;
    private OemState state;
    private Oem oem;
    private long counter;

    @BeforeEach
    void vehicle() throws IOException {
        state = new OemState(folder);
        state.enrol(VIN, "P", new RegisteredEcu("P", "hw", key("P").publicKey(), true));
        state.enrol("OTHER", "Q", new RegisteredEcu("Q", "hw-q", key("Q").publicKey(), false));
        oem = state.oem();
        OemState.release(oem, "one", "P", "one");
    }

    private static ImageForm form(String key) {
        return new ImageForm(Optional.of(Sealing.of(Sealing.Way.WRAPPED, RandomStream.bytes(1, key))), false);
    }

    private SigningKey key(String serial) {
        return state.keys().key("ecu/" + serial);
    }

    private static @Nullable EncryptedImage sent(Oem by) {
        return OemState.targets(by, VIN, "targets.json").targets().values().iterator().next().encrypted().get("P");
    }

    private Decision decision(Decision.Kind kind) {
        return new Decision(state.now(), VIN, kind, "P", "written down by a process that died");
    }

    private int report(Oem to) {
        return report(to, "");
    }

    private int report(Oem to, String installed) {
        counter++;
        Bytes image = Bytes.utf8(installed);
        VersionReport report = new VersionReport("P", installed, image.length(), image.sha256(), List.of(),
                state.now(), state.now(), counter);
        return to.fleet().manifest(VIN, OemState.DIALECT.encode(VIN, "P",
                new TreeMap<>(Map.of("P", OemState.DIALECT.encode(report, key("P")))), key("P"))).status();
    }

    private Path image(String content) {
        return folder.resolve("images").resolve(Bytes.utf8(content).sha256());
    }

    private void makeUnreadable(String content) throws IOException {
        Files.delete(image(content));
        Files.createDirectory(image(content));
    }

    private void makeReadable(String content) throws IOException {
        Files.delete(image(content));
        Files.writeString(image(content), content);
    }

    private List<String> said(Decision.Kind kind) {
        return state.inventory().decisions(VIN, 100).stream().filter(made -> made.kind() == kind).map(Decision::why)
                .toList();
    }

    private static Bytes registration(String key) {
        return Bytes
                .utf8("{\"primary_ecu_serial\":\"P\",\"ecus\":[{\"ecu_serial\":\"P\",\"hardware_identifier\":\"hw\","
                        + "\"clientKey\":{\"keytype\":\"ED25519\",\"keyval\":{\"public\":\"" + key
                        + "\"}},\"encryption\":{"
                        + "\"way\":\"wrapped\",\"key\":\"" + SECOND.sealing().orElseThrow().known().toHex() + "\"}}]}");
    }

    @Test
    void aFormThatWasWrittenDownJustBeforeTheEndIsOrderedAtTheNextStart() throws IOException {
        state.inventory().images("P", FIRST, decision(Decision.Kind.ECU_IMAGES));
        Oem next = state.oem();
        EncryptedImage first = sent(next);
        assertThat(first).isNotNull();

        state.inventory().images("P", SECOND, decision(Decision.Kind.ECU_IMAGES));
        EncryptedImage second = sent(state.oem());
        assertThat(second).isNotNull().isNotEqualTo(first);
        assertThat(sent(state.oem())).isEqualTo(second);
        assertThat(said(Decision.Kind.ORDERED)).hasSize(3);
    }

    @Test
    void aRegistrationThatWasWrittenDownJustBeforeTheEndIsFollowedUpAtTheNextStart() throws IOException {
        state.inventory().register(VIN, List.of(new RegisteredEcu("P", "hw", key("P").publicKey(), false, FIRST)),
                List.of(decision(Decision.Kind.ECU_REGISTERED)));

        assertThat(sent(state.oem())).isNotNull();
    }

    @Test
    void anOrderInAFormFromBeforeIsMadeGoodWhenTheVehicleReports() {
        state.inventory().images("P", FIRST, decision(Decision.Kind.ECU_IMAGES));
        assertThat(sent(oem)).isNull();

        assertThat(report(oem)).isEqualTo(200);
        EncryptedImage sent = sent(oem);
        assertThat(sent).isNotNull();
        assertThat(report(oem)).isEqualTo(200);
        assertThat(sent(oem)).isEqualTo(sent);
    }

    @Test
    void anImageThatCannotBeReadLeavesTheOrderAsItWasUntilItCan() throws IOException {
        makeUnreadable("one");

        assertThat(oem.fleet().images("P", FIRST)).hasValueSatisfying(
                why -> assertThat(why).startsWith("what is sent of one to P cannot be made: ")
                        .doesNotContain("Exception"));
        assertThat(sent(oem)).isNull();
        assertThat(said(Decision.Kind.ORDER_DEFERRED)).hasSize(1);
        assertThat(OemState.release(oem, "q", "Q", "q").order().state()).isEqualTo("ordered");
        makeReadable("one");
        report(oem);
        assertThat(sent(oem)).isNotNull();
    }

    @Test
    void aRegistrationStandsWhetherOrNotTheImageOfTheOrderCanBeRead() throws IOException {
        makeUnreadable("one");

        assertThat(oem.fleet().register(VIN, registration(key("P").publicKey().value()), true).status()).isEqualTo(200);
        assertThat(said(Decision.Kind.ORDER_DEFERRED)).hasSize(1);
    }

    @Test
    void whatIsReleasedAndCannotBeReadWaitsAndSaysWhy() throws IOException {
        oem.fleet().withdraw(VIN);
        oem.fleet().images("P", FIRST);
        makeUnreadable("one");

        Wishes.Wanted order = OemState.release(oem, "one", "P", "one").order();

        assertThat(order.state()).isEqualTo("waiting");
        assertThat(order.why()).startsWith("what is sent of one to P cannot be made: ");
        makeReadable("one");
        assertThat(sent(state.oem())).isNotNull();
    }

    @Test
    void aManifestIsTakenWhetherOrNotWhatWaitsCanBeSigned() throws IOException {
        OemState.release(oem, "two", "P", "two");
        Path file = folder.resolve("keys/director%2Ftargets%2F1.key");
        String before = Files.readString(file);
        Files.writeString(file, "x");
        Oem next = state.oem();

        assertThat(report(next, "one")).isEqualTo(200);
        assertThat(said(Decision.Kind.ORDER_DEFERRED)).last().asString().contains(".key is damaged");
        Files.writeString(file, before);
        assertThat(report(next, "one")).isEqualTo(200);
        assertThat(OemState.targets(next, VIN, "targets.json").targets()).containsOnlyKeys("two");
    }

    @Test
    void aRegistrationThatIsRefusedSaysWhatIsOtherwise() {
        oem.fleet().images("P", FIRST);
        report(oem);

        Response form = oem.fleet().register(VIN, registration(key("P").publicKey().value()), true);
        assertThat(form.status()).isEqualTo(400);
        assertThat(new String(form.body().toArray(), StandardCharsets.UTF_8)).contains("another form of images");
        Response key = oem.fleet().register(VIN, registration("ab".repeat(32)), true);
        assertThat(new String(key.body().toArray(), StandardCharsets.UTF_8)).contains("another key");
        assertThat(said(Decision.Kind.ECU_REFUSED)).containsExactly("another form of images is registered for it",
                "another key is registered for it");
    }

    @Test
    void theKeyThatAnEcuHasAlreadyReplacesNothing() {
        PublicKey own = key("P").publicKey();

        assertThatThrownBy(() -> oem.fleet().replaceKey("P", own)).hasMessageContaining("P has already");
        assertThat(said(Decision.Kind.ECU_KEY_REPLACED)).isEmpty();
    }

    @Test
    void whatWasEncryptedForAKeyFromBeforeGoesWithTheMetadataThatSpeaksOfIt() throws IOException {
        for (int i = 0; i < 6; i++) {
            oem.fleet().images("P", form("key " + i));
        }

        try (var files = Files.walk(folder.resolve("deliveries/vehicles"))) {
            assertThat(files.filter(Files::isRegularFile)).hasSize(4);
        }
        try (var keys = Files.list(folder.resolve("deliveries/vehicles").resolve(VIN))) {
            assertThat(keys).hasSize(4);
        }
        state.pass(Duration.ofHours(1));
        assertThat(sent(state.oem())).isEqualTo(sent(oem));
    }
}
