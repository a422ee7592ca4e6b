package dev.uptanebench.bench.cli;

import dev.uptanebench.attack.scenario.Scenario;
import dev.uptanebench.report.format.Stories;
import dev.uptanebench.report.store.RunReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Further reports that were asked for, each {@code FORMAT=PATH}. */
final class ReportFiles {
    private final Map<Path, ReportFormat> files = new LinkedHashMap<>();

    private ReportFiles() {}

    /** Checks all of them, so that no run is in vain. */
    static ReportFiles of(List<String> wanted) throws Invalid {
        ReportFiles reports = new ReportFiles();
        for (String one : wanted) {
            int equals = one.indexOf('=');
            if (equals < 1 || equals == one.length() - 1) {
                throw new Invalid(ExitCode.INVALID,
                        "--report takes FORMAT=PATH, such as junit=results.xml, not " + one);
            }
            Path path = Path.of(one.substring(equals + 1));
            prepare(path);
            reports.files.put(path, ReportFormat.of(one.substring(0, equals)));
        }
        return reports;
    }

    void write(RunReport report, Path folder, Stories stories, Map<String, Scenario> scenarios) {
        files.forEach((path, format) -> {
            try {
                Files.write(path, format.render(report, folder, stories, scenarios));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** Makes the file's folder where there is none. */
    static void prepare(Path file) throws Invalid {
        Path parent = file.toAbsolutePath().getParent();
        try {
            if (parent != null) {
                Files.createDirectories(parent);
            }
        } catch (IOException e) {
            throw new Invalid(ExitCode.INVALID, "no report can be kept there: " + Reasons.of(e));
        }
        if (Files.isDirectory(file) || (parent != null && !Files.isWritable(parent))) {
            throw new Invalid(ExitCode.INVALID, "no report can be kept there: " + file
                    + (Files.isDirectory(file) ? " is a folder" : " cannot be written"));
        }
    }
}
