package dev.uptanebench.vehicle.can.capture;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** A capture that is written frame by frame. It is whole once it is closed. */
public interface CaptureSink extends Closeable {

    /**
     * Adds a frame. Frames may come in any order of time where the format allows it.
     *
     * @throws IOException if it cannot be written, or the format has no way to say it
     */
    void write(CapturedFrame frame) throws IOException;

    /** What a user should know of what the format could not say, such as the names of buses; a sentence each. */
    List<String> remarks();
}
