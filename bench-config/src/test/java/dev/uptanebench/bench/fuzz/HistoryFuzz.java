package dev.uptanebench.bench.fuzz;

import dev.uptanebench.vehicle.history.BrokenHistory;
import dev.uptanebench.vehicle.history.HistoryCodec;

public final class HistoryFuzz {
    private HistoryFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        try {
            HistoryCodec.decode(data);
        } catch (BrokenHistory e) {
            // refused, with the line
        }
    }
}
