package dev.uptanebench.vehicle.can.dbc;

import java.io.IOException;

/** A file that is no DBC; the message begins with file, line and column. */
public final class BrokenDbc extends IOException {
    private static final long serialVersionUID = 1;

    BrokenDbc(String where, String what) {
        super(where + ": " + what);
    }
}
