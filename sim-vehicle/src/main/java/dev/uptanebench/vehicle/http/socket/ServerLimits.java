package dev.uptanebench.vehicle.http.socket;

import java.time.Duration;

/**
 * What a server lets its clients take.
 *
 * @param connections at a time; further ones are closed at once
 * @param requests on one connection; then it is closed
 * @param bodyBytes of one request
 * @param request longest time from the connection, or from the answer before, until the whole request is there; also
 *        for the TLS handshake
 * @param stall longest time in which a client takes none of an answer's bytes
 */
public record ServerLimits(int connections, int requests, int bodyBytes, Duration request, Duration stall) {
    /** What a server on a public interface would choose. */
    public static ServerLimits standard() {
        return new ServerLimits(256, 1000, 512 * 1024, Duration.ofSeconds(30), Duration.ofSeconds(30));
    }

    /** The same for another size of requests. */
    public ServerLimits withBodies(int bytes) {
        return new ServerLimits(connections, requests, bytes, request, stall);
    }
}
