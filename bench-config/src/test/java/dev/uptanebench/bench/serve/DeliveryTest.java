package dev.uptanebench.bench.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.uptanebench.bench.config.BenchConfig;
import dev.uptanebench.ecu.verify.Ordered;
import dev.uptanebench.vehicle.encryption.CannotDecrypt;
import dev.uptanebench.vehicle.encryption.EcuKey;
import dev.uptanebench.vehicle.encryption.ImageIdentity;
import dev.uptanebench.vehicle.encryption.Sealing;
import dev.uptanebench.vehicle.kernel.RandomStream;
import dev.uptanebench.vehicle.repository.Decision;
import dev.uptanebench.vehicle.repository.ImageForm;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.InstallationReport;
import dev.uptanebench.vehicle.uptane.PublicKey;
import dev.uptanebench.vehicle.uptane.TimeMessage;
import dev.uptanebench.vehicle.uptane.TufSignatures;
import dev.uptanebench.vehicle.uptane.Unverified;
import dev.uptanebench.vehicle.uptane.dialect.TufJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Images on their way to one ECU, encrypted or as deltas, and the time: a server, and a vehicle that knows its provisioning folder. */
@Timeout(120)
class DeliveryTest {
    private static final String VIN = RunningServer.VIN;

    @TempDir
    private Path folder;
    private RunningServer server;

    @BeforeEach
    void server() {
        server = new RunningServer(folder);
    }

    @AfterEach
    void close() {
        server.close();
    }

    private static BenchConfig bench(String name) {
        return RunningServer.bench(name);
    }

    private void start(BenchConfig config) throws IOException {
        server.start(config);
    }

    private ProvisionedVehicle vehicle() throws IOException {
        return server.vehicle();
    }

