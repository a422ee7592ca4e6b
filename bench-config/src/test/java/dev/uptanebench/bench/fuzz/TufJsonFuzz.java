package dev.uptanebench.bench.fuzz;

import dev.uptanebench.vehicle.uptane.dialect.KnownDialect;

public final class TufJsonFuzz {
    private TufJsonFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        DialectFuzz.read(KnownDialect.TUF_JSON.dialect(), data);
    }
}
