package dev.uptanebench.ecu.primary;

/** A Secondary did not answer, or answered no. */
public final class LinkFailed extends Exception {
    private static final long serialVersionUID = 1;

    public LinkFailed(String message) {
        super(message, null, false, false);
    }
}
