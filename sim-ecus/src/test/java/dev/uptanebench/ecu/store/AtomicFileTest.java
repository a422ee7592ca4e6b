package dev.uptanebench.ecu.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    @TempDir
    private Path folder;

    private Path place() {
        return folder.resolve("root.json");
    }

    @Test
    void itIsThereAsAWholeOnceItIsPut() throws IOException {
        Files.writeString(place(), "before");
        try (AtomicFile file = AtomicFile.begin(place())) {
            file.out().write("af".getBytes(UTF_8));
            assertThat(place()).hasContent("before");
            file.out().write("ter".getBytes(UTF_8));
            file.put();
        }

        assertThat(folder.toFile().list()).hasSize(1);
        assertThat(place()).hasContent("after");
    }

    @Test
    void whatIsClosedBeforeItWasPutIsGone() throws IOException {
        try (AtomicFile file = AtomicFile.begin(place())) {
            file.out().write(1);
        }

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void twoAtOnceDoNotMeet() throws IOException {
        try (AtomicFile first = AtomicFile.begin(place()); AtomicFile second = AtomicFile.begin(place())) {
            first.out().write("first".getBytes(UTF_8));
            second.out().write("second".getBytes(UTF_8));
            second.put();
            assertThat(place()).hasContent("second");
            first.put();
        }

        assertThat(place()).hasContent("first");
    }

    @Test
    void oneThatIsPutLeavesTheDraftsOfOthersAlone() throws IOException {
        AtomicFile first = AtomicFile.begin(place());
        first.put();
        try (AtomicFile second = AtomicFile.begin(place())) { // under the name that has become free
            second.out().write("second".getBytes(UTF_8));
            first.close();
            second.put();
        }

        assertThat(place()).hasContent("second");
    }

    @Test
    void whatAnInterruptedOneLeftBehindHindersNobody() throws IOException {
        AtomicFile.begin(place()).out().write(1); // and nobody closes it

        AtomicFile.write(place(), "after".getBytes(UTF_8));

        assertThat(place()).hasContent("after");
    }

    @Test
    void nobodyElseCanReadIt() throws IOException {
        AtomicFile.write(place(), new byte[1]);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(place()))).isEqualTo("rw-------");
    }
}
