package dev.uptanebench.report.store;

import dev.uptanebench.attack.run.TrialResult;
import dev.uptanebench.vehicle.history.BrokenHistory;
import dev.uptanebench.vehicle.history.HistoryCodec;
import dev.uptanebench.vehicle.uptane.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether a run's folder still is what was once written. It finds what was changed, not who changed it: whoever rewrites
 * every file can make them agree again.
 */
public final class Integrity {
    private Integrity() {}

    /** What does not agree, a sentence each. Histories that are missing were perhaps never kept, and are no contradiction. */
    public static List<String> contradictions(RunReport report, Path folder) {
        List<String> found = new ArrayList<>();
        if (!report.summary().equals(RunReport.Summary.of(report.trials()))) {
            found.add("run.json: its summary does not agree with its trials");
        }
        report.trials().forEach(trial -> history(trial, folder, found));
        return found;
    }

    private static void history(TrialResult trial, Path folder, List<String> found) {
        Path file = folder.resolve(TrialFiles.history(trial.id()));
        if (trial.historySha256() == null || !Files.exists(file)) {
            return;
        }
        try {
            byte[] bytes = Files.readAllBytes(file);
            HistoryCodec.decode(bytes);
            if (!Bytes.of(bytes).sha256().equals(trial.historySha256())) {
                found.add(file + ": its sha256 is not the one that run.json names");
            }
        } catch (BrokenHistory e) {
            found.add(file + ": " + e.getMessage());
        } catch (IOException e) {
            found.add(file + ": cannot be read");
        }
    }
}
