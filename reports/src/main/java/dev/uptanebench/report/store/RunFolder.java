package dev.uptanebench.report.store;

import dev.uptanebench.attack.run.Evidence;
import dev.uptanebench.attack.run.Repeats;
import dev.uptanebench.attack.run.TrialResult;
import dev.uptanebench.attack.run.TrialSink;
import dev.uptanebench.vehicle.can.capture.CaptureFormat;
import dev.uptanebench.vehicle.can.capture.CaptureSink;
import dev.uptanebench.vehicle.history.BrokenHistory;
import dev.uptanebench.vehicle.history.History;
import dev.uptanebench.vehicle.history.HistoryCodec;
import dev.uptanebench.vehicle.kernel.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one run. While the run lasts, {@code partial.jsonl} holds its header and a line for each trial that has
 * ended; {@link #finish} makes {@code run.json} of it. Every other file is first written beside its place and then moved
 * there whole. Until it is closed no other run can begin in the same folder. Safe for use from many threads.
 *
 * <p>Methods that write throw {@link UncheckedIOException}.
 */
public final class RunFolder implements TrialSink, AutoCloseable {
    private static final String PARTIAL = "partial.jsonl";
    private static final String RUN = "run.json";
    private static final String RUNNING = ".running";
    private static final Set<String> EVIDENCE = Set.of(RUN, PARTIAL, RUNNING, TrialFiles.HISTORIES, TrialFiles.TRACES);
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'")
            .withZone(ZoneOffset.UTC);

    private final Path folder;
    private final RunHeader header;
    private final Occupied occupied;
    private final List<TrialResult> trials = new ArrayList<>();

    private RunFolder(Path folder, RunHeader header, Occupied occupied) {
        this.folder = folder;
        this.header = header;
        this.occupied = occupied;
    }

    /**
     * Begins a run in the folder a user named. It may be missing, empty, or hold an earlier run, whose results go.
     *
     * @throws IOException if it holds something else, another run is going on there, or it cannot be written
     */
    public static RunFolder at(Path folder, RunHeader header) throws IOException {
        Files.createDirectories(folder);
        if (!isEmpty(folder) && !isEarlierRun(folder)) {
            throw new IOException(folder + " is neither empty nor the folder of an earlier run");
        }
        RunFolder run = begun(folder, header);
        for (String stale : List.of(RUN, "junit.xml", "report.html")) {
            Files.deleteIfExists(folder.resolve(stale));
        }
        deleteTree(folder.resolve(TrialFiles.HISTORIES), TrialFiles.HISTORY);
        deleteTree(folder.resolve(TrialFiles.TRACES), TrialFiles.TRACE);
        return run;
    }

    /** Whether it holds what a run of this program has written, and not just a file of that name. */
    private static boolean isEarlierRun(Path folder) {
        try {
            return holdsRun(folder) && read(folder).schema().equals(RunReport.SCHEMA);
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Whether a file is, or would be, part of the evidence of some run: its {@code run.json}, a history, a trace. Nothing
     * else may be written there.
     *
     * @param runs folders that are about to hold a run, and so count as if they did
     */
    public static boolean isEvidence(Path file, List<Path> runs) throws IOException {
        Path place = real(file);
        for (Path folder = place.getParent(); folder != null; folder = folder.getParent()) {
            if (EVIDENCE.contains(folder.relativize(place).getName(0).toString())
                    && (holdsRun(folder) || isAnyOf(folder, runs))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAnyOf(Path folder, List<Path> runs) throws IOException {
        for (Path run : runs) {
            if (real(run).equals(folder)) {
                return true;
            }
        }
        return false;
    }

    /** Without links, also where the end of the path is not there yet. */
    private static Path real(Path file) throws IOException {
        Path absolute = file.toAbsolutePath().normalize();
        Path there = absolute;
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        return there.toRealPath().resolve(there.relativize(absolute)).normalize();
    }

    /**
     * Begins a run in a folder of its own beneath {@code runs}, named after its time and seed, and points {@code latest}
     * there.
     *
     * @throws IOException if it cannot be written
     */
    public static RunFolder beneath(Path runs, RunHeader header) throws IOException {
        Files.createDirectories(runs);
        RunFolder run = begun(ownFolder(runs, header), header);
        pointLatest(runs, run.folder);
        return run;
    }

    public Path folder() {
        return folder;
    }

    /** Whether a folder holds a run, whole or broken off. */
    public static boolean holdsRun(Path folder) {
        return Files.exists(folder.resolve(RUN)) || Files.exists(folder.resolve(PARTIAL));
    }

    /** Where the trial's history lies or will lie. */
    public Path historyFile(TrialResult trial) {
        return historyFile(folder, trial);
    }

    /** Begins the capture of a trial's frames. It takes its place in the folder when it is closed. */
    public CaptureSink frames(String trialId) throws IOException {
        Path file = folder.resolve(TrialFiles.frames(trialId));
        Files.createDirectories(file.toAbsolutePath().getParent());
        return MovedCapture.begin(file, CaptureFormat.PCAPNG);
    }

    @Override
    public synchronized void trialEnded(TrialResult result, @Nullable Evidence evidence) {
        try {
            if (evidence != null) {
                WholeFile.write(historyFile(result), evidence.file().toArray());
            }
            append(RunJson.line(result));
            trials.add(result);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes {@code run.json} from the trials that have ended, whether all have or the run was interrupted. */
    public synchronized RunReport finish(Instant finished, boolean interrupted, long wallMillis) {
        RunReport report = RunReport.of(header, Repeats.reconciled(trials), finished, interrupted, wallMillis);
        try {
            WholeFile.write(folder.resolve(RUN), RunJson.write(report));
            Files.deleteIfExists(folder.resolve(PARTIAL));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return report;
    }

    /** Puts another file, such as {@code report.html}, into the folder. */
    public void write(String name, byte[] bytes) {
        try {
            WholeFile.write(folder.resolve(name), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a run's report. Of a run that crashed it holds the trials that had ended, and calls it interrupted.
     *
     * @param path the run's folder or its {@code run.json}
     * @throws IOException if there is no run, or it cannot be read
     */
    public static RunReport read(Path path) throws IOException {
        Path folder = Files.isDirectory(path) ? path : path.toAbsolutePath().getParent();
        Path file = Files.isDirectory(path) ? path.resolve(RUN) : path;
        if (Files.exists(file) || folder == null || !Files.exists(folder.resolve(PARTIAL))) {
            return RunJson.read(Files.readAllBytes(file));
        }
        return crashed(Files.readString(folder.resolve(PARTIAL)));
    }

    /** The recorded history of one trial; empty if there is none or it is not what was once written. */
    public static Optional<History> history(Path folder, TrialResult trial) {
        Path file = historyFile(folder, trial);
        try {
            return Files.exists(file) ? Optional.of(HistoryCodec.decode(Files.readAllBytes(file))) : Optional.empty();
        } catch (IOException | BrokenHistory e) {
            return Optional.empty();
        }
    }

    private static RunReport crashed(String partial) throws IOException {
        List<String> lines = partial.lines().toList();
        if (lines.isEmpty()) {
            throw new IOException(PARTIAL + " is empty");
        }
        RunHeader header = RunJson.header(lines.getFirst());
        List<TrialResult> trials = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            boolean torn = i == lines.size() - 1 && !partial.endsWith("\n");
            if (!torn) {
                trials.add(RunJson.trial(lines.get(i)));
            }
        }
        long wallMillis = trials.stream().mapToLong(TrialResult::wallMillis).sum();
        return RunReport.of(header, trials, header.started().plusMillis(wallMillis), true, wallMillis);
    }

    private static RunFolder begun(Path folder, RunHeader header) throws IOException {
        RunFolder run = new RunFolder(folder, header, Occupied.by(folder.resolve(RUNNING)));
        try {
            WholeFile.write(folder.resolve(PARTIAL), RunJson.line(header));
        } catch (IOException e) {
            run.close();
            throw e;
        }
        return run;
    }

    private static Path ownFolder(Path runs, RunHeader header) throws IOException {
        for (int attempt = 0;; attempt++) {
            Path folder = runs.resolve(NAME.format(header.started()) + "-" + shortId(header, attempt));
            try {
                return Files.createDirectory(folder);
            } catch (FileAlreadyExistsException e) {
                if (attempt == 100) {
                    throw e;
                }
            }
        }
    }

    private static String shortId(RunHeader header, int attempt) {
        byte[] what = (attempt + "|" + header).getBytes(StandardCharsets.UTF_8);
        return Sha256.hex(what).substring(0, 6);
    }

    /** A file system without symbolic links only goes without {@code latest}. */
    private static void pointLatest(Path runs, Path folder) throws IOException {
        Path link = runs.resolve("latest");
        if (Files.exists(link, LinkOption.NOFOLLOW_LINKS) && !Files.isSymbolicLink(link)) {
            return;
        }
        Path beside = runs.resolve(".latest-" + folder.getFileName());
        try {
            Files.createSymbolicLink(beside, folder.getFileName());
            Files.move(beside, link, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (UnsupportedOperationException _) {
            Files.deleteIfExists(beside);
        }
    }

    private void append(byte[] line) throws IOException {
        Files.write(folder.resolve(PARTIAL), line, StandardOpenOption.APPEND);
    }

    private static Path historyFile(Path folder, TrialResult trial) {
        return folder.resolve(TrialFiles.history(trial.id()));
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.allMatch(file -> file.endsWith(RUNNING));
        }
    }

    /** Deletes the files with that ending, and the folders that are empty then: anything else is not a run's. */
    private static void deleteTree(Path root, String ending) throws IOException {
        if (!Files.isDirectory(root, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                boolean isFolder = Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS);
                if (isFolder ? isEmpty(file) : file.toString().endsWith(ending)) {
                    Files.delete(file);
                }
            }
        }
    }

    /** Lets go of the folder, finished or not. */
    @Override
    public void close() {
        occupied.close();
    }
}
