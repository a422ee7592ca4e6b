package dev.uptanebench.bench.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.uptanebench.attack.yaml.Problems;
import dev.uptanebench.bench.config.BenchConfig;
import dev.uptanebench.bench.config.BenchFile;
import dev.uptanebench.ecu.verify.Ordered;
import dev.uptanebench.vehicle.repository.BundleResolution.Relations;
import dev.uptanebench.vehicle.repository.Decision;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.PublicKey;
import dev.uptanebench.vehicle.uptane.dialect.KnownDialect;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** One server in each dialect, and a vehicle that is started from nothing but its provisioning folder. */
@Timeout(120)
class ServedDialectsTest {
    private static final String BRAKE = "BRAKE-0001";

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

    private BenchConfig bench(KnownDialect dialect, String primary, String more) throws IOException {
        return BenchFile.load(Files.writeString(folder.resolve("dialect.yaml"), """
                schema: uptane-bench/bench/v1
                name: one car
                dialect: %s
                buses: [{id: can0}]
                ecus:
                  - %s
                  - {id: brake, kind: full-secondary, serial: BRAKE-0001, hardwareId: brake-hw1}
                %s""".formatted(dialect, primary, more)), new Problems()).orElseThrow();
    }

    private BenchConfig bench(KnownDialect dialect) throws IOException {
        return bench(dialect, "{id: tcu, kind: primary, serial: TCU-0001, hardwareId: tcu-hw1}", """
                serve:
                  keys:
                    image/root: {keys: 2, threshold: 2}
                  delegations:
                    - {roles: [acme], paths: ["acme-*"], terminating: true}
                    - {by: acme, roles: [foundry], paths: ["acme-castings-*"]}
                """);
    }

