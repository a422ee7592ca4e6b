package dev.uptanebench.vehicle.delta;

/** Bytes that make no image of the one at hand; the message says in one sentence why not. */
public final class NoDelta extends Exception {
    private static final long serialVersionUID = 1L;

    NoDelta(String message) {
        super(message);
    }
}
