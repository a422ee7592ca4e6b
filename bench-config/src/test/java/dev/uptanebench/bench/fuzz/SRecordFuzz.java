package dev.uptanebench.bench.fuzz;

import dev.uptanebench.ecu.image.ImageReading;
import dev.uptanebench.ecu.image.MemoryArea;
import dev.uptanebench.ecu.image.SRecord;

public final class SRecordFuzz {
    private static final MemoryArea MEMORY = new MemoryArea(0x0801_0000L, 32 * 1024);

    private SRecordFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        if (SRecord.read("fuzzed.s19", data, MEMORY) instanceof ImageReading.Refused refused
                && refused.problems().isEmpty()) {
            throw new AssertionError("refused without a reason");
        }
    }
}
