package dev.uptanebench.bench.fuzz;

import dev.uptanebench.vehicle.delta.NoDelta;
import dev.uptanebench.vehicle.delta.Vcdiff;
import dev.uptanebench.vehicle.uptane.Bytes;

public final class VcdiffFuzz {
    private static final int LIMIT = 4096;
    private static final Bytes RUNNING = Bytes.utf8("what an ECU runs, over and over; ".repeat(40));

    private VcdiffFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        try {
            Bytes made = Vcdiff.apply(RUNNING, Bytes.of(data), LIMIT);
            if (made.length() > LIMIT) {
                throw new AssertionError("it made " + made);
            }
            if (!Vcdiff.apply(RUNNING, Vcdiff.between(RUNNING, made), made.length()).equals(made)) {
                throw new AssertionError("a delta to what was made does not make it again");
            }
        } catch (NoDelta e) {
            if (String.valueOf(e.getMessage()).isBlank()) {
                throw new AssertionError("refused without a reason", e);
            }
        }
    }
}
