package dev.uptanebench.vehicle.link;

import java.util.Optional;

/** What carries messages to and from one node. */
public interface Carrier {

    /** Name of the bus or network in histories. */
    String network();

    /** Lets that one hear what arrives from now on; once. */
    MessageChannel open(MessageListener listener);

    /** What is sent over that reaches every ECU there, and is answered over no channel of its own; empty if nothing does. */
    default Optional<MessageChannel> everybody() {
        return Optional.empty();
    }
}
