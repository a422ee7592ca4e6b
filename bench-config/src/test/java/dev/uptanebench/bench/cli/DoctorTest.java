package dev.uptanebench.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoctorTest {
    private static final String REAL = "buses: [{id: body, interface: nosuchcan}]";
    private static final String ETHERNET = "buses: [{id: eth0, kind: ethernet}]";

    @TempDir
    private Path folder;

    private Path bench(String buses) throws IOException {
        return Files.writeString(folder.resolve("bench.yaml"), """
                schema: uptane-bench/bench/v1
                name: rig 7
                %s
                ecus:
                - {id: tcu, kind: primary}
                - {id: door, kind: partial-secondary}
                """.formatted(buses));
    }

    private Told doctor(String buses, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("doctor", "-b", bench(buses).toString()));
        arguments.addAll(List.of(more));
        return Told.by(arguments.toArray(String[]::new));
    }

    @Test
    void aSimulatedBenchRunsAnywhere() throws IOException {
        Told told = doctor("buses: [{id: body, bitrate: 33300, dataBitrate: 2000000}]");

        assertThat(told.exit()).isZero();
        assertThat(told.err()).isEmpty();
        List<String> lines = told.out().lines().toList();
        assertThat(lines).allMatch(line -> line.matches("(ok|note) .*"));
        for (String expected : List.of("ok +JDK +\\d.*", "ok +bench +'rig 7': 2 ECUs, on simulated time",
                "ok +bus body +simulated CAN, 33.3 kbit/s and 2 Mbit/s")) {
            assertThat(lines).anyMatch(line -> line.matches(expected));
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aBenchWhoseInterfaceIsNotThereCannotRun() throws IOException {
        Told told = doctor(REAL);

        assertThat(told.exit()).isEqualTo(ExitCode.BENCH_FAILED.code());
        assertThat(told.out()).containsPattern(
                "missing +bus body +there is no interface nosuchcan; `ip link` lists those there are\n");
    }

    @Test
    void aBenchThatIsWrongIsToldAsEverywhere() throws IOException {
        Told told = doctor("buss: []");

        assertThat(told.exit()).isEqualTo(ExitCode.INVALID.code());
        assertThat(told.err()).contains("bench.yaml:3:1: unknown key 'buss'");
        assertThat(told.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
            REAL + "| --target door | nothing was sent; --confirm-hardware 'rig 7'",
            ETHERNET + "| --target door | door is on Ethernet", ETHERNET + "| --doip 13400 | --target names it",
            ETHERNET + "| --target doro --doip 13400 | did you mean 'door'"})
    void nobodyIsAskedWhoWasNotNamedAndConfirmed(String buses, String options, String words) throws IOException {
        Told told = doctor(buses, options.split(" "));

        assertThat(told.exit()).isEqualTo(ExitCode.INVALID.code());
        assertThat(told.err()).contains(words);
        assertThat(told.out()).isEmpty();
    }

    @Test
    void anEcuThatDoesNotAnswerIsMissing() throws IOException {
        int nobody;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = taken.getLocalPort();
        }

        Told told = doctor(ETHERNET, "--target", "door", "--doip", String.valueOf(nobody));

        assertThat(told.exit()).isEqualTo(ExitCode.BENCH_FAILED.code());
        assertThat(told.out().lines()).last().asString().matches("missing +target door +door does not answer at "
                + "127.0.0.1:" + nobody + " \\(logical address 0x1001\\): no connection");
    }
}
