package dev.uptanebench.bench.fuzz;

import dev.uptanebench.vehicle.can.remote.SocketcandCommand;
import dev.uptanebench.vehicle.can.remote.SocketcandReading;
import java.nio.charset.StandardCharsets;

public final class SocketcandFuzz {

    private SocketcandFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        if (SocketcandReading.read(
                new String(data, StandardCharsets.ISO_8859_1)) instanceof SocketcandCommand.Malformed malformed
                && malformed.reason().isBlank()) {
            throw new AssertionError("refused without a reason");
        }
    }
}
