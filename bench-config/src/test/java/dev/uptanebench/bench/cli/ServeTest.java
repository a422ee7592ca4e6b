package dev.uptanebench.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.uptanebench.bench.serve.ProvisionedVehicle;
import dev.uptanebench.ecu.verify.Ordered;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code serve} as a process, {@code release} and {@code tuf-client} against it. */
@Timeout(180)
class ServeTest {
    private static final String SERIAL = "BRAKE-0001";

    @TempDir
    private Path folder;

    private Path state() {
        return folder.resolve("s");
    }

    private Told release(String content, String name) throws IOException {
        Path file = Files.writeString(folder.resolve("image.bin"), content);
        return Told.by("release", file.toString(), "--to", SERIAL, "--as", name, "--state", state().toString());
    }

    private void trust(ServeProcess server) {
        assertThat(Told.by("tuf-client", "--metadata-dir", folder.resolve("m").toString(), "init",
                server.url("provisioning") + "/image-root.json").exit()).isZero();
    }

    private Told refresh(ServeProcess server) {
        return Told.by("tuf-client", "--metadata-url", server.url("imageRepository"), "--metadata-dir",
                folder.resolve("m").toString(), "refresh");
    }

    private Told download(ServeProcess server, String name, String into) {
        return Told.by("tuf-client", "--metadata-url", server.url("imageRepository"), "--metadata-dir",
                folder.resolve("m").toString(), "--target-name", name, "--target-dir",
                folder.resolve(into).toString(), "--target-base-url", server.url("imageRepository") + "/targets",
                "download");
    }

