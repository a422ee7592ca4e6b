package dev.uptanebench.vehicle.link;

/** What carries messages to and from one node. */
public interface Carrier {

    /** Name of the bus or network in histories. */
    String network();

    /** Lets that one hear what arrives from now on; once. */
    MessageChannel open(MessageListener listener);
}
