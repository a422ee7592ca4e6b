package dev.uptanebench.report.store;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Files that are there as a whole or not at all: written beside their place, then moved there. */
public final class WholeFile {
    private WholeFile() {}

    /**
     * Writes one, and the folders it lies in. What is there and is no file, such as a pipe, takes the bytes as they come.
     *
     * @throws FileSystemException naming the file, whatever went wrong
     */
    public static void write(Path file, byte[] bytes) throws IOException {
        Path place = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        boolean special = Files.exists(place) && !Files.isRegularFile(place);
        Path beside = special ? place : place.resolveSibling(place.getFileName() + ".new");
        try {
            Files.createDirectories(place.resolveSibling(""));
            Files.write(beside, bytes);
            if (!special) {
                Files.move(beside, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (FileSystemException e) {
            throw e;
        } catch (IOException e) { // such as a full disk, which names no file
            if (!special) {
                Files.deleteIfExists(beside);
            }
            throw new FileSystemException(file.toString(), null, e.getMessage());
        }
    }
}
