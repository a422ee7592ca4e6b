package dev.uptanebench.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.history.History;
import dev.uptanebench.vehicle.history.HistoryCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceTest {
    private static final String TRIAL = "UPT-FRZ-001/brake/repo=director,role=timestamp";

    @TempDir
    private Path folder;

    private Path run(String name, String... more) {
        Path run = folder.resolve(name);
        List<String> arguments = new ArrayList<>(List.of("run", TRIAL, "--quiet", "-o", run.toString()));
        arguments.addAll(List.of(more));
        Told told = Told.by(arguments.toArray(String[]::new));
        assertThat(told.exit()).as(told.err()).isZero();
        return run;
    }

    private static Path history(Path run) {
        return run.resolve("history/" + TRIAL + ".jsonl");
    }

    private static Path frames(Path run) {
        return run.resolve("frames/" + TRIAL + ".pcapng");
    }

    @Test
    void aTraceHoldsEveryFrameAndChangesNoHistory() throws IOException {
        Path traced = run("traced", "--trace");
        Path plain = run("plain");
        Path log = folder.resolve("out.log");

        assertThat(history(traced)).hasSameBinaryContentAs(history(plain));
        assertThat(plain.resolve("frames")).doesNotExist();
        Told told = Told.by("capture", history(traced).toString(), "-o", log.toString());
        assertThat(told.exit()).as(told.err()).isZero();
        History history = HistoryCodec.decode(Files.readAllBytes(history(traced)));
        long carried = history.events(Event.WorldClosed.class).findFirst().orElseThrow().buses().stream()
                .mapToLong(Event.BusDigest::frames).sum();
        assertThat(Files.readAllLines(log)).hasSize((int) carried);
    }

    @Test
    void whoeverTracesABenchWithEthernetIsToldThatItsFramesAreNotKept() {
        Told told = Told.by("run", "UPT-FRZ-001/brake", "-b", System.getProperty("bench.home")
                + "/bench-config/benches/ethernet.yaml", "--trace", "-o", folder.resolve("run").toString());

        assertThat(told.err()).contains("this bench has Ethernet too, of which it keeps none");
    }

    @Test
    void framesThatTheHistoryHasNotSeenAreNoEvidence() throws IOException {
        Path run = run("traced", "--trace");
        byte[] frames = Files.readAllBytes(frames(run));
        int inLastPacket = frames.length - 24; // before its option of 12 and the closing length of 4: the last data
        frames[inLastPacket] ^= 1;
        Files.write(frames(run), frames);

        Told told = Told.by("capture", history(run).toString(), "-o", folder.resolve("out.log").toString());
        assertThat(told.exit()).isEqualTo(6);
        assertThat(told.err()).contains("are not those that the history has seen");
        assertThat(folder.resolve("out.log")).doesNotExist();
    }

    @Test
    void aTrialWithoutTraceHasNoFrames() {
        Path run = run("plain");

        Told told = Told.by("capture", history(run).toString(), "-o", folder.resolve("out.log").toString());
        assertThat(told.exit()).isEqualTo(4);
        assertThat(told.err()).contains("this trial's frames were not kept; run it again with --trace");
    }

    @Test
    void aRunInTheSameFolderLeavesNoFramesOfTheFormerOne() {
        run("same", "--trace");

        assertThat(run("same").resolve("frames")).doesNotExist();
    }
}
