package dev.uptanebench.bench.config;

import dev.uptanebench.attack.yaml.Problem;
import dev.uptanebench.attack.yaml.Problems;
import dev.uptanebench.attack.yaml.Section;
import dev.uptanebench.ecu.image.FirmwareImage;
import dev.uptanebench.ecu.image.ImageFormat;
import dev.uptanebench.ecu.image.ImageReading;
import dev.uptanebench.ecu.image.MemoryArea;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** The firmware that a bench file names for one ECU. */
final class ImageFiles {
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
        if (ImageFormat.ofFileName(file).isEmpty()) {
            section.problem(role.id(), "an image is " + ImageFormat.KNOWN + ", not '" + file + "'");
            return Optional.empty();
        }
        try {
            return switch (FirmwareFile.read(folder.resolve(file).normalize(), memory)) {
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
}
