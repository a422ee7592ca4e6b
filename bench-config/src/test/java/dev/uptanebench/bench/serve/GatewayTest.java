package dev.uptanebench.bench.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.uptanebench.attack.run.WallClock;
import dev.uptanebench.bench.config.BenchConfig;
import dev.uptanebench.bench.config.EcuConfig;
import dev.uptanebench.vehicle.repository.BundleResolution.Relations;
import dev.uptanebench.vehicle.repository.Decision;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.SigningKey;
import dev.uptanebench.vehicle.uptane.VersionReport;
import dev.uptanebench.vehicle.uptane.dialect.TufJson;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.TreeMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server in this process, and a vehicle that is started from nothing but the provisioning folder. */
@Timeout(120)
class GatewayTest {
    private static final TufJson DIALECT = new TufJson();
    private static final String OTHER = "WUB00000000000002";

    @TempDir
    private Path folder;
    private final BenchConfig config = RunningServer.bench("default.yaml");
    private RunningServer server;

    @BeforeEach
    void start() throws IOException {
        server = new RunningServer(folder);
        server.start(config);
    }

    @AfterEach
    void close() {
        server.close();
    }

    private ServerUrls urls() {
        return server.urls();
    }

    private String director() {
        return urls().director(config.vin());
    }

    private Path provisioned(String vin, String name) {
        return server.provisioning(vin).resolve(name);
    }

    private int registered(String vehicles) throws IOException {
        return ControlClient.register(server.state(),
                vehicles.getBytes(java.nio.charset.StandardCharsets.UTF_8)).status();
    }

    private static byte[] der(Path pem) throws IOException {
        return Base64.getMimeDecoder().decode(Files.readString(pem).replaceAll("-----[A-Z ]+-----", ""));
    }

    private HttpClient vehicle() throws Exception {
        return vehicle(config.vin());
    }

