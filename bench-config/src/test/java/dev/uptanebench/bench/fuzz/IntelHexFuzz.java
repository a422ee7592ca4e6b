package dev.uptanebench.bench.fuzz;

import dev.uptanebench.ecu.image.ImageReading;
import dev.uptanebench.ecu.image.IntelHex;
import dev.uptanebench.ecu.image.MemoryArea;

public final class IntelHexFuzz {
    private static final MemoryArea MEMORY = new MemoryArea(0x0801_0000L, 32 * 1024);

    private IntelHexFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        if (IntelHex.read("fuzzed.hex", data, MEMORY) instanceof ImageReading.Refused refused
                && refused.problems().isEmpty()) {
            throw new AssertionError("refused without a reason");
        }
    }
}
