package dev.uptanebench.vehicle.can;

import java.time.Duration;

/** Something physical that is done to a bus's wires. What comes of it is decided by the nodes' own rules. */
public sealed interface BusFault {

    /**
     * Drives six dominant bits into each of the next frames that match, as an attacker with a transceiver of his own
     * does; no frame survives that before its end of frame. A frame too short to have the position is not counted.
     *
     * @param frames how many frames, tries counted singly
     */
    record Destroy(IdFilter filter, int frames, BitPosition position) implements BusFault {}

    /**
     * Inverts one bit of each of the next frames that match, for every node alike, as a disturbance does. In the very last
     * bit it makes the sender repeat what the others have accepted.
     *
     * @param frames how many frames, tries counted singly
     */
    record Flip(IdFilter filter, int frames, BitPosition position) implements BusFault {}

    /** Holds the bus dominant from now on: a short circuit, or a transceiver that has lost its mind. */
    record StuckDominant(Duration duration) implements BusFault {}
}
