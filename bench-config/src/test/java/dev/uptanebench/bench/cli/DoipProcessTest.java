package dev.uptanebench.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.uptanebench.vehicle.kernel.RandomStream;
import dev.uptanebench.vehicle.kernel.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An ECU in one process, who programs it in another, DoIP between them. */
@Timeout(180)
class DoipProcessTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void writeBench() throws IOException {
        Files.writeString(folder.resolve("bench.yaml"), """
                schema: uptane-bench/bench/v1
                name: rig 8
                buses: [{id: eth0, kind: ethernet}]
                ecus:
                - {id: tcu, kind: primary}
                - {id: camera, kind: full-secondary, diagnostics: {p2: PT20S}}
                """);
    }

    private List<String> common(String keys, String... more) {
        return Stream.concat(Stream.of("-b", folder.resolve("bench.yaml").toString(), "--target", "camera", "--keys",
                folder.resolve(keys).toString()), Stream.of(more)).toList();
    }

    private Told flash(String keys, Path image, String... more) {
        return Told.by(Stream.of(Stream.of("flash"), common(keys, more).stream(), Stream.of(image.toString()))
                .flatMap(all -> all).toArray(String[]::new));
    }

    @Test
    void anEcuInAnotherProcessIsProgrammed() throws Exception {
        byte[] bytes = RandomStream.of(1, "image").nextBytes(10_000);
        Path image = Files.write(folder.resolve("camera.bin"), bytes);
        try (EcuProcess ecu = EcuProcess.start(common("keys", "--doip", "0", "--tls", "0"))) {
            String plain = ecu.says("doip on 127\\.0\\.0\\.1:(\\d+), TCP and UDP");
            String secured = ecu.says("doip with TLS on 127\\.0\\.0\\.1:(\\d+)");

            Told doctor = Told.by("doctor", "-b", folder.resolve("bench.yaml").toString(), "--target", "camera",
                    "--doip",
                    plain);
            assertThat(doctor.exit()).as(doctor.out()).isZero();
            assertThat(doctor.out()).containsPattern("ok +target camera +answers at 127.0.0.1:" + plain);

            Told stranger = flash("others", image, "--doip", plain);
            assertThat(stranger.exit()).as("keys that the ECU does not know").isEqualTo(ExitCode.SURPRISE.code());
            Told untrusted = flash("others", image, "--doip", secured, "--tls");
            assertThat(untrusted.err()).as("a certificate of another authority").contains("no connection");
            assertThat(untrusted.exit()).isEqualTo(ExitCode.BENCH_FAILED.code());

            Told told = flash("keys", image, "--doip", plain);
            assertThat(told.out()).contains("installed, and running", "diagnostic messages with its address");
            assertThat(told.exit()).isEqualTo(ExitCode.AS_EXPECTED.code());
            ecu.says("started, runs sha256 (" + Sha256.hex(bytes) + ")");

            byte[] newer = RandomStream.of(2, "image").nextBytes(10_000);
            Told again = flash("keys", Files.write(image, newer), "--doip", "localhost:" + secured, "--tls");
            assertThat(again.out()).contains("installed, and running");
            ecu.says("started, runs sha256 (" + Sha256.hex(newer) + ")");
            assertThat(ecu.end()).isZero();
        }
    }
}
