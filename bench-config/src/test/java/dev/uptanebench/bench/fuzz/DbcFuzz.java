package dev.uptanebench.bench.fuzz;

import dev.uptanebench.vehicle.can.dbc.BrokenDbc;
import dev.uptanebench.vehicle.can.dbc.DbcReader;

public final class DbcFuzz {
    private DbcFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        try {
            DbcReader.read("fuzzed.dbc", data).messages().values().forEach(message -> {
                byte[] initial = message.initial();
                message.signals().forEach(signal -> signal.put(initial, signal.raw(initial)));
                if (message.isFrame()) {
                    message.frame(initial);
                }
            });
        } catch (BrokenDbc e) {
            if (!String.valueOf(e.getMessage()).matches("(?s)fuzzed\\.dbc:[0-9]+:[0-9]+: .+")) {
                throw new AssertionError("refused without a place", e);
            }
        }
    }
}
