package dev.uptanebench.vehicle.can.capture;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A capture that is read frame by frame. */
public interface CaptureSource extends Closeable {

    /**
     * The next frame; empty at the end.
     *
     * @throws BrokenCapture if the file is not what its format asks for
     */
    Optional<CapturedFrame> next() throws IOException;

    /** What a user should know of what has been read so far, such as that the file breaks off; a sentence each. */
    List<String> remarks();
}
