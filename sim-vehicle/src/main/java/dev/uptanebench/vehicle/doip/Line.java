package dev.uptanebench.vehicle.doip;

/** One TCP connection as an engine uses it. Nothing of this may call the engine back before it returns. */
public interface Line {

    /** Sends a whole message. */
    void send(byte[] message);

    /** Ends the connection behind what was sent. */
    void close();
}
