package dev.uptanebench.vehicle.ethernet;

/** A mirror port: it sees what is delivered and cannot be noticed. */
@FunctionalInterface
public interface MessageTap {

    /**
     * A message has arrived.
     *
     * @param from name of the node that sent it
     * @param to name of the node it went to
     * @param bytes as they were on the wire, header included
     * @param at world time in nanoseconds
     */
    void message(String from, String to, byte[] bytes, long at);
}
