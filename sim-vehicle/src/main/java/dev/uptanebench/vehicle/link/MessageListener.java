package dev.uptanebench.vehicle.link;

/** Whom a {@link MessageChannel} tells what arrives. */
@FunctionalInterface
public interface MessageListener {

    /**
     * A message has arrived.
     *
     * @param started world time at which its first frame did, or its last byte where there are no frames
     */
    void received(byte[] message, long started);

    /** The first frame of a longer message has arrived. */
    default void started() {}

    /** A message, sent or received, will not be completed. */
    default void failed(Loss loss) {}

    /**
     * A message to everybody has arrived, where the channel carries such.
     *
     * @param started as of any other message
     */
    default void forEverybody(byte[] message, long started) {}

    /** Whether whoever sent the last message is still owed an answer. */
    default boolean busy() {
        return false;
    }
}
