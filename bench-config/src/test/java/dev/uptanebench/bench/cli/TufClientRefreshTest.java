package dev.uptanebench.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.uptanebench.vehicle.uptane.RoleType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a refresh asks for and keeps, and the Root that it begins with. */
class TufClientRefreshTest extends TufClientCase {
    @Test
    void aRefreshAsksForEachFileOnceAndKeepsItByteForByte() throws Exception {
        repository.serveInstead("timestamp", new String(repository.file("timestamp"), StandardCharsets.UTF_8) + " \n");
        init();
        assertThat(asked()).isEmpty();

        assertThat(refresh()).isZero();
        assertThat(asked()).isEqualTo(TOP);
        for (RoleType role : RoleType.values()) {
            assertThat(metadata().resolve(role.id() + ".json")).hasBinaryContent(repository.file(role.id()));
        }
        try (Stream<Path> files = Files.list(metadata())) {
            assertThat(files).hasSize(4);
        }
    }

    @Test
    void aRefreshOfWhatIsUpToDateAsksForNoMoreThanItMust() throws Exception {
        init();
        refresh();
        repository.asked.clear();

        assertThat(refresh()).isZero();
        assertThat(asked()).isEqualTo("2.root timestamp");
    }

    @Test
    void aDownloadRefreshesFirst() throws Exception {
        init();

        assertThat(download("nothing of that name")).isEqualTo(1);
        assertThat(asked()).isEqualTo(TOP);
        assertThat(trusted()).isEqualTo("root 1, snapshot 1, targets 1, timestamp 1");
    }

    @Test
    void withoutConsistentSnapshotsNamesCarryNothingInFront() throws Exception {
        repository.consistent = false;
        repository.addImage("targets", "a/b.txt", "content");
        repository.publish("root", "targets", "snapshot", "timestamp");
        init();

        assertThat(download("a/b.txt")).isZero();
        assertThat(asked()).isEqualTo("2.root 3.root timestamp snapshot targets");
        assertThat(repository.askedForImages).containsExactly("a/b.txt");
        assertThat(images()).containsExactly("content");
    }

    @Test
    void aRootThatIsNotOneIsRefusedBeforeAnythingIsAsked() throws Exception {
        String root = new String(repository.file("root"), StandardCharsets.UTF_8);
        assertThat(init(root.replace("\"version\"", "\"x\"").getBytes(StandardCharsets.UTF_8))).isEqualTo(1);

        assertThat(refresh()).isEqualTo(1);
        assertThat(asked()).isEmpty();
    }

    @Test
    void aRootThatItsKeysDidNotSignIsRefusedBeforeAnythingIsAsked() throws Exception {
        SimulatedRole root = repository.root();
        root.signing.clear();
        root.signing.add(repository.newKey());
        root.beginAgainAt(1);
        repository.publish("root");
        assertThat(init(repository.file("root"))).isEqualTo(1);
        Files.createDirectories(metadata());
        Files.write(metadata().resolve("root.json"), repository.file("root"));

        assertThat(refresh()).isEqualTo(1);
        assertThat(asked()).isEmpty();
    }

    @Test
    void withoutAnyRootNothingIsAsked() {
        assertThat(refresh()).isEqualTo(1);
        assertThat(asked()).isEmpty();
    }
}
