package dev.uptanebench.bench.cli;

import dev.uptanebench.bench.serve.ControlClient;
import dev.uptanebench.ecu.image.MemoryArea;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Without the options that all verbs have: here {@code --version} is the image's. */
@Command(name = "release", description = "Orders an image from a running `serve`.", sortOptions = false)
final class ReleaseVerb extends PlainVerb {
    private static final int OK = 200;

    @Mixin
    private BenchOptions bench = new BenchOptions();

    @Mixin
    private StateOptions state = new StateOptions();

    @Option(names = "--to", paramLabel = "SERIAL", required = true, description = "serial of the ECU")
    private String serial = "";

    @Option(names = "--as", paramLabel = "NAME", required = true, description = "name of the image in the repositories")
    private String name = "";

    @Option(names = "--version", paramLabel = "N", description = "the image's release counter; default: one above the newest of that hardware")
    private @Nullable Long version;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help message and exit.")
    private boolean unusedHelp; // picocli reads it

    @Parameters(paramLabel = "FILE", description = "the image, released byte for byte")
    private Path file = Path.of("");

    @Override
    ExitCode perform() throws Invalid {
        Long counter = version;
        if (counter != null && counter < 0) {
            throw new Invalid(ExitCode.INVALID, "a release counter is not below 0");
        }
        Path folder = state.folder(bench.config());
        byte[] image = image();
        ControlClient.Answer answer;
        try {
            answer = ControlClient.release(folder, image, serial, name, counter);
        } catch (IOException e) {
            throw new Invalid(ExitCode.BENCH_FAILED,
                    "no server answers with the state in " + Home.shown(folder) + ": " + e.getMessage());
        }
        if (answer.status() != OK) {
            throw new Invalid(answer.status() < 500 ? ExitCode.INVALID : ExitCode.BENCH_FAILED,
                    "not released: " + answer.body());
        }
        System.out.println(answer.body());
        return ExitCode.AS_EXPECTED;
    }

    private byte[] image() throws Invalid {
        if (name.isEmpty() || name.startsWith("/") || name.endsWith("/")) {
            throw new Invalid(ExitCode.INVALID, "expected the name of a file, not '" + name + "'");
        }
        if (!Files.isRegularFile(file)) {
            throw new Invalid(ExitCode.INVALID, "there is no file " + file);
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] image = in.readNBytes((int) MemoryArea.MAXIMUM_SIZE + 1);
            if (image.length > MemoryArea.MAXIMUM_SIZE) {
                throw new Invalid(ExitCode.INVALID, file + " is larger than " + MemoryArea.MAXIMUM_SIZE + " bytes");
            }
            return image;
        } catch (IOException e) {
            throw new Invalid(ExitCode.INVALID, file + " cannot be read: " + e.getMessage());
        }
    }
}
