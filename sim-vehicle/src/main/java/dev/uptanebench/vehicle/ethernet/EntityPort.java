package dev.uptanebench.vehicle.ethernet;

/** A place on a network where an entity can be. */
public interface EntityPort {

    /** Name of the network in histories and bench files. */
    String network();

    /** Lets others reach it there; once. */
    void host(Host host);

    /** Sends a datagram to everybody. */
    void announce(byte[] datagram);
}
