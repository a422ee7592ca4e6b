package dev.uptanebench.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.uptanebench.attack.run.TrialResult;
import dev.uptanebench.attack.run.Verdict;
import dev.uptanebench.attack.scenario.Expected;
import dev.uptanebench.report.store.RunFolder;
import dev.uptanebench.report.store.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Versions and readings of the Standard, as a bench file selects them. */
class ProfileTest {
    @TempDir
    private Path folder;

    private RunReport run(String options, int exit, String... arguments) throws IOException {
        Path bench = Files.writeString(folder.resolve("bench.yaml"), """
                schema: uptane-bench/bench/v1
                name: a small car
                %s
                ecus:
                  - {id: telematics, kind: primary}
                  - {id: brake, kind: full-secondary}
                """.formatted(options));
        Path out = folder.resolve("run");
        String[] all = Stream.concat(Stream.of("run", "-b", bench.toString(), "--quiet", "-o", out.toString()),
                Stream.of(arguments)).toArray(String[]::new);
        Told told = Told.by(all);
        assertThat(told.exit()).as(told.toString()).isEqualTo(exit);
        return RunFolder.read(out);
    }

    private static TrialResult only(RunReport report) {
        assertThat(report.trials()).hasSize(1);
        return report.trials().getFirst();
    }

    @Test
    void whatAnOldVersionDoesNotAskForIsLeftOpenAndNotDone() throws IOException {
        RunReport report = run("profile: uptane-1.0", 0, "UPT-SLW-001", "--target", "telematics");

        assertThat(report.profile()).isEqualTo("uptane-1.0");
        assertThat(only(report).verdict()).isEqualTo(Verdict.BREACHED);
        assertThat(only(report).expected()).isEqualTo(Expected.EITHER);
        assertThat(only(report).asExpected()).isTrue();
    }

    @Test
    void whatTheStandardRecommendsIsExpectedOnlyOnDemand() throws IOException {
        TrialResult open = only(run("reading: literal", 0, "UPT-ARB-003/telematics/repo=director"));
        TrialResult asked = only(
                run("reading: literal", 0, "UPT-ARB-003/telematics/repo=director", "--fail-on", "should"));

        assertThat(open.expected()).isEqualTo(Expected.EITHER);
        assertThat(asked.expected()).isEqualTo(Expected.DEFENDED);
        assertThat(asked.reproduce()).contains("--fail-on should");
    }

    @Test
    void aVersionThatAllowsTheLongWayTakesIt() throws IOException {
        RunReport old = run("profile: uptane-1.0", 0, "UPT-ARB-001", "--target", "brake");

        assertThat(only(old).verdict()).isEqualTo(Verdict.DEFENDED);
    }
}
