package dev.uptanebench.vehicle.uptane.dialect;

/** Bytes that are not what their place asks for; the message names the field and what was expected. */
public final class MalformedMetadata extends Exception {
    private static final long serialVersionUID = 1;

    public MalformedMetadata(String message) {
        super(message, null, false, false);
    }
}
