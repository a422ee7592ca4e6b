package dev.uptanebench.bench.config;

import dev.uptanebench.vehicle.can.CanId;
import java.time.Duration;
import java.util.List;

/**
 * The gateway between buses.
 *
 * @param between ids of at least two buses
 * @param latency from the end of a frame on one bus to its start on the other
 * @param queue frames that may be on their way to one bus
 * @param routes the diagnostic identifiers between the Primary and each Secondary on another bus, then those of the file
 */
public record GatewayConfig(List<String> between, Duration latency, int queue, List<Route> routes) {

    public GatewayConfig {
        between = List.copyOf(between);
        routes = List.copyOf(routes);
    }

    /**
     * Frames whose identifier agrees with {@code id} under {@code mask} are repeated on {@code to}.
     *
     * @param extended whether the identifiers have 29 bits
     * @param as identifier they get; of the bits that the mask leaves open they keep their own
     */
    public record Route(String from, String to, int id, int mask, boolean extended, int as) {
        private static final int ALL_BITS = 0x1FFF_FFFF;

        /** Just this identifier, unchanged. */
        public static Route of(String from, String to, CanId id) {
            return new Route(from, to, id.value(), ALL_BITS, id.extended(), id.value());
        }
    }
}
