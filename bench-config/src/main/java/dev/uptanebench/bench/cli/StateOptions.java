package dev.uptanebench.bench.cli;

import dev.uptanebench.bench.config.BenchConfig;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a server keeps its state. */
final class StateOptions {
    @Option(names = "--state", paramLabel = "DIR", description = "folder of everything the server keeps; default: one for each bench below reports/serve")
    private @Nullable Path state;

    Path folder(BenchConfig config) {
        Path given = state;
        return given != null ? given : Home.serve().resolve(config.name().replaceAll("[^A-Za-z0-9._-]+", "-"));
    }
}
