package dev.uptanebench.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.uptanebench.attack.run.TrialResult;
import dev.uptanebench.report.store.RunFolder;
import dev.uptanebench.report.store.RunReport;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class RunVerbTest {
    private static final List<String> HANDFUL = List.of("run", "UPT-FRZ-001", "UPT-ARB-099", "UPT-ARB-011",
            "--target", "telematics,brake,door", "--quiet");

    @TempDir
    private Path folder;

    private Map<String, String> hashes(Path run) throws IOException {
        Map<String, String> hashes = new TreeMap<>();
        for (TrialResult trial : RunFolder.read(run).trials()) {
            if (trial.historySha256() != null) {
                hashes.put(trial.id(), trial.historySha256());
            }
        }
        return hashes;
    }

    private static String[] command(List<String> begun, String... more) {
        return Stream.concat(begun.stream(), Stream.of(more)).toArray(String[]::new);
    }

    private static ProcessBuilder process(List<String> arguments) {
        List<String> command = new ArrayList<>();
        if (OS.LINUX.isCurrentOs()) {
            command.addAll(List.of("env", "--default-signal=INT")); // a parent in the background may ignore it
        }
        command.addAll(List.of(ProcessHandle.current().info().command().orElse("java"), "-Dbench.home="
                + System.getProperty("bench.home"), "-cp", System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(arguments);
        return new ProcessBuilder(command);
    }

    @Test
    void oneSeedGivesTheSameHistoriesWithAnyNumberOfJobsInAnyProcess() throws Exception {
        Path one = folder.resolve("one");
        Path two = folder.resolve("two");
        Path other = folder.resolve("other");
        Told first = Told.by(command(HANDFUL, "-j", "1", "-o", one.toString()));
        Told second = Told.by(command(HANDFUL, "-j", "2", "-o", two.toString()));
        Process process = process(List.of(command(HANDFUL, "-o", other.toString())))
                .redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile()).start();

        assertThat(process.waitFor()).as(() -> read(folder.resolve("log"))).isEqualTo(first.exit()).isZero();
        assertThat(second.exit()).isZero();
        assertThat(hashes(one)).hasSizeGreaterThan(15);
        assertThat(hashes(two)).isEqualTo(hashes(one));
        assertThat(hashes(other)).isEqualTo(hashes(one));
    }

    @Test
    void anotherSeedGivesOtherHistories() throws IOException {
        Path one = folder.resolve("one");
        Path two = folder.resolve("two");
        Told.by("run", "UPT-ARB-099/brake", "--seed", "1", "-o", one.toString());
        Told.by("run", "UPT-ARB-099/brake", "--seed", "2", "-o", two.toString());

        assertThat(hashes(one).keySet()).isEqualTo(hashes(two).keySet());
        assertThat(hashes(one)).isNotEqualTo(hashes(two));
    }

    @Test
    void aRepeatIsReproducedByTheCommandItTells() throws IOException {
        Path all = folder.resolve("all");
        Told.by("run", "UPT-ARB-099/brake", "--repeat", "2", "-o", all.toString());
        TrialResult second = RunFolder.read(all).trials().getLast();
        assertThat(second.id()).endsWith("#2");

        List<String> told = List.of(second.reproduce().split(" ", -1));
        Path again = folder.resolve("again");
        Told.by(command(told.subList(1, told.size()), "-o", again.toString()));

        assertThat(hashes(again)).containsExactly(Map.entry(second.id(), String.valueOf(second.historySha256())));
    }

    @Test
    void furtherReportsAreWrittenWhereTheyAreWanted() throws IOException {
        Path run = folder.resolve("run");
        Path html = folder.resolve("further/report.html");
        Path json = folder.resolve("further/run.json");
        Path junit = folder.resolve("further/junit.xml");

        Told told = Told.by("run", "UPT-ARB-099/brake", "-o", run.toString(), "--report", "html=" + html, "--report",
                "json=" + json, "--report", "junit=" + junit);

        assertThat(told.exit()).isZero();
        assertThat(html).hasSameTextualContentAs(run.resolve("report.html"));
        assertThat(json).hasSameTextualContentAs(run.resolve("run.json"));
        assertThat(junit).hasSameTextualContentAs(run.resolve("junit.xml"));
    }

    @Test
    void aReportOnStandardOutputStandsThereAlone() throws IOException {
        Path run = folder.resolve("run");

        Told told = Told.by("run", "UPT-ARB-099/brake", "-o", run.toString(), "--report", "json=-");

        assertThat(told.exit()).isZero();
        assertThat(told.out()).isEqualTo(Files.readString(run.resolve("run.json")));
        assertThat(told.err()).contains("UPT-ARB-099/brake", "report: ");
    }

    @Test
    void aQuietRunTellsNoProgress() {
        Told told = Told.by("run", "UPT-ARB-099/brake", "-o", folder.resolve("run").toString(), "--quiet");

        assertThat(told.err()).isEmpty();
        assertThat(told.out()).contains("1 trial");
    }

    @Test
    void aRunCanBeToldAgainFromItsFolder() throws IOException {
        Path run = folder.resolve("run");
        Told told = Told.by("run", "UPT-ARB-099/brake", "-o", run.toString());

        for (String format : List.of("html", "junit", "json", "text")) {
            Path again = folder.resolve("again." + format);
            assertThat(Told.by("report", run.toString(), "--format", format, "-o", again.toString()).exit()).isZero();
            assertThat(again).isNotEmptyFile();
        }
        assertThat(folder.resolve("again.html")).hasSameTextualContentAs(run.resolve("report.html"));
        assertThat(told.out()).startsWith(Files.readString(folder.resolve("again.text")));
        assertThat(Told.by("report", run.resolve("run.json").toString()).out())
                .isEqualTo(Files.readString(folder.resolve("again.text")));
    }

    @Test
    void verboseTellsExpectedSeenAndEvidence() {
        Told told = Told.by("run", "UPT-ARB-099/brake", "-v", "-o", folder.resolve("run").toString());

        assertThat(told.out()).contains("  expected ", "  seen ", "  evidence ", "  reproduce ");
        assertThat(told.err()).startsWith("1 trial, ");
    }

    @Test
    void flashTellsWhatItTook() {
        Told told = Told.by("flash", "--target", "brake", System.getProperty("bench.home")
                + "/bench-config/firmware/brake-v2.hex");

        assertThat(told.exit()).isZero();
        assertThat(told.out()).contains("bytes at 0x08010000", "frames", "installed, and running");
    }

    @Test
    @Timeout(120)
    @EnabledOnOs(OS.LINUX)
    void anInterruptLeavesAReadableRunAndEndsWith130() throws Exception {
        Path run = folder.resolve("run");
        Process process = process(List.of("run", "-v", "--repeat", "1000", "-o", run.toString()))
                .redirectOutput(folder.resolve("out").toFile()).start();
        String begun = process.errorReader().readLine();
        assertThat(begun).contains(" trials, ");

        assertThat(new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor()).isZero();
        process.errorReader().transferTo(Writer.nullWriter());

        assertThat(process.waitFor()).isEqualTo(130);
        RunReport report = RunFolder.read(run.resolve("run.json"));
        assertThat(report.interrupted()).isTrue();
        assertThat(report.trials().size()).isLessThan(1000);
        assertThat(run.resolve("report.html")).isNotEmptyFile();
        assertThat(run.resolve("junit.xml")).isNotEmptyFile();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
