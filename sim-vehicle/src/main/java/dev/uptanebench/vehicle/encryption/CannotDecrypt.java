package dev.uptanebench.vehicle.encryption;

/** An image that does not open; the message says in one sentence why not. */
public final class CannotDecrypt extends Exception {
    private static final long serialVersionUID = 1L;

    CannotDecrypt(String message) {
        super(message);
    }
}
