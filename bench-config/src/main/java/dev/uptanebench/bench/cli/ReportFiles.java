package dev.uptanebench.bench.cli;

import dev.uptanebench.attack.scenario.Scenario;
import dev.uptanebench.bench.state.Reasons;
import dev.uptanebench.report.format.Stories;
import dev.uptanebench.report.store.RunFolder;
import dev.uptanebench.report.store.RunReport;
import dev.uptanebench.report.store.WholeFile;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Further reports that were asked for, each {@code FORMAT=PATH}; at most one for standard output, {@code -}. */
final class ReportFiles {
    private static final String STANDARD_OUTPUT = "-";

    private final Map<Path, ReportFormat> files = new LinkedHashMap<>();
    private Optional<ReportFormat> output = Optional.empty();

    private ReportFiles() {}

    /** Reads what was asked for. */
    static ReportFiles of(List<String> wanted) throws Invalid {
        ReportFiles reports = new ReportFiles();
        for (String one : wanted) {
            int equals = one.indexOf('=');
            if (equals < 1 || equals == one.length() - 1) {
                throw new Invalid(ExitCode.INVALID,
                        "--report takes FORMAT=PATH, such as junit=results.xml, not " + one);
            }
            reports.add(ReportFormat.of(one.substring(0, equals)), one.substring(equals + 1));
        }
        return reports;
    }

    private void add(ReportFormat format, String place) throws Invalid {
        if (place.equals(STANDARD_OUTPUT)) {
            if (output.isPresent()) {
                throw new Invalid(ExitCode.INVALID, "only one report can go to standard output");
            }
            output = Optional.of(format);
            return;
        }
        Path path = Path.of(place);
        if (files.put(path, format) != null) {
            throw new Invalid(ExitCode.INVALID, "two reports cannot be one file: " + path);
        }
    }

    /**
     * Checks the places of all of them, so that no run is in vain.
     *
     * @param run the folder that the run is to be kept in, if somebody named one
     */
    void prepare(Optional<Path> run) throws Invalid {
        for (Path file : files.keySet()) {
            prepare(file, run.stream().toList());
        }
    }

    /** Where a run tells what it tells anyway, so that a report on standard output stands there alone. */
    PrintStream beside() {
        return output.isPresent() ? System.err : System.out;
    }

    void write(RunReport report, Path folder, Stories stories, Map<String, Scenario> scenarios) {
        files.forEach((path, format) -> {
            try {
                WholeFile.write(path, format.render(report, folder, stories, scenarios));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        output.ifPresent(format -> {
            System.out.writeBytes(format.render(report, folder, stories, scenarios));
            System.out.flush();
        });
    }

    /**
     * Makes the file's folder where there is none, and finds out by trying whether the file can be written.
     *
     * @param runs folders that are about to hold a run
     */
    static void prepare(Path file, List<Path> runs) throws Invalid {
        if (Files.isDirectory(file)) {
            throw new Invalid(ExitCode.INVALID, "nothing can be written there: " + file + " is a folder");
        }
        try {
            if (RunFolder.isEvidence(file, runs)) {
                throw new Invalid(ExitCode.INVALID, "nothing can be written there: " + file + " is evidence of a run");
            }
            Files.createDirectories(file.toAbsolutePath().resolveSibling(""));
            boolean there = Files.exists(file, LinkOption.NOFOLLOW_LINKS);
            Path place = there ? file.toRealPath() : file;
            if (Files.isRegularFile(place) || !there) { // whoever reads a pipe would take the attempt for the end
                Files.newByteChannel(place, StandardOpenOption.WRITE, StandardOpenOption.CREATE).close();
            }
            if (!there) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new Invalid(ExitCode.INVALID, "nothing can be written there: " + Reasons.ofWriting(e));
        }
    }
}
