package dev.uptanebench.vehicle.can;

/** Something that hangs on a bus until it is closed. */
public interface Attachment extends AutoCloseable {

    /** Takes it off the bus. Safe to call twice. */
    @Override
    void close();
}
