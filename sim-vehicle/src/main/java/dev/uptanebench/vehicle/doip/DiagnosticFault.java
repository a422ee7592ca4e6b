package dev.uptanebench.vehicle.doip;

import java.util.Locale;
import java.util.Optional;

/** Why a diagnostic message is not taken (table 26). */
public enum DiagnosticFault {
    /** Its source is not the tester that this connection was activated for; the connection ends. */
    INVALID_SOURCE(0x02),
    /** Nobody here has that address. */
    UNKNOWN_TARGET(0x03),
    /** Longer than the target takes. */
    TOO_LARGE(0x04),
    /** The target has no room for it now. */
    OUT_OF_MEMORY(0x05),
    /** The target is known and does not answer. */
    TARGET_UNREACHABLE(0x06),
    /** The target is on a network that is not there. */
    UNKNOWN_NETWORK(0x07),
    /** The network behind did not carry it. */
    TRANSPORT_ERROR(0x08);

    private final int code;

    DiagnosticFault(int code) {
        this.code = code;
    }

    /** The byte in a {@link DoipMessage.DiagnosticNack}. */
    public int code() {
        return code;
    }

    /** The constant for a byte on the wire; empty for reserved ones. */
    public static Optional<DiagnosticFault> of(int code) {
        for (DiagnosticFault fault : values()) {
            if (fault.code == code) {
                return Optional.of(fault);
            }
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
