package dev.uptanebench.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.uptanebench.vehicle.uptane.MetaFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not there or is not what it was said to be, on the server and in the folder. */
class TufClientHostileTest extends TufClientCase {
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"snapshot | 2.snapshot | root 1, snapshot 1, targets 1, timestamp 2",
            "targets | 2.targets | root 1, snapshot 2, targets 1, timestamp 2",
            "timestamp | timestamp | root 1, snapshot 1, targets 1, timestamp 1"})
    void aFileThatIsNotThereEndsTheUpdate(String role, String last, String kept) throws Exception {
        init();
        refresh();
        everythingButRoot();
        if (role.equals("timestamp")) {
            repository.timestamp().published.clear();
        } else {
            repository.role(role).published.removeLast();
        }

        assertThat(refresh()).isEqualTo(1);
        assertThat(asked()).endsWith(' ' + last);
        assertThat(trusted()).isEqualTo(kept);
    }

    @Test
    void hashesOfMetadataHold() throws Exception {
        init();
        repository.hashes = true;
        everythingButRoot();
        assertThat(refresh()).isZero();
        repository.publish("targets");
        repository.snapshot().meta.put("targets.json",
                new MetaFile(3, null, new TreeMap<>(Map.of("sha256", "46".repeat(32)))));
        repository.publish("snapshot", "timestamp");

        assertThat(refresh()).isEqualTo(1);
        assertThat(trusted()).isEqualTo("root 1, snapshot 3, targets 2, timestamp 3");
    }

    @ParameterizedTest
    @CsvSource({"timestamp, 20000", "snapshot, 2200000", "root, 600000"})
    void endlessMetadataIsRefused(String role, int bytes) throws Exception {
        init();
        repository.publish("root", "targets", "snapshot", "timestamp");
        repository.serveInstead(role,
                new String(repository.file(role), StandardCharsets.UTF_8) + " ".repeat(bytes));

        assertThat(refresh()).isEqualTo(1);
        assertThat(trusted()).doesNotContain(role + " 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"timestamp", "snapshot", "targets"})
    void aBrokenFileInTheFolderIsFetchedAgain(String role) throws Exception {
        init();
        refresh();
        Files.writeString(metadata().resolve(role + ".json"), "{\"signatures\":");

        assertThat(refresh()).isZero();
        assertThat(metadata().resolve(role + ".json")).hasBinaryContent(repository.file(role));
    }

    @ParameterizedTest
    @ValueSource(strings = {"timestamp", "snapshot", "targets"})
    void aForgedFileInTheFolderIsNotBelieved(String role) throws Exception {
        init();
        refresh();
        String file = new String(repository.file(role), StandardCharsets.UTF_8);
        Files.writeString(metadata().resolve(role + ".json"), file.replaceFirst("\"version\":1}$", "\"version\":9}"));

        assertThat(refresh()).isZero();
        assertThat(metadata().resolve(role + ".json")).hasBinaryContent(repository.file(role));
    }

    @Test
    void aBrokenRootInTheFolderIsRefused() throws Exception {
        init();
        Files.writeString(metadata().resolve("root.json"), "{");

        assertThat(refresh()).isEqualTo(1);
        assertThat(asked()).isEmpty();
    }
}
