package dev.uptanebench.vehicle.http.socket;

import dev.uptanebench.vehicle.uptane.Bytes;
import java.util.Optional;

/**
 * A request that came over a socket.
 *
 * @param path from the server's root, percent-encoded as it came, without a leading slash and without a query
 * @param client common name of the certificate that the client proved to hold; empty where none was asked for
 */
public record Incoming(String method, String path, Bytes body, Optional<String> client) {}
