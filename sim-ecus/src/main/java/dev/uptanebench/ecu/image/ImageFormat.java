package dev.uptanebench.ecu.image;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How an image file is written, told by the end of its name. */
public enum ImageFormat {
    INTEL_HEX(List.of(".hex", ".ihex", ".ihx")) {
        @Override
        public ImageReading read(String name, byte[] file, MemoryArea memory) {
            return IntelHex.read(name, file, memory);
        }
    },
    S_RECORD(List.of(".s19", ".s28", ".s37", ".srec", ".mot", ".sre")) {
        @Override
        public ImageReading read(String name, byte[] file, MemoryArea memory) {
            return SRecord.read(name, file, memory);
        }
    },
    ELF(List.of(".elf", ".axf")) {
        @Override
        public ImageReading read(String name, byte[] file, MemoryArea memory) {
            return Elf.read(name, file, memory);
        }
    },
    /** Nothing but the bytes, for the beginning of the memory. */
    RAW(List.of(".bin", ".raw")) {
        @Override
        public ImageReading read(String name, byte[] file, MemoryArea memory) {
            return RawImage.read(name, file, memory.base(), memory);
        }
    };

    /** As a person is told which there are. */
    public static final String KNOWN = "Intel HEX (.hex), S-record (.s19, .s28, .s37), ELF (.elf) or raw (.bin)";

    private final List<String> endings;

    ImageFormat(List<String> endings) {
        this.endings = endings;
    }

    /** The format of a file of this name, if its ending is known. */
    public static Optional<ImageFormat> ofFileName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        for (ImageFormat format : values()) {
            if (format.endings.stream().anyMatch(lower::endsWith)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }

    /** @param name how the file is called in problems */
    public abstract ImageReading read(String name, byte[] file, MemoryArea memory);
}
