package dev.uptanebench.vehicle.can.capture;

import java.io.IOException;

/** A capture that is not what its format asks for; the message begins with file and line, or file and byte offset. */
public final class BrokenCapture extends IOException {
    private static final long serialVersionUID = 1;

    BrokenCapture(String where, String what) {
        super(where + ": " + what);
    }
}
