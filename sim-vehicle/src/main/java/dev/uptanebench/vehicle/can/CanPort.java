package dev.uptanebench.vehicle.can;

import java.util.function.Consumer;

/** A node's connection to a bus. Frames of one port leave in the order in which they were sent. */
public interface CanPort extends Attachment {

    /** Name of the node. */
    String node();

    /** Name of the bus it is attached to. */
    String bus();

    /**
     * Queues a frame.
     *
     * @param onSent called when the frame has left completely, at that world time
     * @return false, and nothing happens, if the port's queue is full, the port is closed or its node off the bus
     * @throws IllegalArgumentException if it is a CAN FD frame and the port cannot send those
     */
    boolean send(CanFrame frame, Runnable onSent);

    /** Queues a frame; false if the port's queue is full, the port is closed or its node off the bus. */
    default boolean send(CanFrame frame) {
        return send(frame, () -> {});
    }

    /** Hands over every frame of other nodes. */
    void onFrame(Consumer<CanFrame> receiver);

    /** Hands over the frames of other nodes that carry this identifier; costs nothing for the others. */
    default void onFrame(CanId id, Consumer<CanFrame> receiver) {
        onFrame(IdFilter.of(id), receiver);
    }

    /** Hands over the frames of other nodes that pass this filter; costs nothing for the others. */
    void onFrame(IdFilter filter, Consumer<CanFrame> receiver);
}
