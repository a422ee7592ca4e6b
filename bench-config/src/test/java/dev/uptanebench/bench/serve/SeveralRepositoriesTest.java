package dev.uptanebench.bench.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.uptanebench.ecu.verify.Ordered;
import dev.uptanebench.ecu.verify.Rejected;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server with a supplier's Image repository beside the first one, and a vehicle whose map asks both for some images. */
@Timeout(120)
class SeveralRepositoriesTest {
    private static final String BASIC = """
              - {id: tcu, kind: primary}
              - {id: brake, kind: full-secondary}
            """;
    private static final String TWO = BASIC + """
            repositories: [supplier]
            map:
              - {paths: [brake-*], repositories: [director, image, supplier]}
              - {paths: ["*"], repositories: [director, image]}
            """;

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

    private void start(String bench, Optional<Path> offlineKeys) throws IOException {
        server.start(server.benchOf(bench), offlineKeys);
    }

    private ProvisionedVehicle vehicle() throws IOException {
        return server.vehicle();
    }

    private ControlClient.Answer release(String image, String serial, String name, String... in) throws IOException {
        return server.release(Bytes.utf8(image), serial, name, in);
    }

    private static Bytes update(ProvisionedVehicle vehicle, String... listedBy) throws Exception {
        Ordered order = vehicle.orders().getFirst();
        assertThat(order.listedBy()).extracting(RepositoryName::id).containsExactly(listedBy);
        Bytes image = vehicle.installed(order);
        assertThat(vehicle.report(null)).isEqualTo(200);
        return image;
    }

    @Test
    @Tag("U-5.2.6-3")
    void anImageIsListedWhereTheMapOfItsNameAsksAndInstalledOnTheirWord() throws Exception {
        start(TWO, Optional.empty());
        try (ProvisionedVehicle vehicle = vehicle()) {
            assertThat(release("b1", "BRAKE-0001", "brake-1").body()).contains("\"ordered\"");
            assertThat(update(vehicle, "image", "supplier")).isEqualTo(Bytes.utf8("b1"));
            assertThat(release("t1", "TCU-0001", "tcu-1").body()).contains("\"ordered\"");
            assertThat(update(vehicle, "image")).isEqualTo(Bytes.utf8("t1"));
        }
    }

    @Test
    void whatOneOfThemAloneListsIsNotOrderedBeforeTheOtherDoes() throws Exception {
        start(TWO, Optional.empty());
        assertThat(release("b1", "BRAKE-0001", "brake-1", "supplier").body()).contains("\"listed\"");
        assertThat(release("other", "BRAKE-0001", "brake-1", "image").body()).contains("\"listed\"");
        assertThat(ControlClient.retire(server.state(), "brake-1").status()).isEqualTo(400);
        assertThat(release("b2", "BRAKE-0001", "brake-2", "image").body()).contains("\"listed\"");
        start(TWO, Optional.empty());
        assertThat(release("b2", "BRAKE-0001", "brake-2", "supplier").body()).contains("\"ordered\"");
        assertThat(release("b3", "BRAKE-0001", "brake-3", "nowhere").body()).contains("the map asks");
        try (ProvisionedVehicle vehicle = vehicle()) {
            assertThat(update(vehicle, "image", "supplier")).isEqualTo(Bytes.utf8("b2"));
        }
        assertThat(ControlClient.retire(server.state(), "brake-1").body()).contains("\"supplier/targets\"");
    }

    @Test
    void whatTheyHaveAgreedOnIsNotChangedByOneOfThemAlone() throws Exception {
        start(TWO, Optional.empty());
        assertThat(release("b1", "BRAKE-0001", "brake-1").body()).contains("\"ordered\"");

        assertThat(release("b1", "TCU-0001", "brake-1", "supplier").body()).contains("is listed by others too");
        try (ProvisionedVehicle vehicle = vehicle()) {
            assertThat(update(vehicle, "image", "supplier")).isEqualTo(Bytes.utf8("b1"));
        }
        assertThat(release("b1", "TCU-0001", "brake-1").body()).contains("\"ordered\"");
    }

