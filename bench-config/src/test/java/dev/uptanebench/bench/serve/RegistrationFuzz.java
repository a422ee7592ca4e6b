package dev.uptanebench.bench.serve;

import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.dialect.KnownDialect;

/** What a vehicle registers through the device gateway. The first byte chooses the dialect. */
public final class RegistrationFuzz {
    private RegistrationFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length == 0) {
            return;
        }
        KnownDialect[] dialects = {KnownDialect.TUF_JSON, KnownDialect.ATS_JSON};
        byte[] body = java.util.Arrays.copyOfRange(data, 1, data.length);
        try {
            EcuRegistration.read(Bytes.of(body), dialects[data[0] & 1].dialect());
        } catch (IllegalArgumentException e) {
            // refused, with one sentence
        }
    }
}
