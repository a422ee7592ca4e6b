package dev.uptanebench.vehicle.ethernet;

/** Whom a node tells of datagrams. */
@FunctionalInterface
public interface DatagramListener {

    /** @param from name of the node that sent it */
    void datagram(String from, byte[] bytes);
}
