package dev.uptanebench.bench.config;

import dev.uptanebench.ecu.image.ImageFormat;
import dev.uptanebench.ecu.image.ImageProblem;
import dev.uptanebench.ecu.image.ImageReading;
import dev.uptanebench.ecu.image.MemoryArea;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads an image from a file. */
public final class FirmwareFile {
    /** Intel HEX takes a good two characters for a byte. */
    private static final int MOST_BYTES = (int) (3 * MemoryArea.MAXIMUM_SIZE);

    private FirmwareFile() {}

    /**
     * Reads a whole file in the format that its name tells.
     *
     * @throws IOException if it is not there or cannot be read
     */
    public static ImageReading read(Path file, MemoryArea memory) throws IOException {
        ImageFormat format = ImageFormat.ofFileName(file.toString()).orElse(null);
        if (format == null) {
            return new ImageReading.Refused(
                    List.of(new ImageProblem(file.toString(), 1, 1, "an image is " + ImageFormat.KNOWN)));
        }
        return format.read(file.toString(), bytes(file), memory);
    }

    private static byte[] bytes(Path path) throws IOException {
        if (!Files.isRegularFile(path) && Files.exists(path)) { // reading a pipe or a device might never end
            throw new IOException(path + " is no file");
        }
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new IOException("it is larger than " + MOST_BYTES + " bytes");
            }
            return bytes;
        }
    }
}
