package dev.uptanebench.bench.serve;

import dev.uptanebench.bench.state.PrivateFiles;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

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

    Path file(Target target) {
        return folder.resolve(target.hashes().getOrDefault("sha256", "none"));
    }
}