    private HttpResponse<String> fetched(String repository, String path) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            String url = server.urls().repository(new RepositoryName(repository)) + "/targets/" + path;
            return client.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void whereTwoListOneNameDifferentlyEachServesItsOwn() throws Exception {
        start(TWO, Optional.empty());
        release("of supplier", "BRAKE-0001", "brake-1", "supplier");
        release("of image", "BRAKE-0001", "brake-1", "image");
        String underHash = Bytes.utf8("of supplier").sha256() + ".brake-1";

        for (int i = 0; i < 2; i++) {
            assertThat(fetched("image", "brake-1").body()).isEqualTo("of image");
            assertThat(fetched("supplier", "brake-1").body()).isEqualTo("of supplier");
            assertThat(fetched("supplier", underHash).body()).isEqualTo("of supplier");
            assertThat(fetched("image", underHash).statusCode()).isEqualTo(404);
            start(TWO, Optional.empty());
        }
    }

    @Test
    void eachHasKeysOfItsOwnWhichCanBeAwayAndReplaced() throws Exception {
        Path stick = Files.createDirectory(folder.resolve("stick"));
        start(TWO, Optional.of(stick));
        assertThat(ControlClient.rotate(server.state(), List.of("supplier/root", "supplier/targets"), "").status())
                .isEqualTo(200);
        Files.move(stick.resolve("supplier%2Ftargets%2F2.key"), folder.resolve("key"));

        assertThat(release("b1", "BRAKE-0001", "brake-1").body()).contains("supplier/targets");
        assertThat(release("b1", "BRAKE-0001", "brake-1", "image").body()).contains("\"listed\"");
        Files.move(folder.resolve("key"), stick.resolve("supplier%2Ftargets%2F2.key"));
        assertThat(release("b1", "BRAKE-0001", "brake-1", "supplier").body()).contains("\"ordered\"");
        try (ProvisionedVehicle vehicle = vehicle()) {
            assertThat(update(vehicle, "image", "supplier")).isEqualTo(Bytes.utf8("b1"));
        }
    }

    @Test
    void oneThatIsAddedToTheBenchFileBeginsAtTheNextStart() throws Exception {
        start(BASIC, Optional.empty());
        release("b0", "BRAKE-0001", "old-brake");
        try (ProvisionedVehicle vehicle = vehicle()) {
            update(vehicle, "image");
            start(TWO, Optional.empty());
        }
        assertThat(release("b1", "BRAKE-0001", "brake-1").body()).contains("\"ordered\"");
        try (ProvisionedVehicle vehicle = vehicle()) {
            assertThat(update(vehicle, "image", "supplier")).isEqualTo(Bytes.utf8("b1"));
        }
        start(BASIC, Optional.empty());
        assertThat(release("b2", "BRAKE-0001", "brake-2").body()).contains("\"ordered\"");
    }

    @Test
    void whatWaitsStillWaitsWhenTheMapComesToAskMoreRepositoriesForIt() throws Exception {
        start(BASIC, Optional.empty());
        release("b1", "BRAKE-0001", "brake-1");
        assertThat(release("b2", "BRAKE-0001", "brake-2").body()).contains("\"waiting\"");
        assertThat(release("t1", "TCU-0001", "tcu-1").body()).contains("\"waiting\"");
        try (ProvisionedVehicle vehicle = vehicle()) {
            start(TWO, Optional.empty());
            assertThat(update(vehicle, "image")).isEqualTo(Bytes.utf8("b1"));
            assertThat(vehicle.orders()).extracting(Ordered::filename).containsExactly("tcu-1");
            update(vehicle, "image");

            start(BASIC, Optional.empty());
            assertThat(vehicle.orders()).extracting(Ordered::filename).containsExactly("brake-2");
        }
    }

    @Test
    void aVehicleBelievesNoneOfThemAlone() throws Exception {
        start(TWO, Optional.empty());
        release("b1", "BRAKE-0001", "brake-1");
        try (ProvisionedVehicle vehicle = vehicle()) {
            Path targets = folder.resolve("s/publications").resolve(
                    Files.readString(folder.resolve("s/publications/current"))).resolve("supplier");
            for (String name : List.of("targets.json", "2.targets.json")) {
                Files.writeString(targets.resolve(name),
                        Files.readString(targets.resolve(name)).replace("\"length\":2", "\"length\":3"));
            }
            start(TWO, Optional.empty());

            assertThatThrownBy(vehicle::orders).isInstanceOf(Rejected.class);
        }
    }
}
