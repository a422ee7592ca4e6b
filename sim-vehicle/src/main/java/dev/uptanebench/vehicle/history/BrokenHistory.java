package dev.uptanebench.vehicle.history;

/** A history's file is not what was once written. */
public final class BrokenHistory extends RuntimeException {
    private static final long serialVersionUID = 1;

    BrokenHistory(int line, String what) {
        super("line " + line + ": " + what);
    }
}
