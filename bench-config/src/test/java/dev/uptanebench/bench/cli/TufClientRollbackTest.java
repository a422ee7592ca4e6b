package dev.uptanebench.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.MetaFile;
import java.nio.file.Files;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rollback, and what recovers from a fast-forward. */
class TufClientRollbackTest extends TufClientCase {
    @Test
    void aTimestampOfEqualVersionIsDiscardedWithoutAWord() throws Exception {
        init();
        refresh();
        repository.timestamp().meta.put("snapshot.json", MetaFile.of(100));
        repository.timestamp().beginAgainAt(1);
        repository.publish("timestamp");
        Bytes before = Bytes.of(Files.readAllBytes(metadata().resolve("timestamp.json")));

        assertThat(refresh()).isZero();
        assertThat(asked()).endsWith(" timestamp");
        assertThat(metadata().resolve("timestamp.json")).hasBinaryContent(before.toArray());
    }

    @Test
    void aTimestampOfEqualVersionDoesNotEndAnUpdateThatWasInterrupted() throws Exception {
        init();
        repository.publish("targets", "snapshot", "timestamp");
        byte[] targets = repository.targets().published.removeLast();
        assertThat(refresh()).isEqualTo(1);
        repository.targets().published.add(targets);

        assertThat(refresh()).isZero();
        assertThat(trusted()).isEqualTo("root 1, snapshot 2, targets 2, timestamp 2");
    }

    @Test
    void anOlderTimestampIsRefused() throws Exception {
        init();
        repository.publish("timestamp");
        refresh();
        repository.timestamp().beginAgainAt(1);
        repository.publish("timestamp");

        assertThat(refresh()).isEqualTo(1);
        assertThat(trusted()).contains("timestamp 2");
        assertThat(asked()).endsWith(" timestamp");
    }

    @Test
    void aSnapshotThatTimestampDoesNotSpeakOfIsNotFetched() throws Exception {
        init();
        repository.publish("snapshot", "timestamp");
        refresh();
        repository.publish("snapshot");

        assertThat(refresh()).isZero();
        assertThat(trusted()).contains("snapshot 2");
        assertThat(asked()).endsWith(" timestamp");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aTimestampThatLowersSnapshotIsRefused(boolean hashes) throws Exception { // TUF 1.0.34, 5.4.3.2
        init();
        repository.hashes = hashes;
        repository.publish("snapshot", "timestamp");
        refresh();
        repository.snapshot().beginAgainAt(1);
        repository.publish("snapshot", "timestamp");

        assertThat(refresh()).isEqualTo(1);
        assertThat(trusted()).isEqualTo("root 1, snapshot 2, targets 1, timestamp 2");
        assertThat(asked()).endsWith(" timestamp");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aSnapshotThatLowersTargetsIsRefused(boolean hashes) throws Exception { // TUF 1.0.34, 5.5.5
        init();
        repository.hashes = hashes;
        everythingButRoot();
        refresh();
        repository.targets().beginAgainAt(1);
        everythingButRoot();

        assertThat(refresh()).isEqualTo(1);
        assertThat(trusted()).isEqualTo("root 1, snapshot 2, targets 2, timestamp 3");
    }

    @Test
    void aSnapshotThatDropsAFileIsRefused() throws Exception { // TUF 1.0.34, 5.5.5
        init();
        repository.delegate("targets", "A", false, "*");
        repository.publish("A", "targets", "snapshot", "timestamp");
        refresh();
        repository.snapshot().meta.remove("A.json");
        repository.publish("snapshot", "timestamp");

        assertThat(refresh()).isEqualTo(1);
        assertThat(trusted()).contains("snapshot 2");
    }

    private void publishTimes(String role, int times) {
        IntStream.range(0, times).forEach(i -> repository.publish(role));
    }

    @Test
    void newSnapshotKeysLetTargetsBeginAgain() throws Exception {
        init();
        publishTimes("targets", 99);
        repository.publish("snapshot", "timestamp");
        refresh();
        assertThat(trusted()).contains("targets 100");
        repository.snapshot().only(repository.newKey());
        repository.targets().beginAgainAt(1);
        repository.publish("root", "targets", "snapshot", "timestamp");

        assertThat(refresh()).isZero();
        assertThat(trusted()).contains("targets 1,");
    }

    @Test
    void newSnapshotAndTimestampKeysLetSnapshotBeginAgain() throws Exception {
        init();
        publishTimes("snapshot", 99);
        repository.publish("timestamp");
        refresh();
        repository.snapshot().only(repository.newKey());
        repository.timestamp().only(repository.newKey());
        repository.snapshot().beginAgainAt(1);
        repository.publish("root", "targets", "snapshot", "timestamp");

        assertThat(refresh()).isZero();
        assertThat(trusted()).contains("snapshot 1,");
    }

    @Test
    void newTimestampKeysLetTimestampBeginAgain() throws Exception {
        init();
        publishTimes("timestamp", 99);
        refresh();
        repository.timestamp().only(repository.newKey());
        repository.timestamp().beginAgainAt(1);
        repository.publish("root", "targets", "snapshot", "timestamp");

        assertThat(refresh()).isZero();
        assertThat(trusted()).endsWith("timestamp 1");
    }

    @Test
    void targetsOfKeysThatRootRevokedAreFetchedAgain() throws Exception {
        init();
        refresh();
        repository.targets().only(repository.newKey());
        repository.publish("root");

        assertThat(refresh()).isEqualTo(1); // nothing new stands there, and what is there the old key signed
        everythingButRoot();
        assertThat(refresh()).isZero();
    }
}
