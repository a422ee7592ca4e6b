package dev.uptanebench.bench.cli;

import dev.uptanebench.bench.config.EcuConfig;
import dev.uptanebench.bench.config.FirmwareFile;
import dev.uptanebench.bench.state.Reasons;
import dev.uptanebench.ecu.image.FirmwareImage;
import dev.uptanebench.ecu.image.ImageProblem;
import dev.uptanebench.ecu.image.ImageReading;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** A file that holds a program for an ECU, in any format that an image can have. */
final class ProgramFile {
    private ProgramFile() {}

    /** The program, which fits into the ECU's memory. */
    static FirmwareImage read(Path file, EcuConfig ecu) throws Invalid {
        try {
            return switch (FirmwareFile.read(file, ecu.room())) {
                case ImageReading.Accepted(FirmwareImage image) -> image;
                case ImageReading.Refused refused -> throw new Invalid(ExitCode.INVALID, refused.problems().stream()
                        .map(ImageProblem::toString).collect(Collectors.joining("\n")));
            };
        } catch (IOException e) {
            throw new Invalid(ExitCode.INVALID, file + ":1:1: cannot be read: " + Reasons.of(e));
        }
    }
}
