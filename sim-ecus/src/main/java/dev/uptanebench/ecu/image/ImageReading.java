package dev.uptanebench.ecu.image;

import java.util.List;

/** What came of reading an image file. */
public sealed interface ImageReading {

    /** It is well-formed and fits into the memory. */
    record Accepted(FirmwareImage image) implements ImageReading {}

    /** @param problems at least one, in the order of the file */
    record Refused(List<ImageProblem> problems) implements ImageReading {
        public Refused {
            problems = List.copyOf(problems);
        }
    }
}
