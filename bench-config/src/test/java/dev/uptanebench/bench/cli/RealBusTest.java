package dev.uptanebench.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.uptanebench.attack.run.Verdict;
import dev.uptanebench.report.store.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What can be said of real buses where there is none. */
class RealBusTest {
    @TempDir
    private Path folder;

    private String bench = "";

    @BeforeEach
    void writeBench() throws IOException {
        Path file = folder.resolve("bench.yaml");
        Files.writeString(file, """
                schema: uptane-bench/bench/v1
                name: rig 7
                buses: [{id: body, interface: nosuchcan}]
                ecus:
                - {id: tcu, kind: primary}
                - {id: door, kind: partial-secondary}
                """);
        bench = file.toString();
    }

    private Told run(String... more) {
        String[] arguments = {"run", "UPT-FRZ-001/tcu/*", "-b", bench, "--quiet", "-o",
                folder.resolve("run").toString()};
        String[] all = java.util.Arrays.copyOf(arguments, arguments.length + more.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        return Told.by(all);
    }

    @Test
    void nothingIsSentBeforeTheBenchIsConfirmedByItsName() {
        Told without = run();
        Told other = run("--confirm-hardware", "rig 8");

        assertThat(without.exit()).isEqualTo(ExitCode.INVALID.code());
        assertThat(without.err().strip()).isEqualTo("this bench has a real bus (body is nosuchcan): nothing was sent; "
                + "--confirm-hardware 'rig 7' says that you mean it");
        assertThat(other.exit()).isEqualTo(ExitCode.INVALID.code());
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aMissingInterfaceIsAnErrorOfTheBenchWithEvidence() throws IOException {
        Told told = run("--confirm-hardware", "rig 7");

        assertThat(told.exit()).isEqualTo(ExitCode.BENCH_FAILED.code());
        var report = RunFolder.read(folder.resolve("run"));
        assertThat(report.mode()).isEqualTo("real");
        assertThat(report.trials()).isNotEmpty().allSatisfy(trial -> {
            assertThat(trial.verdict()).isEqualTo(Verdict.ERROR);
            assertThat(trial.reason()).isEqualTo(
                    "the bus body is lost: there is no interface nosuchcan; `ip link` lists those there are");
            assertThat(trial.historySha256()).isNotNull();
            assertThat(trial.reproduce()).endsWith("--confirm-hardware 'rig 7'");
        });
    }

    private Told flash(String... more) throws IOException {
        Path image = Files.write(folder.resolve("image.bin"), new byte[64]);
        return Told.by(Stream.concat(Stream.of("flash", image.toString(), "-b", bench, "--keys", keys()),
                Stream.of(more)).toArray(String[]::new));
    }

    private Told ecu(String... more) {
        return Told.by(Stream.concat(Stream.of("ecu", "-b", bench, "--keys", keys()), Stream.of(more))
                .toArray(String[]::new));
    }

    private String keys() {
        return folder.resolve("keys").toString();
    }

    @Test
    void theSelftestRefusesRealBuses() {
        Told told = Told.by("selftest", "-b", bench);

        assertThat(told.exit()).isEqualTo(ExitCode.INVALID.code());
        assertThat(told.err()).contains("without real buses");
    }

    @Test
    void oneEcuAloneTakesTheSameConfirmation() throws IOException {
        for (Told told : new Told[]{flash("--target", "door"), ecu("--target", "door")}) {
            assertThat(told.exit()).isEqualTo(ExitCode.INVALID.code());
            assertThat(told.err()).contains("nothing was sent; --confirm-hardware 'rig 7'");
        }
        assertThat(folder.resolve("keys")).doesNotExist();
    }

    @Test
    void onlyASecondaryOnARealBusCanStandAlone() throws IOException {
        for (Told told : new Told[]{flash("--target", "tcu", "--confirm-hardware", "rig 7"),
                ecu("--target", "tcu", "--confirm-hardware", "rig 7")}) {
            assertThat(told.exit()).isEqualTo(ExitCode.INVALID.code());
            assertThat(told.err()).contains("tcu is the Primary");
        }
        Files.writeString(Path.of(bench), Files.readString(Path.of(bench)).replace(", interface: nosuchcan", ""));
        Told simulated = ecu("--target", "door");
        assertThat(simulated.exit()).isEqualTo(ExitCode.INVALID.code());
        assertThat(simulated.err().strip())
                .isEqualTo("the bus body of door has no 'interface', so nobody else could reach it there "
                        + "without --cannelloni, or --socketcand of 'ecu'");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aMissingInterfaceIsToldWithOneSentence() throws IOException {
        for (Told told : new Told[]{flash("--target", "door", "--confirm-hardware", "rig 7"),
                ecu("--target", "door", "--confirm-hardware", "rig 7")}) {
            assertThat(told.exit()).isEqualTo(ExitCode.BENCH_FAILED.code());
            assertThat(told.err().strip()).isEqualTo(
                    "the bus body is lost: there is no interface nosuchcan; `ip link` lists those there are");
        }
    }

    /** The key would follow from the bench's seed, which everybody can read who has the file. */
    @Test
    void anEcuWhoseImagesAreSecretIsNotPutOnARealBus() throws IOException {
        Path file = Path.of(bench);
        Files.writeString(file, Files.readString(file).replace("kind: partial-secondary",
                "kind: partial-secondary, encryption: wrapped"));

        Told told = ecu("--target", "door", "--confirm-hardware", "rig 7");

        assertThat(told.exit()).isEqualTo(ExitCode.INVALID.code());
        assertThat(told.err()).contains("the images of door are encrypted", "leave out 'encryption'");
    }
}
