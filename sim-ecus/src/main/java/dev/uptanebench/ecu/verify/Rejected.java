package dev.uptanebench.ecu.verify;

/** A check failed; carries the value that says why. */
public final class Rejected extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Rejection rejection;

    Rejected(Rejection rejection) {
        super(rejection.toString(), null, false, false);
        this.rejection = rejection;
    }

    public Rejection rejection() {
        return rejection;
    }
}
