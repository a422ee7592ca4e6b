package dev.uptanebench.bench.serve;

import dev.uptanebench.bench.state.PrivateFiles;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.Target;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** Images by their SHA-256, put there before anything lists them. */
final class ImageFolder {
    private final Path folder;

    ImageFolder(Path folder) {
        this.folder = folder;
    }

    void store(Bytes image) throws IOException {
        Path file = folder.resolve(image.sha256());
        if (!Files.exists(file)) {
            PrivateFiles.put(file, image.toArray());
        }
    }

    /** Removes all others. A client that is fetching one of them gets it whole. */
    void keep(Set<String> sha256) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                if (!sha256.contains(String.valueOf(file.getFileName()))) {
                    Files.delete(file);
                }
            }
        }
    }

    Path file(Target target) {
        return folder.resolve(target.hashes().getOrDefault("sha256", "none"));
    }
}
