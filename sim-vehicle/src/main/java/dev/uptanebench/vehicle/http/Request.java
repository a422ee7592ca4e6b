package dev.uptanebench.vehicle.http;

import dev.uptanebench.vehicle.uptane.Bytes;

/**
 * What a client asks for.
 *
 * @param path from the server's root, percent-encoded, without a leading slash
 */
public record Request(String method, String path, Bytes body) {
    private static final Bytes NOTHING = Bytes.utf8("");

    public static Request get(String path) {
        return new Request("GET", path, NOTHING);
    }
}
