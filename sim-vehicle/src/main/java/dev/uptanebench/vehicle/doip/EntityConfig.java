package dev.uptanebench.vehicle.doip;

import java.util.Set;

/**
 * A DoIP entity that is one ECU (a DoIP node).
 *
 * @param address its logical address
 * @param groups logical addresses that mean it among others
 * @param sockets MCTS: how many testers can be active at a time, 1 to 255
 * @param unregistered how many more connections may be there that are not active (yet), one at least
 * @param longest most bytes of a payload
 * @param longestRequest most bytes of a diagnostic message's data
 * @param memory how many bytes of payloads it keeps, of all connections together
 * @param activations activation types that there are
 * @param secured those of them that want TLS
 */
public record EntityConfig(int address, Set<Integer> groups, VehicleIdentity identity, int sockets, int unregistered,
        int longest, int longestRequest, int memory, Set<Integer> activations, Set<Integer> secured, DoipTimes times) {
    /** Activation by whoever comes. */
    public static final int DEFAULT_ACTIVATION = 0x00;
    /** Activation for diagnostics that regulations ask for. */
    public static final int REGULATORY_ACTIVATION = 0x01;
    /** Longest UDS message, as everywhere in this bench. */
    public static final int LONGEST_REQUEST = 4095;

    private static final int MOST_SOCKETS = 255;
    private static final int SOCKETS = 4;
    private static final int UNREGISTERED = 8;
    private static final int LONGEST = 8192;
    private static final int MEMORY = 64 * 1024;

    public EntityConfig {
        groups = Set.copyOf(groups);
        activations = Set.copyOf(activations);
        secured = Set.copyOf(secured);
        if (sockets < 1 || sockets > MOST_SOCKETS || unregistered < 1 || longest < 1 || longestRequest < 1) {
            throw new IllegalArgumentException("an entity that nobody could speak to");
        }
    }

    /** 4 testers, 8 more connections, payloads of 8 KiB, requests of 4095 bytes, 64 KiB in all, standard times. */
    public static EntityConfig of(int address, VehicleIdentity identity) {
        return new EntityConfig(address, Set.of(), identity, SOCKETS, UNREGISTERED, LONGEST, LONGEST_REQUEST, MEMORY,
                Set.of(DEFAULT_ACTIVATION, REGULATORY_ACTIVATION), Set.of(), DoipTimes.standard());
    }

    public EntityConfig withGroups(Set<Integer> others) {
        return new EntityConfig(address, others, identity, sockets, unregistered, longest, longestRequest, memory,
                activations, secured, times);
    }

    public EntityConfig withSockets(int registered, int others) {
        return new EntityConfig(address, groups, identity, registered, others, longest, longestRequest, memory,
                activations, secured, times);
    }

    /** The same with other bounds, in bytes. */
    public EntityConfig withBounds(int payload, int request, int all) {
        return new EntityConfig(address, groups, identity, sockets, unregistered, payload, request, all, activations,
                secured, times);
    }

    /** The same where these activation types want TLS. */
    public EntityConfig withSecured(Set<Integer> types) {
        return new EntityConfig(address, groups, identity, sockets, unregistered, longest, longestRequest, memory,
                activations, types, times);
    }
}
