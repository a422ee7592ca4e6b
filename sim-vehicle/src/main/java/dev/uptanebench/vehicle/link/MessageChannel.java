package dev.uptanebench.vehicle.link;

/** One end over which messages leave, one after the other, in order; what arrives goes to a {@link MessageListener}. */
public interface MessageChannel {

    /**
     * Sends a message, which must not change until it has left.
     *
     * @param whenSent called when it has left completely; not called when it fails
     * @return false, and nothing happens, when too many are waiting
     * @throws IllegalArgumentException if it is empty, or longer than the channel can carry
     */
    boolean send(byte[] message, Runnable whenSent);

    /** Sends a message; false, and nothing happens, when too many are waiting. */
    default boolean send(byte[] message) {
        return send(message, () -> {});
    }

    /** Forgets everything under way, as a node that loses its power does. */
    void reset();

    /** Whether it hears nothing from now on. */
    void deaf(boolean wanted);

    /** The node was asked to start again, and does. */
    default void restarted() {}
}
