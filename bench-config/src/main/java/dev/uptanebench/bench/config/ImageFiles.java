package dev.uptanebench.bench.config;

import dev.uptanebench.attack.yaml.Problem;
import dev.uptanebench.attack.yaml.Problems;
import dev.uptanebench.attack.yaml.Section;
import dev.uptanebench.ecu.image.FirmwareImage;
import dev.uptanebench.ecu.image.ImageFormat;
import dev.uptanebench.ecu.image.ImageReading;
import dev.uptanebench.ecu.image.MemoryArea;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** The firmware that a bench file names for one ECU. */
final class ImageFiles {
    /** Intel HEX takes a good two characters for a byte. */
    private static final int MOST_BYTES = (int) (3 * MemoryArea.MAXIMUM_SIZE);

    private final Path folder;
    private final MemoryArea memory;
    private final Problems problems;

    ImageFiles(Path folder, MemoryArea memory, Problems problems) {
        this.folder = folder;
        this.memory = memory;
        this.problems = problems;
    }

    Map<ImageRole, FirmwareImage> read(Section section) {
        Map<ImageRole, FirmwareImage> images = new EnumMap<>(ImageRole.class);
        for (ImageRole role : ImageRole.values()) {
            section.text(role.id()).optional().flatMap(file -> image(section, role, file)).ifPresent(image -> {
                images.forEach((other, same) -> {
                    if (same.equals(image)) {
                        section.problem(role.id(), "this is the same image as " + other.id()
                                + ", so nobody could tell which one an ECU holds");
                    }
                });
                images.put(role, image);
            });
        }
        section.finish();
        return images;
    }

    private Optional<FirmwareImage> image(Section section, ImageRole role, String file) {
        ImageFormat format = ImageFormat.ofFileName(file).orElse(null);
        if (format == null) {
            section.problem(role.id(), "an image is Intel HEX (.hex) or raw (.bin), not '" + file + "'");
            return Optional.empty();
        }
        try {
            Path path = folder.resolve(file).normalize();
            return switch (format.read(path.toString(), bytes(path), memory)) {
                case ImageReading.Accepted(FirmwareImage image) -> Optional.of(image);
                case ImageReading.Refused refused -> {
                    refused.problems().forEach(
                            p -> problems.add(new Problem(p.file(), p.line(), p.column(), p.message())));
                    yield Optional.empty();
                }
            };
        } catch (IOException | InvalidPathException e) {
            section.problem(role.id(), e instanceof NoSuchFileException
                    ? "there is no file '" + file + "'"
                    : "'" + file + "' cannot be read: " + e.getMessage());
            return Optional.empty();
        }
    }

    private static byte[] bytes(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new IOException("it is larger than " + MOST_BYTES + " bytes");
            }
            return bytes;
        }
    }
}
