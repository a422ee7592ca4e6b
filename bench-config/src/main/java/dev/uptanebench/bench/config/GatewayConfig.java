package dev.uptanebench.bench.config;

import java.time.Duration;
import java.util.List;

/**
 * The gateway between buses.
 *
 * @param between ids of at least two buses
 * @param latency from the end of a frame on one bus to its start on the other
 * @param routes derived: the diagnostic identifiers between the Primary and each Secondary on another bus
 */
public record GatewayConfig(List<String> between, Duration latency, List<Route> routes) {

    public GatewayConfig {
        between = List.copyOf(between);
        routes = List.copyOf(routes);
    }

    /** Frames with this identifier on {@code from} are repeated on {@code to}. */
    public record Route(String from, String to, int id) {}
}
