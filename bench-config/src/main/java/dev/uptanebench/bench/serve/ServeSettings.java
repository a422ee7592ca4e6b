package dev.uptanebench.bench.serve;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How a server is set up.
 *
 * @param state folder of everything it keeps
 * @param host address or name to listen on
 * @param port for HTTP; 0 for the one it had before, or any
 * @param tlsPort the same for TLS
 * @param inventory JDBC URL; empty for SQLite in the state folder
 * @param offlineKeys folder for keys that have no business on a server; empty if they lie in the state folder
 */
public record ServeSettings(Path state, String host, int port, int tlsPort, Optional<String> inventory,
        Optional<Path> offlineKeys) {}