    private void release(Bytes image, String serial, String name) throws IOException {
        ControlClient.Answer answer = server.release(image, serial, name);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    private static Bytes program(int version) {
        byte[] image = RandomStream.of(1, "program").nextBytes(8000);
        byte[] changed = RandomStream.of(version, "change").nextBytes(100);
        System.arraycopy(changed, 0, image, 40 * version, changed.length);
        return Bytes.of(image);
    }

    private List<String> said(Decision.Kind kind) {
        return server.said(kind);
    }

    private long made() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("s/deliveries"))) {
            return files.filter(Files::isRegularFile).count();
        }
    }

    private static Ordered only(List<Ordered> orders) {
        assertThat(orders).hasSize(1);
        return orders.getFirst();
    }

    private Ordered update(ProvisionedVehicle vehicle) throws Exception {
        Ordered order = only(vehicle.orders());
        vehicle.installed(order);
        assertThat(vehicle.report(null)).isEqualTo(200);
        return order;
    }

    @ParameterizedTest
    @ValueSource(strings = {"GATEWAY-0001", "LOCK-0001", "SENSOR-0001"})
    @Tag("U-5.3.2.1-s6")
    @Tag("U-5.3.2-3")
    void anImageGoesEncryptedToAnEcuWhichDecryptsIt(String serial) throws Exception {
        start(bench("confidential.yaml"));
        Bytes clear = program(1);
        try (ProvisionedVehicle vehicle = vehicle()) {
            release(clear, serial, "dir/a 1.bin");

            Ordered order = only(vehicle.orders());
            Bytes sent = vehicle.fetched(order);
            assertThat(sent.sha256()).isNotEqualTo(clear.sha256());
            assertThat(sent.toHex()).doesNotContain(clear.toHex().substring(0, 64));
            assertThat(vehicle.installed(order)).isEqualTo(clear);
            assertThat(vehicle.report(null)).isEqualTo(200);
        }
        assertThat(said(Decision.Kind.ORDER_CONFIRMED)).hasSize(1);
        assertThat(said(Decision.Kind.ORDERED)).singleElement().asString()
                .contains("encrypted as dir/a 1.bin." + serial + ".enc");
    }

    @Test
    void anImageThatCannotBeReadKeepsNoServerFromItsWork() throws Exception {
        start(bench("confidential.yaml"));
        try (ProvisionedVehicle vehicle = vehicle()) {
            release(program(1), "LOCK-0001", "1.bin");
            release(program(2), "LOCK-0001", "2.bin");
            Path image = folder.resolve("s/images").resolve(program(2).sha256());
            Files.move(image, folder.resolve("away"));
            update(vehicle);
            start(bench("confidential.yaml"));
            assertThat(said(Decision.Kind.ORDER_DEFERRED)).last().asString().contains("cannot be made");

            Files.move(folder.resolve("away"), image);
            start(bench("confidential.yaml"));
            assertThat(update(vehicle).filename()).isEqualTo("2.bin");
        }
    }

    @Test
    void noTwoOrdersAreEncryptedAlike() throws Exception {
        start(bench("confidential.yaml"));
        try (ProvisionedVehicle vehicle = vehicle()) {
            release(program(1), "LOCK-0001", "a.bin");
            Ordered first = update(vehicle);
            release(program(2), "LOCK-0001", "b.bin");
            update(vehicle);
            release(program(1), "LOCK-0001", "c.bin");

            assertThat(only(vehicle.orders()).sentHashes()).isNotEqualTo(first.sentHashes());
        }
    }

    @Test
    void whatWasEncryptedGoesWithTheMetadataThatSpeaksOfIt() throws Exception {
        start(bench("confidential.yaml"));
        try (ProvisionedVehicle vehicle = vehicle()) {
            for (int version = 1; version <= 6; version++) {
                release(program(version), "LOCK-0001", version + ".bin");
                update(vehicle);
            }
            assertThat(made()).isEqualTo(4);

            start(bench("confidential.yaml"));
            release(program(7), "LOCK-0001", "7.bin");
            assertThat(vehicle.installed(only(vehicle.orders()))).isEqualTo(program(7));
            assertThat(made()).isEqualTo(4);
        }
    }

    private Unverified<TimeMessage> attested() throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return new TufJson().time(Bytes.of(client.send(
                    HttpRequest.newBuilder(URI.create(server.urls().time()))
                            .POST(HttpRequest.BodyPublishers.ofString("ab".repeat(8))).build(),
                    HttpResponse.BodyHandlers.ofByteArray()).body()));
        }
    }

    private static boolean isSigned(Unverified<TimeMessage> time, PublicKey key) {
        return time.signatures().stream().anyMatch(signature -> signature.keyId().equals(key.id())
                && new TufSignatures().isValid(key, time.signingInput(), signature.value()));
    }

    @Test
    void theTimeIsSignedWithTheKeyThatTheDirectorsRootLists() throws Exception {
        start(bench("confidential.yaml"));
        try (ProvisionedVehicle vehicle = vehicle()) {
            vehicle.orders();
            PublicKey before = vehicle.timeSources().getLast();
            assertThat(isSigned(attested(), before)).isTrue();

            assertThat(ControlClient.rotate(server.state(), List.of("time"), "").status()).isEqualTo(200);
            vehicle.orders();
            PublicKey after = vehicle.timeSources().getLast();
            assertThat(isSigned(attested(), before)).isFalse();
            assertThat(isSigned(attested(), after)).isTrue();
            start(bench("confidential.yaml"));
            assertThat(isSigned(attested(), after)).isTrue();
            assertThat(server.provisioning(VIN).resolve("provision.json")).content()
                    .contains(after.value());
        }
    }

    private int registers(String encryption) throws Exception {
        String url = server.urls().director(VIN) + "/ecus";
        String body = "{\"primary_ecu_serial\":\"TCU-0001\",\"ecus\":[{\"ecu_serial\":\"TCU-0001\","
                + "\"hardware_identifier\":\"tcu-hw1\",\"clientKey\":{\"keytype\":\"ED25519\",\"keyval\":{"
                + "\"public\":\"" + "ab".repeat(32) + "\"}}" + encryption + "}]}";
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create(url)).POST(HttpRequest.BodyPublishers.ofString(body))
                    .build(), HttpResponse.BodyHandlers.ofString()).statusCode();
        }
    }

    @Test
    void anEcuRegistersWhatEncryptsForItAndNothingTakesThatBack() throws Exception {
        start(server.benchOf("  - {id: tcu, kind: primary}\n"));
        EcuKey own = Sealing.Way.DIRECT.key(RandomStream.bytes(1, "own"));
        String key = own.shown().toHex();

        assertThat(registers(",\"encryption\":{\"way\":\"direct\"}")).isEqualTo(400);
        assertThat(registers(",\"encryption\":{\"way\":\"direct\",\"key\":\"" + "00".repeat(32) + "\"}"))
                .isEqualTo(400);
        assertThat(registers(",\"encryption\":{\"way\":\"symmetric\",\"key\":\"" + key + "\"}")).isEqualTo(400);
        assertThat(registers(",\"encryption\":{\"way\":\"direct\",\"key\":\"" + key + "\"}")).isEqualTo(200);
        assertThat(registers("")).isEqualTo(200);
        release(program(1), "TCU-0001", "a.bin");
        try (ProvisionedVehicle vehicle = vehicle()) {
            Ordered order = only(vehicle.orders());
            assertThat(opened(own, order, vehicle.fetched(order))).isEqualTo(program(1));
        }
    }

    @Test
    void whatIsOrderedIsEncryptedForAnEcuThatRegistersItsKeyAfterwards() throws Exception {
        start(server.benchOf("  - {id: tcu, kind: primary}\n"));
        EcuKey own = Sealing.Way.DIRECT.key(RandomStream.bytes(1, "own"));
        release(program(1), "TCU-0001", "a.bin");

        String form = ",\"encryption\":{\"way\":\"direct\",\"key\":\"" + own.shown().toHex() + "\"}";
        assertThat(registers(form)).isEqualTo(200);
        assertThat(registers(form)).isEqualTo(200);
        try (ProvisionedVehicle vehicle = vehicle()) {
            Ordered order = only(vehicle.orders());
            assertThat(opened(own, order, vehicle.fetched(order))).isEqualTo(program(1));
        }
        assertThat(said(Decision.Kind.ORDERED)).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"wrapped", "direct"})
    void whoIsNotProvedToBeTheVehicleReplacesNoKeyThatEncryptsForIt(String way) throws Exception {
        start(server.benchOf("  - {id: tcu, kind: primary, encryption: wrapped}\n"));
        Bytes known = Bytes.hex(JsonMapper.builder().build()
                .readTree(Files.readString(server.provisioning(VIN).resolve("provision.json")))
                .path("primary").path("encryption").path("publicKey").stringValue());
        String foreign = (way.equals("direct")
                ? known
                : Sealing.Way.WRAPPED.key(RandomStream.bytes(1, "foreign"))
                        .shown())
                .toHex();

        assertThat(registers(",\"encryption\":{\"way\":\"" + way + "\",\"key\":\"" + foreign + "\"}"))
                .isEqualTo(400);
        assertThat(registers(",\"encryption\":{\"way\":\"wrapped\",\"key\":\"" + known.toHex() + "\"}"))
                .isEqualTo(200);
        assertThat(said(Decision.Kind.ECU_REFUSED)).singleElement().asString().contains("with its certificate");
    }

    private ControlClient.Answer enrols(String encryption) throws IOException {
        return ControlClient.register(server.state(), ("{\"vehicles\":[{\"vin\":\"WUB00000000000009\","
                + "\"primary_ecu_serial\":\"T-9\",\"ecus\":[{\"ecu_serial\":\"T-9\",\"hardware_identifier\":\"hw\","
                + encryption + "}]}]}").getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"wrapped", "direct", "symmetric"})
    void aVehicleThatIsRegisteredWithoutAKeyForItsImagesGetsOneFromTheServer(String way) throws Exception {
        start(server.benchOf("  - {id: tcu, kind: primary}\n"));
        assertThat(enrols("\"encryption\":{\"way\":\"" + way + "\"},\"deltas\":true").status()).isEqualTo(200);
        ControlClient.provision(server.state(), "WUB00000000000009");
        try (ProvisionedVehicle vehicle = ProvisionedVehicle
                .of(server.provisioning("WUB00000000000009"))) {
            for (int version = 1; version <= 2; version++) {
                release(program(version), "T-9", version + ".bin");
                Ordered order = only(vehicle.orders());
                assertThat(order.encrypted()).isNotNull();
                assertThat(order.delta() != null).isEqualTo(version == 2);
                assertThat(vehicle.installed(order)).isEqualTo(program(version));
                assertThat(vehicle.report(null)).isEqualTo(200);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"encryption\":{\"way\":\"rot13\"}", "\"encryption\":\"wrapped\"",
            "\"encryptoin\":{\"way\":\"wrapped\"}", "\"encryption\":{\"way\":\"wrapped\",\"kye\":\"ab\"}",
            "\"encryption\":{\"way\":\"symmetric\",\"key\":\"ab\"}", "\"deltas\":\"yes\"", "\"encryption\":null"})
    void aRegistrationThatSaysNoFormOfImagesIsRefusedWithASentence(String form) throws IOException {
        start(server.benchOf("  - {id: tcu, kind: primary}\n"));

        assertThat(enrols(form).status()).isEqualTo(400);
        assertThat(enrols(form).body()).startsWith("vehicles[0]: ");
    }

    private static Bytes opened(EcuKey key, Ordered order, Bytes sent) throws CannotDecrypt {
        return key.open(Objects.requireNonNull(order.encrypted()), new ImageIdentity(order.serial(), order.filename(),
                String.valueOf(order.target().hashes().get("sha256"))), sent);
    }

    @Test
    void whatABenchFileComesToKeepSecretIsEncryptedFromTheNextStartOn() throws Exception {
        start(server.benchOf("  - {id: tcu, kind: primary}\n"));
        release(program(1), "TCU-0001", "a.bin");
        try (ProvisionedVehicle vehicle = vehicle()) {
            assertThat(update(vehicle).encrypted()).isNull();
        }
        start(server.benchOf("  - {id: tcu, kind: primary, encryption: wrapped}\n"));
        release(program(2), "TCU-0001", "b.bin");
        try (ProvisionedVehicle vehicle = vehicle()) {
            assertThat(vehicle.installed(only(vehicle.orders()))).isEqualTo(program(2));
        }
        start(server.benchOf("  - {id: tcu, kind: primary}\n"));

        assertThat(said(Decision.Kind.ECU_IMAGES)).containsExactly("encrypted (wrapped)");
    }

    @Test
    void whatIsOrderedAndNotConfirmedIsOrderedAnewInTheFormItHasByNow() throws Exception {
        start(server.benchOf("  - {id: tcu, kind: primary}\n"));
        release(program(1), "TCU-0001", "a.bin");
        start(server.benchOf("  - {id: tcu, kind: primary, encryption: symmetric}\n"));

        try (ProvisionedVehicle vehicle = vehicle()) {
            Ordered order = update(vehicle);
            assertThat(order.encrypted()).isNotNull();
        }
        assertThat(said(Decision.Kind.ORDERED)).hasSize(2).last().asString()
                .endsWith(":1: the same, in another form");
        assertThat(said(Decision.Kind.ORDER_CONFIRMED)).hasSize(1);
    }

    @Test
    void anEcuThatGetsAnotherKeyFromTheServerGetsAnotherForDecryption() throws Exception {
        start(bench("confidential.yaml"));
        release(program(1), "LOCK-0001", "a.bin");
        ControlClient.replaceKey(server.state(), "LOCK-0001", new byte[0]);

        try (ProvisionedVehicle vehicle = vehicle()) {
            assertThat(vehicle.installed(only(vehicle.orders()))).isEqualTo(program(1));
        }
        assertThat(folder.resolve("s/keys/decryption%2FLOCK-0001%2F2.key")).exists();
        assertThat(said(Decision.Kind.ECU_IMAGES)).containsExactly(
                new ImageForm(Optional.of(Sealing.of(Sealing.Way.WRAPPED, new byte[32])), false).toString());
    }

    private ControlClient.Answer replaceKeys(String encryption) throws IOException {
        return ControlClient.replaceKey(server.state(), "LOCK-0001", ("{\"clientKey\":{\"keytype\":\"ED25519\","
                + "\"keyval\":{\"public\":\"" + "ab".repeat(32) + "\"}},\"encryption\":" + encryption + "}")
                .getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void anEcuWhoseKeysAreReplacedGetsItsOpenOrderForTheNewOne() throws Exception {
        start(bench("confidential.yaml"));
        release(program(1), "LOCK-0001", "a.bin");
        EcuKey own = Sealing.Way.DIRECT.key(RandomStream.bytes(1, "own"));

        assertThat(replaceKeys("{\"way\":\"direct\",\"kye\":\"ab\"}").body()).contains("there is no field kye");
        assertThat(replaceKeys("{\"way\":\"direct\",\"key\":\"" + "00".repeat(32) + "\"}").body())
                .contains("nothing can be encrypted");
        ControlClient.Answer done = replaceKeys(
                "{\"way\":\"direct\",\"key\":\"" + own.shown().toHex() + "\"}");

        assertThat(done.status()).as(done.body()).isEqualTo(200);
        try (ProvisionedVehicle vehicle = vehicle()) {
            Ordered order = only(vehicle.orders());
            assertThat(opened(own, order, vehicle.fetched(order))).isEqualTo(program(1));
        }
        assertThat(said(Decision.Kind.ECU_KEY_REPLACED)).hasSize(1);
        assertThat(said(Decision.Kind.ECU_IMAGES)).containsExactly("encrypted (direct)");
        assertThat(replaceKeys("{\"way\":\"direct\"}").body()).contains("LOCK-0001 has already");
        assertThat(server.state().resolve("keys")).isDirectoryNotContaining("glob:**decryption%2FLOCK-0001%2F2.key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TELEMATICS-0001", "CAMERA-0001", "RADAR-0001"})
    void anEcuMakesTheNextImageOfTheOneItReportsAndADelta(String serial) throws Exception {
        start(bench("delta.yaml"));
        try (ProvisionedVehicle vehicle = vehicle()) {
            release(program(1), serial, "1.bin");
            assertThat(update(vehicle).delta()).isNull();

            release(program(2), serial, "2.bin");
            Ordered order = only(vehicle.orders());
            assertThat(order.delta()).isNotNull();
            assertThat(vehicle.fetched(order).length()).isLessThan(program(2).length() / 10);
            assertThat(vehicle.installed(order)).isEqualTo(program(2));
        }
        assertThat(said(Decision.Kind.ORDERED).getLast()).contains("as delta 2.bin.from-"
                + program(1).sha256().substring(0, 8) + ".vcdiff");
    }

    @Test
    void afterAnOrderThatFailedImagesAreSentWholeUntilOneIsConfirmed() throws Exception {
        start(bench("delta.yaml"));
        try (ProvisionedVehicle vehicle = vehicle()) {
            release(program(1), "CAMERA-0001", "1.bin");
            update(vehicle);
            release(program(2), "CAMERA-0001", "2.bin");
            vehicle.orders();
            String order = said(Decision.Kind.ORDERED).getLast().replaceFirst(".*(urn:.*): .*", "$1");
            vehicle.report(new InstallationReport(order, false, "INSTALL_FAILED", "the delta does not fit"));

            release(program(2), "CAMERA-0001", "2.bin");
            assertThat(update(vehicle).delta()).isNull();
            release(program(3), "CAMERA-0001", "3.bin");
            assertThat(update(vehicle).delta()).isNotNull();
        }
    }

    @Test
    void aDeltaThatIsNoShorterThanTheImageIsNotSent() throws Exception {
        start(bench("delta.yaml"));
        try (ProvisionedVehicle vehicle = vehicle()) {
            release(program(1), "CAMERA-0001", "1.bin");
            update(vehicle);
            release(Bytes.of(RandomStream.of(2, "another").nextBytes(500)), "CAMERA-0001", "2.bin");

            assertThat(update(vehicle).delta()).isNull();
        }
    }

    @Test
    void deltasGoWithTheImageTheyMake() throws Exception {
        start(bench("delta.yaml"));
        try (ProvisionedVehicle vehicle = vehicle()) {
            release(program(1), "CAMERA-0001", "1.bin");
            update(vehicle);
            release(program(2), "CAMERA-0001", "2.bin");
            update(vehicle);
            assertThat(made()).isEqualTo(1);
            release(program(3), "CAMERA-0001", "3.bin");
            update(vehicle);
            ControlClient.retire(server.state(), "2.bin");
            for (int version = 4; version < 13; version++) {
                release(program(version), "TELEMATICS-0001", version + ".bin");
            }
        }
        try (Stream<Path> to = Files.list(folder.resolve("s/deliveries/deltas"))) {
            assertThat(to.map(path -> String.valueOf(path.getFileName()))).contains(program(3).sha256())
                    .doesNotContain(program(2).sha256());
        }
    }
}
