package dev.uptanebench.bench.cli;

import dev.uptanebench.report.store.TrialFiles;
import dev.uptanebench.vehicle.can.capture.CaptureFormat;
import dev.uptanebench.vehicle.can.capture.CaptureSource;
import dev.uptanebench.vehicle.can.capture.MergedCaptures;
import dev.uptanebench.vehicle.can.capture.WitnessedFrames;
import dev.uptanebench.vehicle.history.BrokenHistory;
import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.history.History;
import dev.uptanebench.vehicle.history.HistoryCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The captures that a user named, as one. */
final class CaptureInputs {
    private CaptureInputs() {}

    static CaptureSource open(List<Path> files) throws IOException, Invalid {
        List<CaptureSource> sources = new ArrayList<>();
        MergedCaptures all = null;
        try {
            for (Path file : files) {
                sources.add(source(file));
            }
            all = new MergedCaptures(sources);
            return all;
        } finally {
            if (all == null) {
                new MergedCaptures(sources).close();
            }
        }
    }

    private static CaptureSource source(Path file) throws IOException, Invalid {
        if (Files.isDirectory(file)) {
            throw new Invalid(ExitCode.INVALID, file + ": a capture was expected, not a folder");
        }
        return file.toString().endsWith(".jsonl") ? trial(file) : capture(file);
    }

    private static CaptureSource capture(Path file) throws IOException {
        return CaptureFormat.read(file.toString(), Files.newInputStream(file));
    }

    /** What the history does not vouch for is no trial's frame. */
    private static CaptureSource trial(Path file) throws IOException, Invalid {
        History history;
        try {
            history = HistoryCodec.decode(Files.readAllBytes(file));
        } catch (BrokenHistory e) {
            throw new Invalid(ExitCode.EVIDENCE_BROKEN, file + ": " + e.getMessage());
        }
        Path frames = TrialFiles.framesBeside(file).orElse(null);
        if (frames == null || !Files.exists(frames)) {
            throw new Invalid(ExitCode.INVALID, file + ": this trial's frames were not kept; "
                    + "run it again with --trace");
        }
        Event.WorldOpened opened = history.events(Event.WorldOpened.class).findFirst().orElse(null);
        Event.WorldClosed closed = history.events(Event.WorldClosed.class).findFirst().orElse(null);
        if (opened == null || closed == null) {
            throw new Invalid(ExitCode.INVALID, file + ": this trial did not end, so nothing vouches for its frames; "
                    + Home.shown(frames) + " has what was kept");
        }
        return new WitnessedFrames(Home.shown(frames).toString(), Files.newInputStream(frames), opened.start(),
                closed.buses());
    }
}
