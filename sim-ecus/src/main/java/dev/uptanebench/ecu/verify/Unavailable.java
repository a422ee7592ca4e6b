package dev.uptanebench.ecu.verify;

/** A file that verification needs could not be had; nothing is wrong with what was seen so far. */
public final class Unavailable extends Exception {
    private static final long serialVersionUID = 1;

    public Unavailable(String what) {
        super(what, null, false, false);
    }
}
