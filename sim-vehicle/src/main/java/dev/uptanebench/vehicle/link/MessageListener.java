package dev.uptanebench.vehicle.link;

import dev.uptanebench.vehicle.isotp.IsoTpFailure;

/** Whom a {@link MessageLink} tells what arrives. */
@FunctionalInterface
public interface MessageListener {

    /**
     * A message has arrived.
     *
     * @param started world time at which its first frame did
     */
    void received(byte[] message, long started);

    /** The first frame of a longer message has arrived. */
    default void started() {}

    /** A message, sent or received, will not be completed. */
    default void failed(IsoTpFailure failure) {}
}
