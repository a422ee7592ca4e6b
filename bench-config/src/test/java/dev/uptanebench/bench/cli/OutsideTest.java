package dev.uptanebench.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can be said of simulated buses that others are to reach before any of them has come. */
class OutsideTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void writeBench() throws IOException {
        write("");
    }

    private void write(String more) throws IOException {
        Files.writeString(folder.resolve("bench.yaml"), """
                schema: uptane-bench/bench/v1
                name: rig 7
                buses: [{id: body%s}]
                ecus:
                - {id: tcu, kind: primary}
                - {id: door, kind: partial-secondary}
                """.formatted(more));
    }

    private void writeEthernet() throws IOException {
        Files.writeString(folder.resolve("bench.yaml"), """
                schema: uptane-bench/bench/v1
                name: rig 7
                buses: [{id: eth0, kind: ethernet}]
                ecus:
                - {id: tcu, kind: primary}
                - {id: door, kind: partial-secondary}
                """);
    }

    private Told on(String verb, String target, String... more) throws IOException {
        Path image = Files.write(folder.resolve("image.bin"), new byte[64]);
        Stream<String> common = Stream.of(verb, "-b", folder.resolve("bench.yaml").toString(), "--target", target,
                "--keys", folder.resolve("keys").toString());
        return Told.by(Stream.of(common, verb.equals("flash") ? Stream.of(image.toString()) : Stream.<String>empty(),
                Stream.of(more)).flatMap(all -> all).toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource({"ecu, --socketcand, 65536, '--socketcand: a port is a number from 0 to 65535, not ''65536'''",
            "ecu, --socketcand, localhost:x, '--socketcand: a port is a number from 0 to 65535, not ''x'''",
            "ecu, --socketcand, '[nonsense]:1', '--socketcand: there is no host ''[nonsense]'''",
            "ecu, --cannelloni, 1, '--cannelloni: a tunnel is given as PORT:HOST:PORT, not ''1'''",
            "flash, --cannelloni, 1:2, '--cannelloni: a tunnel is given as PORT:HOST:PORT, not ''1:2'''",
            "flash, --cannelloni, 0:localhost:0, '--cannelloni: a port is a number from 1 to 65535, not ''0'''",
            "flash, --cannelloni, 0::1, '--cannelloni: there is no host '''''"})
    void addressesThatAreNoneAreToldWithOneSentence(String verb, String option, String value, String words)
            throws IOException {
        Told told = on(verb, "door", option, value);

        assertThat(told.err().strip()).isEqualTo(words);
        assertThat(told.exit()).isEqualTo(ExitCode.INVALID.code());
    }

    @ParameterizedTest
    @CsvSource({"ecu, --socketcand, 0, door is on Ethernet", "flash, --cannelloni, 0:localhost:1, door is on Ethernet",
            "ecu, --doip, x, '--doip: a port is a number from 0 to 65535, not ''x'''",
            "flash, --doip, localhost:0, '--doip: a port is a number from 1 to 65535, not ''0'''",
            "ecu, --tls, 0, --tls: says where --doip is to be reached"})
    void anEcuOnEthernetIsReachedByDoipAlone(String verb, String option, String value, String words)
            throws IOException {
        writeEthernet();

        Told told = on(verb, "door", option, value);

        assertThat(told.err()).startsWith(words);
        assertThat(told.exit()).isEqualTo(ExitCode.INVALID.code());
    }

    @Test
    void anEcuOnCanIsNotReachedByDoip() throws IOException {
        assertThat(on("ecu", "door", "--doip", "0").err()).contains("door is on the CAN bus body, and --doip reaches");
    }

    @Test
    void anEntityThatIsNotThereIsToldWithOneSentence() throws IOException {
        writeEthernet();
        int nobody;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = taken.getLocalPort();
        }

        Told told = on("flash", "door", "--doip", String.valueOf(nobody));

        assertThat(told.err().strip()).isEqualTo("door does not answer at 127.0.0.1:" + nobody
                + " (logical address 0x1001): no connection; nothing was published or programmed");
        assertThat(told.out()).isEmpty();
        assertThat(told.exit()).isEqualTo(ExitCode.BENCH_FAILED.code());
    }

    @Test
    void aDoipPortThatIsTakenIsToldWithOneSentence() throws IOException {
        writeEthernet();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Told told = on("ecu", "door", "--doip", String.valueOf(taken.getLocalPort()));

            assertThat(told.err().strip()).isEqualTo(
                    "cannot listen on 127.0.0.1:" + taken.getLocalPort() + ": Address already in use");
            assertThat(told.exit()).isEqualTo(ExitCode.BENCH_FAILED.code());
        }
    }

    @Test
    void onlyASecondaryIsReached() throws IOException {
        assertThat(on("ecu", "tcu", "--socketcand", "0").err()).contains("tcu is the Primary");
    }

    @Test
    void anInterfaceStillWantsToBeConfirmed() throws IOException {
        write(", interface: nosuchcan");

        Told told = on("ecu", "door", "--socketcand", "0");

        assertThat(told.exit()).isEqualTo(ExitCode.INVALID.code());
        assertThat(told.err()).contains("nothing was sent; --confirm-hardware 'rig 7'");
    }

    @Test
    void aPortThatIsTakenIsToldWithOneSentence() throws IOException {
        InetAddress here = InetAddress.getLoopbackAddress();
        try (ServerSocket taken = new ServerSocket(0, 1, here);
                DatagramSocket other = new DatagramSocket(new InetSocketAddress(here, 0))) {
            Told server = on("ecu", "door", "--socketcand", String.valueOf(taken.getLocalPort()));
            Told tunnel = on("flash", "door", "--cannelloni", other.getLocalPort() + ":localhost:1");

            assertThat(server.err().strip()).isEqualTo(
                    "cannot listen on 127.0.0.1:" + taken.getLocalPort() + ": Address already in use");
            assertThat(tunnel.err().strip()).isEqualTo(
                    "cannot listen on 127.0.0.1:" + other.getLocalPort() + ": Address already in use");
            assertThat(server.exit()).isEqualTo(ExitCode.BENCH_FAILED.code());
            assertThat(tunnel.exit()).isEqualTo(ExitCode.BENCH_FAILED.code());
        }
    }

    @Test
    void aTunnelWithoutAnotherEndIsToldWithOneSentence() throws IOException {
        try (DatagramSocket silent = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            Told told = on("flash", "door", "--cannelloni", "0:127.0.0.1:" + silent.getLocalPort());

            assertThat(told.err().lines()).last().isEqualTo("door does not answer on body (requests 0x602, answers "
                    + "0x603): no answer within P2; nothing was published or programmed");
            assertThat(told.out()).isEmpty();
            assertThat(told.exit()).isEqualTo(ExitCode.BENCH_FAILED.code());
        }
    }
}
