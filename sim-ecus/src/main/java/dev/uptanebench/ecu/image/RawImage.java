package dev.uptanebench.ecu.image;

import java.util.List;

/** Image files that hold nothing but the image's bytes. */
public final class RawImage {
    private RawImage() {}

    /**
     * @param name how the file is called in problems
     * @param baseAddress where its first byte belongs
     * @param memory that it must fit into
     */
    public static ImageReading read(String name, byte[] file, long baseAddress, MemoryArea memory) {
        if (file.length == 0) {
            return refused(name, "the file is empty");
        }
        if (!memory.holds(baseAddress)) {
            return refused(name, "address 0x%08x lies outside the memory, %s".formatted(baseAddress, memory));
        }
        if (baseAddress + file.length > memory.end()) {
            return refused(name, "image too large: %d bytes at 0x%08x, but the memory is %s".formatted(file.length,
                    baseAddress, memory));
        }
        return new ImageReading.Accepted(new FirmwareImage(baseAddress, file));
    }

    private static ImageReading refused(String name, String message) {
        return new ImageReading.Refused(List.of(new ImageProblem(name, 1, 1, message)));
    }
}
