package dev.uptanebench.vehicle.ethernet;

import dev.uptanebench.vehicle.doip.Line;
import java.util.function.Consumer;

/** An entity, as the network sees it; called in the world's thread. */
public interface Host {

    /**
     * Somebody has connected.
     *
     * @param secured by TLS
     * @return who listens to the connection
     */
    LineListener accepted(Line line, boolean secured);

    /** A datagram has come; {@code reply} sends one to whoever sent it. */
    void datagram(byte[] bytes, Consumer<byte[]> reply);
}
