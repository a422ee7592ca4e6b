package dev.uptanebench.vehicle.kernel;

/** Something real that a world cannot do without has failed; the message is one sentence for whoever looks after it. */
public class OutsideLost extends RuntimeException {
    private static final long serialVersionUID = 1;

    protected OutsideLost(String message) {
        super(message, null, false, false);
    }
}
