package dev.uptanebench.bench.assembly;

/** Nothing comes from an ECU that is elsewhere; the message says where it was looked for. */
public final class NotReached extends Exception {
    private static final long serialVersionUID = 1;

    NotReached(String message) {
        super(message, null, false, false);
    }
}
