package dev.uptanebench.vehicle.http;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The servers of one world by the names that URLs have for them. */
public final class Hosts {
    private final Map<String, HttpServer> servers = new HashMap<>();

    /** From here on the server is found under that name. */
    public void put(String name, HttpServer server) {
        servers.put(name, server);
    }

    /** From here on nobody is. */
    public void remove(String name) {
        servers.remove(name);
    }

    public Optional<HttpServer> find(String name) {
        return Optional.ofNullable(servers.get(name));
    }
}
