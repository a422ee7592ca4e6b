package dev.uptanebench.bench.fuzz;

import dev.uptanebench.vehicle.uptane.dialect.KnownDialect;

public final class Pouf1DerFuzz {
    private Pouf1DerFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        DialectFuzz.read(KnownDialect.POUF1_DER.dialect(), data);
    }
}
