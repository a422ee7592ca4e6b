package dev.uptanebench.report.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.uptanebench.attack.run.Evidence;
import dev.uptanebench.attack.run.TrialResult;
import dev.uptanebench.attack.run.Verdict;
import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.history.History;
import dev.uptanebench.vehicle.history.HistoryCodec;
import dev.uptanebench.vehicle.history.Recorder;
import dev.uptanebench.vehicle.uptane.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
    private static final TrialResult FIRST = Runs.trial("UPT-FRZ-001", "brake", Verdict.DEFENDED, "it held");
    private static final TrialResult SECOND = Runs.trial("UPT-RBK-001", "door", Verdict.BREACHED, "it did not");

    @TempDir
    private Path folder;

    @Test
    void aFinishedRunIsReadBackAsItWas() throws IOException {
        RunFolder run = RunFolder.at(folder.resolve("out"), Runs.header());
        run.trialEnded(SECOND, null);
        run.trialEnded(FIRST, null);

        RunReport report = run.finish(Instant.parse("2026-11-23T10:00:05Z"), false, 5000);

        assertThat(RunFolder.read(run.folder())).isEqualTo(report);
        assertThat(RunFolder.read(run.folder().resolve("run.json"))).isEqualTo(report);
        assertThat(report.trials()).containsExactly(FIRST, SECOND);
        assertThat(run.folder()).isDirectoryContaining("glob:**/run.json").isDirectoryNotContaining("glob:**/partial*");
    }

    @Test
    void aHistoryIsThereAsSoonAsItsTrialHasEnded() throws IOException {
        Recorder recorder = new Recorder(() -> 7);
        recorder.record(new Event.CycleStarted("brake"));
        History history = recorder.history();
        RunFolder run = RunFolder.at(folder.resolve("out"), Runs.header());

        run.trialEnded(FIRST, new Evidence(history, Bytes.of(HistoryCodec.encode(history))));

        assertThat(run.historyFile(FIRST))
                .isEqualTo(run.folder().resolve("history/UPT-FRZ-001/brake/repo=director.jsonl")).exists();
        assertThat(RunFolder.history(run.folder(), FIRST)).contains(history);
        assertThat(RunFolder.history(run.folder(), SECOND)).isEmpty();
    }

    @Test
    void aCrashLeavesTheTrialsThatHadEnded() throws IOException {
        RunFolder run = RunFolder.at(folder.resolve("out"), Runs.header());
        run.trialEnded(FIRST, null);
        run.trialEnded(SECOND, null);
        Path partial = run.folder().resolve("partial.jsonl");
        byte[] written = Files.readAllBytes(partial);
        Files.write(partial, Arrays.copyOf(written, written.length - 30));

        RunReport report = RunFolder.read(run.folder());

        assertThat(report.interrupted()).isTrue();
        assertThat(report.trials()).containsExactly(FIRST);
    }

    @Test
    void anEarlierRunMakesRoomAndAnythingElseDoesNot() throws IOException {
        RunFolder earlier = RunFolder.at(folder.resolve("out"), Runs.header());
        earlier.trialEnded(FIRST,
                new Evidence(new History(List.of()), Bytes.of(new byte[]{1})));
        earlier.close();
        RunFolder again = RunFolder.at(folder.resolve("out"), Runs.header());
        Files.createDirectory(folder.resolve("thesis"));
        Files.writeString(folder.resolve("thesis/chapter1.txt"), "precious");

        assertThat(again.historyFile(FIRST)).doesNotExist();
        assertThatIOException().isThrownBy(() -> RunFolder.at(folder.resolve("thesis"), Runs.header()));
        assertThat(folder.resolve("thesis/chapter1.txt")).exists();
    }

    @Test
    void runsOfTheSameSecondHaveFoldersOfTheirOwnAndLatestIsTheNewest() throws IOException {
        RunFolder first = RunFolder.beneath(folder, Runs.header());
        RunFolder second = RunFolder.beneath(folder, Runs.header());

        assertThat(first.folder()).isNotEqualTo(second.folder());
        assertThat(second.folder().getFileName().toString()).matches("20261123T100000Z-[0-9a-f]{6}");
        assertThat(folder.resolve("latest").toRealPath()).isEqualTo(second.folder().toRealPath());
    }

    @Test
    void fieldsStandInTheOrderOfTheContract() {
        String json = new String(RunJson.write(Runs.report(FIRST)), StandardCharsets.UTF_8);

        assertThat(json).containsSubsequence("\"schema\" : \"uptane-bench/run/v1\"", "\"tool\"", "\"name\"",
                "\"version\"", "\"commit\"", "\"bench\"", "\"file\"", "\"sha256\"", "\"profile\"", "\"reading\"",
                "\"mode\"", "\"catalogueSha256\"", "\"seed\"", "\"started\" : \"2026-11-23T10:00:00Z\"",
                "\"finished\" : \"2026-11-23T10:00:05Z\"", "\"interrupted\"", "\"wallMillis\"", "\"virtualMillis\"",
                "\"summary\"", "\"trials\" : 1", "\"asExpected\" : 1", "\"DEFENDED\" : 1", "\"BREACHED\" : 0",
                "\"INCONCLUSIVE\"", "\"ERROR\"", "\"NOT_APPLICABLE\"", "\"trials\" : [", "\"id\"", "\"scenario\"",
                "\"scenarioSha256\"", "\"attacks\"", "\"target\"", "\"targetSha256\"", "\"kind\"", "\"parameters\"",
                "\"repeat\"", "\"seed\"", "\"verdict\"", "\"expected\"", "\"asExpected\" : true",
                "\"invariant\" : null", "\"defendedBy\"", "\"prevented\"", "\"detected\"", "\"expectedDetected\"",
                "\"recovered\"", "\"expectedRecovered\"", "\"requirements\"", "\"decidedBy\"", "\"reason\"",
                "\"historySha256\"", "\"virtualMillis\"", "\"wallMillis\"", "\"reproduce\"");
    }

    @Test
    void whatIsNoRunIsToldSo() {
        assertThatIOException().isThrownBy(() -> RunJson.read("{}".getBytes(StandardCharsets.UTF_8)));
        assertThatIOException().isThrownBy(() -> RunJson.read("[1".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void twoRunsCannotGoOnInOneFolder() throws IOException {
        try (RunFolder first = RunFolder.at(folder.resolve("out"), Runs.header())) {
            first.trialEnded(FIRST, null);
            assertThatIOException().isThrownBy(() -> RunFolder.at(folder.resolve("out"), Runs.header()))
                    .withMessageStartingWith("another run is going on in ");
            assertThat(RunFolder.read(first.folder()).trials()).containsExactly(FIRST);
        }
        RunFolder.at(folder.resolve("out"), Runs.header()).close();
    }

    @Test
    void nothingIsDeletedThatNoRunHasWritten() throws IOException {
        Path foreign = folder.resolve("foreign");
        Files.createDirectories(foreign.resolve("history"));
        Files.writeString(foreign.resolve("run.json"), "{}");
        Files.writeString(foreign.resolve("history/mine.txt"), "mine");
        assertThatIOException().isThrownBy(() -> RunFolder.at(foreign, Runs.header()))
                .withMessageContaining("neither empty nor the folder of an earlier run");
        assertThat(foreign.resolve("run.json")).hasContent("{}");

        try (RunFolder run = RunFolder.at(folder.resolve("out"), Runs.header())) {
            run.trialEnded(FIRST, null);
            run.finish(Instant.EPOCH, false, 1);
        }
        Path note = folder.resolve("out/history/UPT-FRZ-001/note.md");
        Files.createDirectories(note.getParent());
        Files.writeString(note, "a note");
        Files.writeString(note.resolveSibling("brake.jsonl"), "a history");
        RunFolder.at(folder.resolve("out"), Runs.header()).close();
        assertThat(note).hasContent("a note");
        assertThat(note.resolveSibling("brake.jsonl")).doesNotExist();
    }

    @Test
    void whatIsEvidenceOfARunIsKnownByWhereItLies() throws IOException {
        Path run = folder.resolve("out");
        RunFolder.at(run, Runs.header()).close();
        Path link = Files.createSymbolicLink(folder.resolve("link"), run);

        for (String evidence : List.of("run.json", "history/UPT-FRZ-001/brake.jsonl", "frames/a/b.pcapng",
                "x/../run.json")) {
            assertThat(RunFolder.isEvidence(run.resolve(evidence), List.of())).as(evidence).isTrue();
            assertThat(RunFolder.isEvidence(link.resolve(evidence), List.of())).as(evidence).isTrue();
            assertThat(RunFolder.isEvidence(folder.resolve("later").resolve(evidence), List.of())).as(evidence)
                    .isFalse();
            assertThat(RunFolder.isEvidence(folder.resolve("later").resolve(evidence),
                    List.of(folder.resolve("later")))).as(evidence).isTrue();
        }
        assertThat(RunFolder.isEvidence(run.resolve("junit.xml"), List.of())).isFalse();
        assertThat(RunFolder.isEvidence(run.resolve("further/run.json"), List.of())).isFalse();
    }
}
