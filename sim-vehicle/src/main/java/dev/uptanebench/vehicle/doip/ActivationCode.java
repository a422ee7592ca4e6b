package dev.uptanebench.vehicle.doip;

import java.util.Locale;
import java.util.Optional;

/** What becomes of a routing activation, and of its connection: the routing activation response codes. */
public enum ActivationCode {
    /** The source is no address of a tester. */
    UNKNOWN_SOURCE(0x00, true),
    /** As many testers as there may be are connected, and all of them are alive. */
    ALL_SOCKETS_TAKEN(0x01, true),
    /** This connection was activated for another source. */
    DIFFERENT_SOURCE(0x02, true),
    /** The source is active on another connection, and alive there. */
    SOURCE_ACTIVE_ELSEWHERE(0x03, true),
    /** Whoever it is has to authenticate first; the connection stays for that. */
    MISSING_AUTHENTICATION(0x04, false),
    /** Somebody in the vehicle did not want it. */
    REJECTED_CONFIRMATION(0x05, true),
    /** No such activation type here. */
    UNSUPPORTED_TYPE(0x06, true),
    /** This type wants a connection with TLS. */
    TLS_REQUIRED(0x07, true),
    /** From now on diagnostic messages pass. */
    ACTIVATED(0x10, false);

    private final int code;
    private final boolean closing;

    ActivationCode(int code, boolean closing) {
        this.code = code;
        this.closing = closing;
    }

    /** The byte in a {@link DoipMessage.ActivationResponse}. */
    public int code() {
        return code;
    }

    /** Whether the connection ends with it. */
    public boolean closing() {
        return closing;
    }

    /** The constant for a byte on the wire; empty for reserved ones. */
    public static Optional<ActivationCode> of(int code) {
        for (ActivationCode activation : values()) {
            if (activation.code == code) {
                return Optional.of(activation);
            }
        }
        return Optional.empty();
    }

    /** A byte on the wire, for people. */
    public static String told(int code) {
        return of(code).map(ActivationCode::toString)
                .orElseGet(() -> String.format(Locale.ROOT, "reserved code %02x", code));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ').replace("tls", "TLS");
    }
}
