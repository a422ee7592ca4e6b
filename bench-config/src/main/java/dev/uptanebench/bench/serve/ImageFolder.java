package dev.uptanebench.bench.serve;

import dev.uptanebench.bench.state.PrivateFiles;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.Target;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;

/** Images by their SHA-256, put there before anything lists them. */
final class ImageFolder {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

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
        return folder.resolve(digest(target));
    }

    static String digest(Target target) {
        return target.hashes().getOrDefault("sha256", "none");
    }

    /** Whether there is an image of that digest, which anybody may have made up. */
    boolean has(String sha256) {
        return SHA256.matcher(sha256).matches() && Files.exists(folder.resolve(sha256));
    }

    Bytes read(String sha256) throws IOException {
        return Bytes.of(Files.readAllBytes(folder.resolve(sha256)));
    }
}
