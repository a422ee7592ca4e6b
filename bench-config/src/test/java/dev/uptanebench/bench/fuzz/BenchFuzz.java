package dev.uptanebench.bench.fuzz;

import dev.uptanebench.attack.yaml.Problems;
import dev.uptanebench.bench.config.BenchFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

public final class BenchFuzz {
    private BenchFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        try {
            Path folder = Files.createTempDirectory("bench-fuzz");
            try {
                read(Files.write(folder.resolve("bench.yaml"), data));
            } finally {
                Files.delete(folder.resolve("bench.yaml"));
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void read(Path file) {
        Problems problems = new Problems();
        if (BenchFile.load(file, problems).isEmpty() && !problems.hasAny()) {
            throw new AssertionError("refused without a reason");
        }
    }
}