    private HttpClient vehicle(String vin) throws Exception {
        Certificate own = certificate(vin, "client.pem");
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        keys.setKeyEntry("own", KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(der(provisioned(vin, "client.key")))), new char[0],
                new Certificate[]{own});
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, new char[0]);
        return client(managers);
    }

    private Certificate certificate(String vin, String name) throws Exception {
        return CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(der(provisioned(vin, name))));
    }

    private HttpClient client(KeyManagerFactory managers) throws Exception {
        KeyStore trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        trust.setCertificateEntry("ca", certificate(config.vin(), "ca.pem"));
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(trust);
        SSLContext tls = SSLContext.getInstance("TLSv1.3");
        tls.init(managers.getKeyManagers(), trusted.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(tls).version(HttpClient.Version.HTTP_1_1).build();
    }

    private static int send(HttpClient client, String method, String url, byte[] body) throws Exception {
        return client.send(HttpRequest.newBuilder(URI.create(url))
                .method(method, HttpRequest.BodyPublishers.ofByteArray(body)).build(),
                HttpResponse.BodyHandlers.ofString()).statusCode();
    }

    private SigningKey key(EcuConfig ecu) {
        try {
            Path file = folder.resolve("s/keys/ecu%2F" + ecu.serial() + ".key");
            return SigningKey.ofSeed(HexFormat.of().parseHex(Files.readString(file)), DIALECT::keyId);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private byte[] manifest(long counter, Instant time) {
        TreeMap<String, Bytes> reports = new TreeMap<>();
        for (EcuConfig ecu : config.ecus()) {
            reports.put(ecu.serial(), DIALECT.encode(new VersionReport(ecu.serial(), "", 0, "ab", List.of(), time, time,
                    counter), key(ecu)));
        }
        return DIALECT.encode(config.vin(), config.primary().serial(), reports, key(config.primary())).toArray();
    }

    private List<Decision> decisions() {
        return server.decisions(config.vin());
    }

    private static byte[] registration(EcuConfig primary, String key) {
        return registration(primary.serial(), primary.hardwareId(), key);
    }

    private static byte[] registration(String serial, String hardwareId, String key) {
        return ("{\"primary_ecu_serial\":\"" + serial + "\",\"ecus\":[{\"ecu_serial\":\"" + serial
                + "\",\"hardware_identifier\":\"" + hardwareId
                + "\",\"clientKey\":{\"keytype\":\"ED25519\",\"keyval\":{\"public\":\"" + key + "\"}}}]}")
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    @Test
    @Tag("U-5.3.2-2")
    void aVehicleWithItsCertificateGetsItsMetadataOverTls() throws Exception {
        HttpClient vehicle = vehicle();

        assertThat(send(vehicle, "GET", urls().directorTls() + "/1.root.json", new byte[0])).isEqualTo(200);
        assertThat(send(vehicle, "GET", urls().directorTls() + "/2.root.json", new byte[0])).isEqualTo(404);
        assertThat(send(vehicle, "GET", urls().imageTls() + "/timestamp.json", new byte[0])).isEqualTo(200);
        assertThat(send(vehicle, "POST", urls().gateway() + "/events", new byte[2])).isEqualTo(200);
    }

    @Test
    @Tag("U-5.3.1-7")
    void nobodyGetsInWithoutACertificateOfTheAuthority() throws Exception {
        KeyManagerFactory nothing = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        KeyStore empty = KeyStore.getInstance("PKCS12");
        empty.load(null, null);
        nothing.init(empty, new char[0]);

        assertThatThrownBy(() -> send(client(nothing), "GET", urls().imageTls() + "/timestamp.json", new byte[0]))
                .isInstanceOf(IOException.class);
    }

    @Test
    @Tag("U-5.3.2-1")
    @Tag("U-5.3.2.1-1")
    @Tag("U-5.3.2.1-s4.drop")
    void aManifestIsTakenOnceAndEveryJudgementIsWrittenDown() throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        Instant now = WallClock.now().truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
        String url = director() + "/manifest";

        assertThat(send(client, "PUT", url, manifest(1, now))).isEqualTo(200);
        assertThat(send(client, "PUT", url, manifest(1, now))).isEqualTo(400);
        assertThat(send(vehicle(), "PUT", urls().directorTls() + "/manifest", manifest(2, now))).isEqualTo(200);
        assertThat(send(client, "PUT", url, manifest(3, now.plusSeconds(200_000)))).isEqualTo(400);
        assertThat(send(client, "PUT", url, "garbage".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .isEqualTo(400);
        assertThat(decisions()).extracting(Decision::kind).containsSubsequence(Decision.Kind.VEHICLE_REGISTERED,
                Decision.Kind.MANIFEST_ACCEPTED, Decision.Kind.MANIFEST_REFUSED, Decision.Kind.MANIFEST_ACCEPTED,
                Decision.Kind.MANIFEST_REFUSED, Decision.Kind.MANIFEST_REFUSED);
    }

    @Test
    void aManifestThatIsTooLargeIsRefusedByTheDirectorAndOneMuchTooLargeByTheServer() throws Exception {
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        String url = director() + "/manifest";

        assertThat(send(client, "PUT", url, new byte[300 * 1024])).isEqualTo(400);
        assertThat(decisions().getLast().why()).isEqualTo("U-5.3.2.1-s3");
        assertThatThrownBy(() -> {
            if (send(client, "PUT", url, new byte[8 * 1024 * 1024]) == 413) {
                throw new IOException("413");
            }
        }).isInstanceOf(IOException.class);
        assertThat(decisions()).filteredOn(decision -> decision.kind().isRefusal()).hasSize(1);
    }

    @Test
    void whileAHundredClientsStallOthersAreServed() throws Exception {
        URI server = URI.create(urls().image());
        List<Socket> stalling = new ArrayList<>();
        try {
            for (int i = 0; i < 100; i++) {
                Socket socket = new Socket(server.getHost(), server.getPort());
                stalling.add(socket);
                socket.getOutputStream().write("PUT /director HTTP/1.1\r\nContent-Length: 9\r\n\r\n1".getBytes(
                        java.nio.charset.StandardCharsets.US_ASCII));
            }
            assertThat(send(HttpClient.newHttpClient(), "GET", urls().image() + "/timestamp.json", new byte[0]))
                    .isEqualTo(200);
        } finally {
            for (Socket socket : stalling) {
                socket.close();
            }
        }
    }

    @Test
    void anEcuBringsItsOwnKeyBeforeItFirstReportsAndNeverAfter() throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        String url = director() + "/ecus";

        assertThat(send(client, "POST", url, registration(config.primary(), "ab".repeat(32)))).isEqualTo(200);
        assertThat(send(client, "POST", url, registration(config.primary(), "cd".repeat(32)))).isEqualTo(400);
        assertThat(send(client, "POST", url, registration(config.primary(), "ab".repeat(32)))).isEqualTo(200);
        assertThat(send(client, "POST", url, registration(config.secondaries().getFirst(), "ab".repeat(32))))
                .isEqualTo(400);
        assertThat(decisions()).extracting(Decision::kind).endsWith(Decision.Kind.ECU_REGISTERED,
                Decision.Kind.ECU_REFUSED, Decision.Kind.ECU_REFUSED);
    }

    @Test
    @Tag("U-5.4.1-5")
    void noTwoEcusHaveTheSameKey() throws Exception {
        byte[] key = ("{\"keytype\":\"ED25519\",\"keyval\":{\"public\":\"" + "ab".repeat(32) + "\"}}")
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        String secondary = config.secondaries().getFirst().serial();
        assertThat(ControlClient.replaceKey(server.state(), secondary, key).status()).isEqualTo(200);

        ControlClient.Answer other = ControlClient.replaceKey(server.state(), config.primary().serial(), key);
        assertThat(other.status()).isEqualTo(400);
        assertThat(other.body()).contains("that is the key of " + secondary);
        assertThat(send(HttpClient.newHttpClient(), "POST", director() + "/ecus",
                registration(config.primary(), "ab".repeat(32)))).isEqualTo(400);
    }

    @Test
    void aRegistrationThatNobodyCanReadIsRefusedWithWhatIsWrongInIt() throws Exception {
        byte[] deep = ("{\"a\":".repeat(9) + "1" + "}".repeat(9)).getBytes(java.nio.charset.StandardCharsets.UTF_8);

        assertThat(send(HttpClient.newHttpClient(), "POST", director() + "/ecus", deep)).isEqualTo(400);
        assertThat(decisions().getLast().why())
                .isEqualTo("not JSON: Document nesting depth (9) exceeds the maximum allowed");
    }

    @Test
    void anImageThatIsThereNoMoreIsAnError() throws Exception {
        assertThat(ControlClient.release(server.state(), new byte[]{1}, config.primary().serial(), "a.bin", null,
                Relations.NONE, "targets", List.of()).status()).isEqualTo(200);
        try (Stream<Path> images = Files.list(server.state().resolve("images"))) {
            Files.delete(images.findFirst().orElseThrow());
        }
        assertThat(send(HttpClient.newHttpClient(), "GET", urls().image() + "/targets/a.bin", new byte[0]))
                .isEqualTo(500);
    }

    @Test
    void anotherVehicleHasNothingHere() throws Exception {
        HttpClient client = HttpClient.newHttpClient();

        assertThat(send(client, "GET", director().replace(config.vin(), "OTHER") + "/targets.json", new byte[0]))
                .isEqualTo(404);
        assertThat(send(client, "GET", urls().image() + "/../s/keys/time%2F1.key", new byte[0])).isEqualTo(404);
        assertThat(send(client, "GET", urls().image() + "/targets/%2e%2e%2f%2e%2e%2fcurrent", new byte[0]))
                .isEqualTo(404);
        assertThat(send(client, "PUT", urls().image() + "/timestamp.json", new byte[1])).isEqualTo(405);
    }

    @Test
    void eachVehicleGetsItsOwnTargetsByItsCertificateAndNobodyElses() throws Exception {
        assertThat(registered("{\"vehicles\":[{\"vin\":\"" + OTHER + "\",\"primary_ecu_serial\":\"X-1\"}]}"))
                .isEqualTo(200);
        assertThat(ControlClient.provision(server.state(), OTHER).status()).isEqualTo(200);
        HttpClient other = vehicle(OTHER);

        assertThat(body(other, urls().directorTls() + "/targets.json")).contains(OTHER);
        assertThat(body(vehicle(), urls().directorTls() + "/targets.json")).contains(config.vin());
        assertThat(body(HttpClient.newHttpClient(), urls().director(OTHER) + "/1.targets.json")).contains(OTHER);
        assertThat(send(other, "GET", urls().directorTls() + "/1.root.json", new byte[0])).isEqualTo(200);
        assertThat(send(other, "GET", urls().directorTls() + '/' + config.vin() + "/targets.json", new byte[0]))
                .isEqualTo(403);
    }

    private static String body(HttpClient client, String url) throws Exception {
        return client.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Test
    void aVehicleSaysOnceWhichEcusItHasWithItsCertificateAlone() throws Exception {
        registered("{\"vehicles\":[{\"vin\":\"" + OTHER + "\",\"primary_ecu_serial\":\"X-1\"}]}");
        ControlClient.provision(server.state(), OTHER);
        byte[] own = registration("X-1", "hw", "ab".repeat(32));
        String url = urls().directorTls() + "/ecus";

        assertThat(send(HttpClient.newHttpClient(), "POST", urls().director(OTHER) + "/ecus", own)).isEqualTo(400);
        assertThat(send(vehicle(), "POST", url, own)).isEqualTo(400);
        assertThat(send(vehicle(OTHER), "POST", url, registration("X-2", "hw", "ab".repeat(32)))).isEqualTo(400);
        assertThat(send(vehicle(OTHER), "POST", url, own)).isEqualTo(200);
        assertThat(send(vehicle(OTHER), "POST", url, registration("X-1", "other", "ab".repeat(32)))).isEqualTo(400);
    }

    @Test
    void aFileOfVehiclesThatBreaksOffIsToldWithItsPlace() throws Exception {
        assertThat(ControlClient.register(server.state(), Bytes.utf8("{\"vehicles\":[\n  {\"vin\":").toArray()).body())
                .startsWith("not JSON, line 2, column 10: ");
    }

    @Test
    void aDamagedKeyIsToldToWhoeverNeedsIt() throws Exception {
        String serial = config.primary().serial();
        Path key = server.state().resolve("keys/image%2Ftargets%2F1.key");
        String before = Files.readString(key);
        Files.writeString(key, "x");

        ControlClient.Answer answer = server.release(Bytes.utf8("x"), serial, "a.bin");

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.body()).isEqualTo(key.toRealPath() + " is damaged: a key is 64 hex digits");
        Files.writeString(key, before);
        assertThat(server.release(Bytes.utf8("x"), serial, "a.bin").status()).isEqualTo(200);
    }

    @Test
    void vehiclesThatCannotBeRegisteredLeaveNothingBehind() throws Exception {
        String good = "{\"vin\":\"" + OTHER + "\",\"primary_ecu_serial\":\"X-1\"}";

        assertThat(registered("{\"vehicles\":[" + good + ",{\"vin\":\"" + config.vin()
                + "\",\"primary_ecu_serial\":\"X-2\"}]}")).isEqualTo(400);
        assertThat(registered("{\"vehicles\":[" + good + ",{\"vin\":\"../x\",\"primary_ecu_serial\":\"X-2\"}]}"))
                .isEqualTo(400);
        assertThat(registered("{\"vehicles\":[" + good)).isEqualTo(400);
        assertThat(registered("{\"vehicles\":[{\"vin\":\"" + OTHER + "\",\"primary_ecu_serial\":\"X-1\","
                + "\"ecus\":[{\"ecu_serial\":\"X-2\",\"hardware_identifier\":\"hw\"}]}]}")).isEqualTo(400);
        assertThat(send(HttpClient.newHttpClient(), "GET", urls().director(OTHER) + "/targets.json", new byte[0]))
                .isEqualTo(404);
        assertThat(ControlClient.provision(server.state(), OTHER).status()).isEqualTo(400);
        assertThat(registered("{\"vehicles\":[" + good + "]}")).isEqualTo(200);
    }
}
