package dev.uptanebench.report.store;

import dev.uptanebench.attack.run.TrialResult;
import dev.uptanebench.vehicle.history.BrokenHistory;
import dev.uptanebench.vehicle.history.HistoryCodec;
import dev.uptanebench.vehicle.uptane.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whether a run's folder still is what was once written. It finds what was changed, not who changed it: whoever rewrites
 * every file can make them agree again.
 */
public final class Integrity {
    private Integrity() {}

    /** What does not agree, a sentence each, of what is there. */
    public static List<String> contradictions(RunReport report, Path folder) {
        List<String> found = new ArrayList<>();
        if (!report.summary().equals(RunReport.Summary.of(report.trials()))) {
            found.add("run.json: its summary does not agree with its trials");
        }
        for (TrialResult trial : report.trials()) {
            Path file = folder.resolve(TrialFiles.history(trial.id()));
            if (trial.historySha256() != null && Files.exists(file)) {
                history(file, trial.historySha256(), found);
            }
        }
        return found;
    }

    /**
     * What is missing from a run's folder, or is too much there: each history that run.json names has to be there, and no
     * other. Whoever takes one away hides more than one who changes it.
     */
    public static List<String> gaps(RunReport report, Path folder) {
        List<String> found = new ArrayList<>();
        Set<Path> named = new HashSet<>();
        for (TrialResult trial : report.trials()) {
            Path file = folder.resolve(TrialFiles.history(trial.id()));
            if (trial.historySha256() != null) {
                named.add(file);
                if (!Files.exists(file)) {
                    found.add(file + ": is missing");
                }
            }
        }
        strangers(folder.resolve("history"), named, found);
        return found;
    }

    private static void strangers(Path histories, Set<Path> named, List<String> found) {
        if (!Files.isDirectory(histories)) {
            return;
        }
        try (Stream<Path> files = Files.walk(histories)) {
            files.filter(file -> !Files.isDirectory(file) && !named.contains(file)).sorted()
                    .forEach(file -> found.add(file + ": no trial of run.json has this history"));
        } catch (IOException | UncheckedIOException e) {
            found.add(histories + ": cannot be read");
        }
    }

    private static void history(Path file, String sha256, List<String> found) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            HistoryCodec.decode(bytes);
            if (!Bytes.of(bytes).sha256().equals(sha256)) {
                found.add(file + ": its sha256 is not the one that run.json names");
            }
        } catch (BrokenHistory e) {
            found.add(file + ": " + e.getMessage());
        } catch (IOException e) {
            found.add(file + ": cannot be read");
        }
    }
}
