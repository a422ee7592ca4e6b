package dev.uptanebench.bench.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.uptanebench.bench.config.BenchConfig;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A state and an inventory belong together: vehicles are not led back to versions or Roots from before. */
@Timeout(120)
class StateAndInventoryTest {
    @TempDir
    private Path folder;
    private final BenchConfig config = RunningServer.bench("default.yaml");
    private Optional<Serving> serving = Optional.empty();

    @AfterEach
    void close() {
        serving.ifPresent(Serving::close);
        serving = Optional.empty();
    }

    private String elsewhere() {
        return "jdbc:sqlite:" + folder.resolve("inventory.sqlite");
    }

    private void start(String state, Optional<String> inventory, int port, int tlsPort) throws IOException {
        close();
        serving = Optional.of(Serving.start(config, new ServeSettings(folder.resolve(state), "127.0.0.1", port, tlsPort,
                inventory, Optional.empty())));
    }

    private void start(String state, Optional<String> inventory) throws IOException {
        start(state, inventory, 0, 0);
    }

    private void remove(String name) throws IOException {
        close();
        Files.move(folder.resolve("s").resolve(name), folder.resolve("gone"));
    }

    @Test
    void anInventoryBelongsToOneServer() throws IOException {
        start("s", Optional.of(elsewhere()));
        start("s", Optional.of(elsewhere()));

        assertThatThrownBy(() -> start("t", Optional.of(elsewhere()))).isInstanceOf(IOException.class)
                .hasMessageContaining("the inventory belongs to another server");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("inventory.sqlite"))))
                .isEqualTo("rw-------");
    }

    @Test
    void aStateIsNotServedWithAnInventoryThatKnowsNothingOfIt() throws IOException {
        start("s", Optional.of(elsewhere()));

        assertThatThrownBy(() -> start("s", Optional.empty())).isInstanceOf(IOException.class)
                .hasMessageContaining("the inventory is empty");
        start("s", Optional.of(elsewhere()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"publications", "publications/current", "inventory.sqlite"})
    void aStateThatLostSomethingIsNotTakenForANewOne(String lost) throws IOException {
        start("s", Optional.empty());
        remove(lost);

        assertThatThrownBy(() -> start("s", Optional.empty())).isInstanceOf(IOException.class)
                .hasMessageContaining(folder.resolve("s").toString());
    }

    @Test
    void aStartThatFailsLeavesThePortsAsTheyWere() throws IOException {
        start("s", Optional.empty());
        String before = Files.readString(folder.resolve("s/http.port"));
        close();
        try (ServerSocket taken = new ServerSocket(0)) {
            assertThatThrownBy(() -> start("s", Optional.empty(), 0, taken.getLocalPort()))
                    .isInstanceOf(IOException.class);
        }
        assertThat(folder.resolve("s/http.port")).hasContent(before);
    }
}
