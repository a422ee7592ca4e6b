package dev.uptanebench.vehicle.http.socket;

import dev.uptanebench.vehicle.http.Response;
import dev.uptanebench.vehicle.uptane.Bytes;
import java.nio.file.Path;

/** What a server sends back. */
public sealed interface Delivery {
    /** Bytes that are at hand. */
    record Content(int status, Bytes body) implements Delivery {}

    /** A file of that length, as a 200. Its bytes go out as they are read. */
    record OfFile(Path file, long length) implements Delivery {}

    /** The same as a server inside a world would answer, at once. */
    static Delivery of(Response response) {
        return new Content(response.status(), response.body());
    }
}
