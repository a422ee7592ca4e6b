package dev.uptanebench.bench.fuzz;

import dev.uptanebench.vehicle.uptane.dialect.KnownDialect;

public final class AtsJsonFuzz {
    private AtsJsonFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        DialectFuzz.read(KnownDialect.ATS_JSON.dialect(), data);
    }
}