    private void release(String content, String name) throws IOException {
        ControlClient.Answer answer = server.release(Bytes.utf8(content), BRAKE, name);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    private ControlClient.Answer release(String content, String name, String by) throws IOException {
        return ControlClient.release(server.state(), content.getBytes(StandardCharsets.UTF_8), BRAKE, name, null,
                Relations.NONE, by, List.of());
    }

    private static void update(ProvisionedVehicle vehicle, String content) throws Exception {
        List<Ordered> orders = vehicle.orders();
        assertThat(orders).hasSize(1);
        assertThat(vehicle.installed(orders.getFirst())).isEqualTo(Bytes.utf8(content));
        assertThat(vehicle.report(null)).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource(KnownDialect.class)
    void anImageIsOrderedInstalledAndConfirmedAndAServerGoesOnWhereItWas(KnownDialect dialect) throws Exception {
        server.start(bench(dialect));
        try (ProvisionedVehicle vehicle = server.vehicle()) {
            release("first", "dir/a b.bin");
            update(vehicle, "first");
            assertThat(server.said(Decision.Kind.ORDER_CONFIRMED)).hasSize(1);
            long published = published();

            server.start(bench(dialect));
            assertThat(published()).isEqualTo(published);
            release("second", "b.bin");
            update(vehicle, "second");
            assertThat(vehicle.orders()).isEmpty();
            assertThat(server.said(Decision.Kind.ORDER_CONFIRMED)).hasSize(2);
        }
    }

    private long published() {
        return server.decisions(Decision.EVERY_VEHICLE).stream()
                .filter(decision -> decision.kind() == Decision.Kind.PUBLISHED).count();
    }

    @ParameterizedTest
    @EnumSource(KnownDialect.class)
    void suppliersSignByDelegationAndKeysAreReplaced(KnownDialect dialect) throws Exception {
        server.start(bench(dialect));
        try (ProvisionedVehicle vehicle = server.vehicle()) {
            assertThat(release("first", "acme-castings-1.bin", "foundry").status()).isEqualTo(200);
            update(vehicle, "first");
            for (Set<String> roles : List.of(Set.of("image/root", "image/targets", "image/timestamp"),
                    Set.of("image/acme", "image/foundry"), Set.of("director/root", "director/targets", "time"))) {
                assertThat(ControlClient.rotate(server.state(), new TreeSet<>(roles), "").status())
                        .isEqualTo(200);
            }
            assertThat(release("second", "acme-2.bin", "acme").status()).isEqualTo(200);

            update(vehicle, "second");
            assertThat(vehicle.timeSources().stream().map(PublicKey::id).distinct()).hasSize(2);
        }
    }

    @Test
    void aStateStaysInTheDialectItBeganIn() throws IOException {
        server.start(bench(KnownDialect.ATS_JSON));

        assertThatThrownBy(() -> server.start(bench(KnownDialect.POUF1_DER))).isInstanceOf(IOException.class)
                .hasMessageContaining("is in ats-json, the bench file asks for pouf1-der");
        server.start(bench(KnownDialect.ATS_JSON));
    }

    @ParameterizedTest
    @CsvSource({"ATS_JSON,9,'',has no release counters", "POUF1_DER,,other.bin,no place for what an image requires"})
    void whatADialectHasNoPlaceForIsRefused(KnownDialect dialect, Long counter, String requires, String told)
            throws IOException {
        server.start(bench(dialect));

        ControlClient.Answer answer = ControlClient.release(server.state(), new byte[1], BRAKE, "a.bin", counter,
                new Relations(requires.isEmpty() ? Set.of() : Set.of(requires), Set.of()), "targets", List.of());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains(told);
    }

    @Test
    void whatIsFoundByItsHashAloneIsNotServedWithoutHashes() throws IOException {
        String encrypted = "{id: tcu, kind: primary, serial: TCU-0001, hardwareId: tcu-hw1, encryption: wrapped}";

        assertThat(Serving.unservable(bench(KnownDialect.ATS_JSON, encrypted, "")))
                .hasValueSatisfying(told -> assertThat(told).contains("tcu").contains("ats-json"));
        assertThat(Serving.unservable(bench(KnownDialect.POUF1_DER, encrypted, ""))).isEmpty();
    }

    /** Without release counters nobody knows which image is the older one. */
    @Test
    void nobodyGetsAnImageOfUnknownAgeUnasked() throws Exception {
        server.start(bench(KnownDialect.ATS_JSON));
        try (ProvisionedVehicle vehicle = server.vehicle()) {
            for (String image : List.of("1", "2")) {
                assertThat(server.release(Bytes.utf8(image), "TCU-0001", "tcu-" + image).status()).isEqualTo(200);
                update(vehicle, image);
            }
            ControlClient.Answer conflict = ControlClient.release(server.state(), new byte[]{9}, BRAKE, "b9", null,
                    new Relations(Set.of(), Set.of("tcu-2")), "targets", List.of());
            assertThat(conflict.status()).isEqualTo(400);
            assertThat(conflict.body()).contains("b9 conflicts with tcu-2");
            assertThat(vehicle.orders()).isEmpty();

            assertThat(ControlClient.release(server.state(), new byte[]{8}, BRAKE, "b8", null,
                    new Relations(Set.of("tcu-1"), Set.of()), "targets", List.of()).status()).isEqualTo(200);
            assertThat(vehicle.orders()).extracting(Ordered::filename).containsExactlyInAnyOrder("b8", "tcu-1");
        }
    }

    private static Bytes registration(String type, String key, String more) {
        return Bytes.utf8("{\"primary_ecu_serial\":\"TCU-0001\",\"ecus\":[{\"ecu_serial\":\"TCU-0001\","
                + "\"hardware_identifier\":\"tcu-hw1\",\"clientKey\":{\"keytype\":\"" + type
                + "\",\"keyval\":{\"public\":\"" + key + "\"}}" + more + "}]}");
    }

    @Test
    void aKeyWithWhichNothingCanBeReportedIsNotTaken() throws Exception {
        KeyPairGenerator curve = KeyPairGenerator.getInstance("EC");
        curve.initialize(new ECGenParameterSpec("secp256r1"));
        String ecdsa = "-----BEGIN PUBLIC KEY-----\\n"
                + Base64.getEncoder().encodeToString(curve.generateKeyPair().getPublic().getEncoded())
                + "\\n-----END PUBLIC KEY-----";
        server.start(bench(KnownDialect.ATS_JSON));

        assertThat(send("POST", "ecus", registration("ECDSA", ecdsa, ""))).isEqualTo(400);
        assertThat(send("POST", "ecus", registration("RSA", ecdsa, ""))).isEqualTo(400);
        assertThat(send("POST", "ecus", registration("RSA", "-----BEGIN PUBLIC KEY-----\\nnonsense", "")))
                .isEqualTo(400);
        assertThat(server.said(Decision.Kind.ECU_REFUSED)).anySatisfy(
                why -> assertThat(why).contains("nothing is signed with a key of type ecdsa"));
        assertThat(send("POST", "ecus", registration("ED25519", "ab".repeat(32), ",\"deltas\":true")))
                .isEqualTo(400);
        assertThat(send("POST", "ecus", registration("ED25519", "ab".repeat(32), ",\"deltas\":false")))
                .isEqualTo(200);
    }

    @Test
    void aStateInWhichNothingBeganIsInNoDialect() throws IOException {
        Path state = Files.createDirectories(server.state());
        Files.createFile(state.resolve("lock"));
        Files.writeString(state.resolve("dialect"), "pouf1-der\n");

        server.start(bench(KnownDialect.ATS_JSON));
        assertThat(state.resolve("dialect")).hasContent("ats-json");
    }

    private static Bytes sample(String name) throws IOException {
        return Bytes.of(Files.readAllBytes(Path.of(System.getProperty("bench.home", ".."),
                "sim-vehicle/src/test/resources/dev/uptanebench/vehicle/uptane/dialect/ats", name)));
    }

    private int send(String method, String path, Bytes body) throws Exception {
        return HttpClient.newHttpClient().send(
                HttpRequest.newBuilder(URI.create(server.urls().director(RunningServer.VIN) + '/' + path))
                        .method(method, HttpRequest.BodyPublishers.ofByteArray(body.toArray())).build(),
                HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    @Test
    void whatTheClientOfAutomotiveGradeLinuxSendsIsTaken() throws Exception {
        server.start(BenchFile.load(Files.writeString(folder.resolve("agl.yaml"), """
                schema: uptane-bench/bench/v1
                name: its vehicle
                dialect: ats-json
                ecus:
                  - {id: tcu, kind: primary, serial: PRIM-0001, hardwareId: hw-primary}
                """), new Problems()).orElseThrow());

        assertThat(send("POST", "ecus", sample("ecus.json"))).isEqualTo(200);
        assertThat(send("PUT", "manifest", sample("manifest-1.json"))).isEqualTo(200);
        assertThat(send("PUT", "manifest", sample("manifest-1.json"))).isEqualTo(400);
        assertThat(send("PUT", "manifest", sample("manifest-2.json"))).isEqualTo(200);
        assertThat(server.said(Decision.Kind.MANIFEST_REFUSED)).containsExactly("U-5.3.2.1-s4");
    }

    @Test
    void itsConfigurationNamesWhatLiesBesideIt() throws IOException {
        server.start(bench(KnownDialect.ATS_JSON));
        Path own = server.provisioning(RunningServer.VIN);
        String configuration = Files.readString(own.resolve("sota.toml"));

        assertThat(configuration).contains("server = \"" + server.urls().gateway() + "\"")
                .contains("primary_ecu_serial = \"TCU-0001\"").contains("base_path = \"" + own + "\"");
        assertThat(Pattern.compile("tls_[a-z]+_path = \"(.+)\"").matcher(configuration).results()
                .map(found -> own.resolve(found.group(1)))).hasSize(3)
                .allSatisfy(file -> assertThat(file).exists());
        for (String repository : List.of("director", "repo")) {
            assertThat(own.resolve(repository).resolve("root.json")).hasSameBinaryContentAs(
                    own.resolve(repository.equals("repo") ? "image-root.json" : "director-root.json"));
        }
    }
}
