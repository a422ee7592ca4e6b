package dev.uptanebench.bench.cli;

import dev.uptanebench.bench.config.BenchConfig;
import dev.uptanebench.bench.state.StateFolder;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a server keeps its state. */
final class StateOptions {
    @Option(names = "--state", paramLabel = "DIR", description = "folder of everything the server keeps; default: one for each bench below reports/serve")
    private @Nullable Path state;

    Path folder(BenchConfig config) throws Invalid {
        Path given = state;
        Path folder = given != null
                ? given
                : Home.serve().resolve(config.name().replaceAll("[^A-Za-z0-9._-]+", "-"));
        Optional<String> unfit = StateFolder.unfit(folder);
        if (unfit.isPresent()) {
            throw new Invalid(ExitCode.INVALID, "no state can be kept there: " + unfit.get());
        }
        return folder;
    }
}
