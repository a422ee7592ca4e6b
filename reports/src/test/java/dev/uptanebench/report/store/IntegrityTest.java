package dev.uptanebench.report.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.uptanebench.attack.run.TrialResult;
import dev.uptanebench.attack.run.Verdict;
import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.history.Recorder;
import dev.uptanebench.vehicle.uptane.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IntegrityTest {
    private final TrialResult trial = Runs.trial("UPT-FRZ-001", "brake", Verdict.DEFENDED, "it held", history());

    @TempDir
    private Path folder;

    private Path file = Path.of("");

    private static Bytes history() {
        Recorder recorder = new Recorder(() -> 5);
        recorder.record(new Event.CycleStarted("A"));
        recorder.record(new Event.Booted("A", "b"));
        return Bytes.of(recorder.file());
    }

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve(TrialFiles.history(trial.id()));
        Files.createDirectories(file.getParent());
        Files.write(file, history().toArray());
    }

    private List<String> found() {
        return Integrity.contradictions(Runs.report(trial), folder);
    }

    private List<String> gaps() {
        return Integrity.gaps(Runs.report(trial), folder);
    }

    @Test
    void whatWasNotChangedAgrees() {
        assertThat(found()).isEmpty();
    }

    @Test
    void aChangedEventIsFoundInItsLine() throws IOException {
        Files.writeString(file, Files.readString(file).replace("\"at\":5,\"event\":{\"event\":\"Booted",
                "\"at\":6,\"event\":{\"event\":\"Booted"));

        assertThat(found()).singleElement().asString().contains(file.toString(), "line 2");
    }

    @Test
    void aHistoryThatAgreesWithItselfButNotWithTheRunIsFound() throws IOException {
        Recorder other = new Recorder(() -> 5);
        other.record(new Event.CycleStarted("B"));
        Files.write(file, other.file());

        assertThat(found()).singleElement().asString().contains("sha256");
    }

    @Test
    void aHistoryThatIsGoneIsFound() throws IOException {
        assertThat(gaps()).isEmpty();
        Files.delete(file);

        assertThat(gaps()).singleElement().asString().contains(file.toString(), "missing");
    }

    @Test
    void aHistoryThatNoTrialHasIsFound() throws IOException {
        Path stranger = Files.copy(file, file.resolveSibling("other.jsonl"));

        assertThat(gaps()).singleElement().asString().contains(stranger.toString(), "no trial");
    }

    @Test
    void anEmptiedHistoryIsFound() throws IOException {
        Files.write(file, new byte[0]);

        assertThat(found()).hasSize(1);
    }

    @Test
    void aVerdictThatDoesNotFitTheSummaryIsFound() {
        RunReport report = Runs.report(trial);
        TrialResult breached = Runs.trial("UPT-FRZ-001", "brake", Verdict.BREACHED, "it held", history());
        RunReport forged = new RunReport(report.schema(), report.tool(), report.bench(), report.profile(),
                report.reading(), report.mode(), report.catalogueSha256(), report.seed(), report.started(),
                report.finished(), report.interrupted(), report.wallMillis(), report.virtualMillis(), report.summary(),
                List.of(breached));

        assertThat(Integrity.contradictions(forged, folder)).singleElement().asString().contains("summary");
    }
}