    private String downloaded(String into) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve(into))) {
            return Files.readString(files.filter(Files::isRegularFile).findFirst().orElseThrow());
        }
    }

    private JsonNode json(String url) throws IOException {
        try (InputStream in = java.net.URI.create(url).toURL().openStream()) {
            return JsonMapper.builder().build().readTree(in.readAllBytes());
        }
    }

    private void overwriteAByte(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[0] ^= 1;
        Files.write(file, bytes);
    }

    @Test
    @Tag("U-5.3.1-4")
    void anImageThatIsReleasedWhileItRunsIsDownloadedAndItsDamagedBytesAreRefused() throws Exception {
        try (ServeProcess server = ServeProcess.start(state())) {
            trust(server);
            assertThat(refresh(server).exit()).isZero();
            assertThat(download(server, "dir/brake 2.bin", "none").exit()).isEqualTo(1);

            Told released = release("second", "dir/brake 2.bin");
            assertThat(released.exit()).as(released.err()).isZero();
            assertThat(download(server, "dir/brake 2.bin", "one").exit()).isZero();
            assertThat(downloaded("one")).isEqualTo("second");
            JsonNode order = json(server.url("director") + "/targets.json").path("signed").path("targets")
                    .path("dir/brake 2.bin");
            assertThat(order.path("custom").path("ecuIdentifiers").has(SERIAL)).isTrue();

            try (Stream<Path> images = Files.list(state().resolve("images"))) {
                overwriteAByte(images.findFirst().orElseThrow());
            }
            assertThat(download(server, "dir/brake 2.bin", "two").exit()).isEqualTo(1);
            assertThat(server.end()).isZero();
        }
    }

    @Test
    void whatIsPublishedOfAHexFileIsWhatTheEcusMemoryHolds() throws Exception {
        Path hex = Files.writeString(folder.resolve("brake.hex"), """
                :020000040801F1
                :0400040001020304EE
                :00000001FF
                """);
        try (ServeProcess server = ServeProcess.start(state())) {
            trust(server);
            Told read = Told.by("release", hex.toString(), "--to", SERIAL, "--as", "read.bin", "--state",
                    state().toString());
            assertThat(read.exit()).as(read.err()).isZero();
            Told raw = Told.by("release", hex.toString(), "--to", SERIAL, "--as", "raw.hex", "--raw", "--state",
                    state().toString());
            assertThat(raw.exit()).as(raw.err()).isZero();

            assertThat(download(server, "read.bin", "one").exit()).isZero();
            assertThat(bytes("one")).containsExactly(0xFF, 0xFF, 0xFF, 0xFF, 1, 2, 3, 4);
            assertThat(download(server, "raw.hex", "two").exit()).isZero();
            assertThat(bytes("two")).isEqualTo(Files.readAllBytes(hex));
        }
    }

    private byte[] bytes(String into) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve(into))) {
            return Files.readAllBytes(files.filter(Files::isRegularFile).findFirst().orElseThrow());
        }
    }

    @Test
    void aFileThatIsNoProgramForThatMemoryIsNotReleased() throws IOException {
        Path hex = Files.writeString(folder.resolve("brake.hex"), ":020000040801F2\n");
        Path text = Files.writeString(folder.resolve("brake.txt"), "x");

        assertThat(Told.by("release", hex.toString(), "--to", SERIAL, "--as", "a").err()).contains("brake.hex:1:");
        assertThat(Told.by("release", text.toString(), "--to", SERIAL, "--as", "a").exit()).isEqualTo(4);
        assertThat(Told.by("release", hex.toString(), "--to", "ELSEWHERE", "--as", "a").err())
                .contains("no ECU with serial ELSEWHERE");
        assertThat(Told.by("release", hex.toString(), "--to", SERIAL, "--as", "a", "--target", "brake", "--raw").err())
                .contains("--raw asks nobody's memory");
    }

    @Test
    void differentThingsAskedForInOneGoAreToldApart() {
        Told told = Told.by("release", "--rotate", "director/timestamp", "--retire", "a.bin", "--state",
                state().toString());

        assertThat(told.exit()).isEqualTo(4);
        assertThat(told.err()).contains("--retire and --rotate are different things");
    }

    @Test
    void damagedMetadataIsRefusedAfterARestart() throws Exception {
        try (ServeProcess server = ServeProcess.start(state())) {
            trust(server);
            assertThat(refresh(server).exit()).isZero();
            release("second", "a.bin");
            server.end();
        }
        Path targets = state().resolve("publications").resolve(Files.readString(
                state().resolve("publications/current"))).resolve("image/targets.json");
        String versioned = Files.readString(targets).replace("\"length\":6", "\"length\":7");
        Files.writeString(targets, versioned);
        Files.writeString(targets.resolveSibling("2.targets.json"), versioned);

        try (ServeProcess server = ServeProcess.start(state())) {
            assertThat(refresh(server).exit()).isEqualTo(1);
        }
    }

    @Test
    void stoppedAndStartedAgainItGoesOnAtTheSamePlace() throws Exception {
        String before;
        try (ServeProcess server = ServeProcess.start(state())) {
            trust(server);
            release("first", "a.bin");
            before = server.url("director");
            assertThat(server.end()).isZero();
        }
        try (ServeProcess server = ServeProcess.start(state())) {
            assertThat(server.url("director")).isEqualTo(before);
            assertThat(download(server, "a.bin", "one").exit()).isZero();
            assertThat(release("next", "b.bin").out()).contains("\"releaseCounter\":2");
            assertThat(download(server, "b.bin", "two").exit()).isZero();
        }
    }

    @Test
    void killedWhileItPublishesItComesBackWithAllThatItHadConfirmed() throws Exception {
        CountDownLatch some = new CountDownLatch(3);
        int confirmed;
        try (ServeProcess server = ServeProcess.start(state())) {
            trust(server);
            CompletableFuture<Integer> releasing = CompletableFuture.supplyAsync(() -> {
                int released = 0;
                while (released < 500 && releaseQuietly(released) == 200) {
                    released++;
                    some.countDown();
                }
                return released;
            });
            some.await();
            server.kill();
            confirmed = releasing.join();
        }
        assertThat(confirmed).isBetween(3, 499);
        try (ServeProcess server = ServeProcess.start(state())) {
            assertThat(refresh(server).exit()).isZero();
            assertThat(download(server, "n" + (confirmed - 1), "last").exit()).isZero();
            assertThat(downloaded("last")).isEqualTo("content " + (confirmed - 1));
            assertThat(release("after", "after.bin").exit()).isZero();
            assertThat(refresh(server).exit()).isZero();
        }
    }

    private int releaseQuietly(int number) {
        try {
            return dev.uptanebench.bench.serve.ControlClient.release(state(),
                    ("content " + number).getBytes(StandardCharsets.UTF_8), SERIAL, "n" + number, null).status();
        } catch (IOException | RuntimeException e) {
            return 0;
        }
    }

    @Test
    @Tag("U-5.3.1-3")
    void nobodyElseCanOpenWhatItKeeps() throws Exception {
        try (ServeProcess server = ServeProcess.start(state()); Stream<Path> all = Files.walk(state())) {
            assertThat(server.ready().path("pid").isNumber()).isTrue();
            for (Path path : all.toList()) {
                if (!path.getFileName().toString().matches("inventory\\.sqlite-.*")) {
                    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path))).as(path.toString())
                            .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------");
                }
            }
        }
    }

    @Test
    void everyVehicleOfABenchFileHasOrdersOfItsOwn() throws Exception {
        Path bench = Files.writeString(folder.resolve("b.yaml"), """
                schema: uptane-bench/bench/v1
                name: two cars
                ecus:
                  - {id: tcu, kind: primary}
                vehicles:
                  - vin: WUB00000000000002
                    serials: {tcu: TCU-0002}
                """);
        try (ServeProcess server = ServeProcess.start(state(), "-b", bench.toString())) {
            JsonNode second = server.ready().path("vehicles").path(1);
            Path file = Files.writeString(folder.resolve("image.bin"), "x");
            assertThat(Told.by("release", file.toString(), "--to", "TCU-0002", "--as", "a.bin", "--state",
                    state().toString(), "-b", bench.toString()).out()).contains("WUB00000000000002");

            assertThat(json(second.path("director").stringValue() + "/targets.json").path("signed").path("targets")
                    .has("a.bin")).isTrue();
            JsonNode first = json(server.url("director") + "/targets.json").path("signed");
            assertThat(first.path("targets").isEmpty()).isTrue();
            assertThat(first.path("custom").path("vehicleIdentifier").stringValue()).isEqualTo("WUB00000000000001");
            assertThat(Path.of(second.path("provisioning").stringValue()).resolve("provision.json")).content()
                    .contains("TCU-0002");
        }
    }

    @Test
    @Tag("U-5.2.6-3")
    void anImageThatTheMapWantsListedTwiceIsOrderedOnceItIs() throws Exception {
        Path bench = Files.writeString(folder.resolve("b.yaml"), """
                schema: uptane-bench/bench/v1
                name: a car with a map
                ecus:
                  - {id: tcu, kind: primary}
                repositories: [supplier]
                map:
                  - {paths: ["*"], repositories: [director, image, supplier]}
                serve:
                  keys: {supplier/targets: {keys: 3, threshold: 2}}
                """);
        Path file = Files.writeString(folder.resolve("image.bin"), "x");
        try (ServeProcess server = ServeProcess.start(state(), "-b", bench.toString());
                ProvisionedVehicle vehicle = ProvisionedVehicle.of(Path.of(server.url("provisioning")))) {
            for (String repository : List.of("image", "supplier")) {
                Told released = Told.by("release", file.toString(), "--to", "TCU-0001", "--as", "a.bin", "--in",
                        repository, "--state", state().toString(), "-b", bench.toString());
                assertThat(released.exit()).as(released.err()).isZero();
                assertThat(released.out()).contains(repository.equals("image") ? "\"listed\"" : "\"ordered\"");
            }
            assertThat(vehicle.installed(vehicle.orders().getFirst()).toUtf8()).isEqualTo("x");
            assertThat(server.ready().path("imageRepositories").path("supplier").stringValue())
                    .endsWith("/repositories/supplier");
        }
    }

    @Test
    void anImageOfASuppliersSupplierIsFoundByTheVehicle() throws Exception {
        Path bench = Files.writeString(folder.resolve("b.yaml"), """
                schema: uptane-bench/bench/v1
                name: a car with suppliers
                ecus:
                  - {id: tcu, kind: primary}
                serve:
                  keys: {image/foundry: {keys: 3, threshold: 2}}
                  delegations:
                    - {roles: [acme], paths: [acme/*]}
                    - {by: acme, roles: [foundry], paths: [acme/f*], terminating: true}
                """);
        Path keys = Files.createDirectory(folder.resolve("keys"));
        try (ServeProcess server = ServeProcess.start(state(), "-b", bench.toString(), "--offline-keys",
                keys.toString());
                ProvisionedVehicle vehicle = ProvisionedVehicle.of(Path.of(server.url("provisioning")))) {
            Path file = Files.writeString(folder.resolve("image.bin"), "x");
            Told released = Told.by("release", file.toString(), "--to", "TCU-0001", "--as", "acme/f1", "--by",
                    "foundry", "--state", state().toString(), "-b", bench.toString());
            assertThat(released.exit()).as(released.err()).isZero();

            assertThat(vehicle.installed(vehicle.orders().getFirst()).toUtf8()).isEqualTo("x");
            assertThat(keys.resolve("image%2Ffoundry%2F3.key")).exists();
        }
    }

    @Test
    @Tag("U-5.3.2.1-s6")
    void imagesAreEncryptedForTheirEcuAndSentAsDeltas() throws Exception {
        Path bench = Files.writeString(folder.resolve("b.yaml"), """
                schema: uptane-bench/bench/v1
                name: a car with a secret
                ecus:
                  - {id: tcu, kind: primary, encryption: wrapped, deltas: true}
                """);
        byte[] program = new byte[5000];
        try (ServeProcess server = ServeProcess.start(state(), "-b", bench.toString());
                ProvisionedVehicle vehicle = ProvisionedVehicle.of(Path.of(server.url("provisioning")))) {
            for (int version = 1; version <= 2; version++) {
                program[version] = 1;
                Path file = Files.write(folder.resolve("image.bin"), program);
                Told released = Told.by("release", file.toString(), "--to", "TCU-0001", "--as", version + ".bin",
                        "--state", state().toString(), "-b", bench.toString());
                assertThat(released.exit()).as(released.err()).isZero();

                Ordered order = vehicle.orders().getFirst();
                assertThat(order.encrypted()).isNotNull();
                assertThat(order.delta() != null).isEqualTo(version == 2);
                assertThat(vehicle.installed(order).toArray()).isEqualTo(program);
                assertThat(vehicle.report(null)).isEqualTo(200);
            }
            assertThat(server.end()).isZero();
        }
    }

    @Test
    void vehiclesAreRegisteredWhileItRunsAndKnownAfterARestart() throws Exception {
        Path vehicles = Files.writeString(folder.resolve("vehicles.json"), """
                {"vehicles":[{"vin":"WUB00000000000009","primary_ecu_serial":"T-9",
                  "ecus":[{"ecu_serial":"T-9","hardware_identifier":"hw"}]}]}""");
        try (ServeProcess server = ServeProcess.start(state())) {
            assertThat(server.ready().has("pid")).isTrue();
            assertThat(Told.by("release", "--register", vehicles.toString(), "--state", state().toString()).exit())
                    .isZero();
            assertThat(Told.by("release", "--register", vehicles.toString(), "--state", state().toString()).exit())
                    .isEqualTo(4);
        }
        try (ServeProcess server = ServeProcess.start(state())) {
            Told provisioned = Told.by("release", "--provision", "WUB00000000000009", "--state", state().toString());
            assertThat(provisioned.exit()).as(provisioned.err()).isZero();
            assertThat(state().resolve("provisioning/WUB00000000000009/provision.json")).content()
                    .contains("ecu%2FT-9.key");
            assertThat(json(server.url("director").replace("WUB00000000000001", "WUB00000000000009")
                    + "/targets.json").path("signed").path("version").intValue()).isEqualTo(1);
        }
        assertThat(Told.by("release", "--register", "x", "--provision", "y").exit()).isEqualTo(4);
    }

    @Test
    void whatCannotStandTogetherIsNotOrderedAndSaid() throws Exception {
        try (ServeProcess server = ServeProcess.start(state())) {
            Path file = Files.writeString(folder.resolve("image.bin"), "x");
            Told refused = Told.by("release", file.toString(), "--to", SERIAL, "--as", "a.bin", "--requires",
                    "door, 2.bin", "--state", state().toString());
            assertThat(refused.exit()).isEqualTo(4);
            assertThat(refused.err()).contains("a.bin requires door, 2.bin");
            assertThat(json(server.url("director") + "/targets.json").path("signed").path("targets").isEmpty())
                    .isTrue();

            Told ordered = Told.by("release", file.toString(), "--to", SERIAL, "--as", "b.bin", "--conflicts", "x",
                    "--state", state().toString());
            assertThat(ordered.exit()).as(ordered.err()).isZero();
            assertThat(JsonMapper.builder().build().readTree(ordered.out()).path("order").path("correlationId"))
                    .isEqualTo(json(server.url("director") + "/targets.json").path("signed").path("custom")
                            .path("correlationId"));
            assertThat(release("y", "c.bin").out()).contains("\"state\":\"waiting\"");
            Told withdrawn = Told.by("release", "--withdraw", "WUB00000000000001", "--state", state().toString());
            assertThat(withdrawn.out()).as(withdrawn.err()).contains("\"BRAKE-0001\":\"b.bin\"");
            assertThat(json(server.url("director") + "/targets.json").path("signed").path("targets").propertyNames())
                    .containsExactly("c.bin");
        }
    }

    @Test
    void oneStateHasOneServer() throws Exception {
        try (ServeProcess server = ServeProcess.start(state())) {
            Told second = Told.by("serve", "--state", state().toString());

            assertThat(second.exit()).isEqualTo(3);
            assertThat(second.err()).contains("another process uses the state");
            assertThat(refreshable(server)).isTrue();
        }
    }

    private boolean refreshable(ServeProcess server) {
        trust(server);
        return refresh(server).exit() == 0;
    }

    @Test
    void whatCannotBeReleasedIsSaid() throws Exception {
        assertThat(release("x", "a.bin").exit()).isEqualTo(3);
        try (ServeProcess server = ServeProcess.start(state())) {
            Path file = Files.writeString(folder.resolve("image.bin"), "x");
            assertThat(server.ready().has("gateway")).isTrue();
            Told unknown = Told.by("release", file.toString(), "--to", "NOBODY", "--as", "a", "--state",
                    state().toString());
            assertThat(unknown.exit()).isEqualTo(4);
            assertThat(unknown.err()).contains("NOBODY");
            assertThat(Told.by("release", folder.resolve("absent").toString(), "--to", SERIAL, "--as", "a", "--state",
                    state().toString()).exit()).isEqualTo(4);
            assertThat(Told.by("release", file.toString(), "--to", SERIAL, "--as", "a", "--version", "5", "--state",
                    state().toString()).out()).contains("\"releaseCounter\":5");
            Told falling = Told.by("release", file.toString(), "--to", SERIAL, "--as", "b", "--version", "4",
                    "--state", state().toString());
            assertThat(falling.exit()).isEqualTo(4);
            assertThat(falling.err()).contains("5");
        }
    }
}
