package dev.uptanebench.bench.fuzz;

import dev.uptanebench.ecu.image.Elf;
import dev.uptanebench.ecu.image.ImageReading;
import dev.uptanebench.ecu.image.MemoryArea;

public final class ElfFuzz {
    private static final MemoryArea MEMORY = new MemoryArea(0x0801_0000L, 32 * 1024);

    private ElfFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        if (Elf.read("fuzzed.elf", data, MEMORY) instanceof ImageReading.Refused refused
                && refused.problems().isEmpty()) {
            throw new AssertionError("refused without a reason");
        }
    }
}
