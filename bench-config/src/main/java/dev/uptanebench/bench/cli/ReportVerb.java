package dev.uptanebench.bench.cli;

import dev.uptanebench.bench.state.Reasons;
import dev.uptanebench.report.store.Integrity;
import dev.uptanebench.report.store.RunFolder;
import dev.uptanebench.report.store.RunReport;
import dev.uptanebench.report.store.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "report", description = "Tells a run again, from what lies in its folder.")
final class ReportVerb extends Verb {
    @Parameters(paramLabel = "RUN", description = "a run's folder or its run.json; also a name beneath reports/runs, such as latest")
    private Path run = Path.of("latest");

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "text", description = "html, junit, json or text; default: text")
    private String format = "";

    @Option(names = {"-o", "--out"}, paramLabel = "FILE", description = "where to write it; default: standard output")
    private @Nullable Path out;

    @Override
    ExitCode perform() throws Invalid {
        ReportFormat as = ReportFormat.of(format);
        Path found = Files.exists(run) ? run : Home.runs().resolve(run);
        if (!Files.exists(found)) {
            throw new Invalid(ExitCode.INVALID, "there is no run " + run);
        }
        try {
            RunReport report = RunFolder.read(found);
            Path folder = Files.isDirectory(found) ? found : found.resolveSibling("");
            List<String> contradictions = new ArrayList<>(Integrity.contradictions(report, folder));
            if (Files.isDirectory(found)) { // a run.json by itself says nothing of what else there was
                contradictions.addAll(Integrity.gaps(report, folder));
            }
            if (!contradictions.isEmpty()) {
                throw new Invalid(ExitCode.EVIDENCE_BROKEN, String.join("\n", contradictions));
            }
            byte[] rendered = as.render(report, folder);
            tell(rendered);
            return ExitCode.AS_EXPECTED;
        } catch (IOException e) {
            throw new Invalid(ExitCode.INVALID, found + ": " + Reasons.of(e));
        }
    }

    private void tell(byte[] rendered) throws Invalid {
        Path file = out;
        if (file == null) {
            System.out.writeBytes(rendered);
            System.out.flush();
            return;
        }
        ReportFiles.prepare(file, List.of());
        try {
            WholeFile.write(file, rendered);
        } catch (IOException e) {
            throw new Invalid(ExitCode.BENCH_FAILED, "the report cannot be written: " + Reasons.of(e));
        }
        System.out.println(Home.shown(file));
    }
}
