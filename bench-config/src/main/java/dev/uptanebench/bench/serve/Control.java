package dev.uptanebench.bench.serve;

import dev.uptanebench.vehicle.http.Response;
import dev.uptanebench.vehicle.http.socket.Delivery;
import dev.uptanebench.vehicle.http.socket.Incoming;
import dev.uptanebench.vehicle.http.socket.Service;
import dev.uptanebench.vehicle.uptane.Bytes;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the user of the server can order over its control socket: {@code PUT release/SERIAL/NAME[/COUNTER]} with the
 * image as the body, each part percent-encoded.
 */
final class Control implements Service {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Oem oem;
    private final WorkQueue work;

    Control(Oem oem, WorkQueue work) {
        this.oem = oem;
        this.work = work;
    }

    @Override
    public CompletionStage<Delivery> answer(Incoming request) {
        String[] parts = request.path().split("/", -1);
        if (!request.method().equals("PUT") || !parts[0].equals("release") || parts.length < 3 || parts.length > 4) {
            return CompletableFuture.completedStage(Delivery.of(Response.notFound()));
        }
        return work.answer(() -> release(request.body(), parts));
    }

    private Response release(Bytes image, String[] parts) throws IOException {
        try {
            Long counter = parts.length == 4 ? Long.valueOf(parts[3]) : null;
            return Response.ok(json(oem.release(image, decoded(parts[1]), decoded(parts[2]), counter)));
        } catch (IllegalArgumentException e) {
            return Response.refused(String.valueOf(e.getMessage()));
        }
    }

    private static Bytes json(Object value) {
        return Bytes.utf8(JSON.writeValueAsString(value));
    }

    private static String decoded(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
