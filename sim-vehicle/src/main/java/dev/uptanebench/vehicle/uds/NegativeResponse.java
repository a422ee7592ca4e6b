package dev.uptanebench.vehicle.uds;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Negative response codes (ISO 14229-1 annex A.1). */
public enum NegativeResponse {
    GENERAL_REJECT(0x10), //
    SERVICE_NOT_SUPPORTED(0x11), //
    SUB_FUNCTION_NOT_SUPPORTED(0x12), //
    INCORRECT_LENGTH(0x13), //
    RESPONSE_TOO_LONG(0x14), //
    BUSY_REPEAT_REQUEST(0x21), //
    CONDITIONS_NOT_CORRECT(0x22), //
    REQUEST_SEQUENCE_ERROR(0x24), //
    REQUEST_OUT_OF_RANGE(0x31), //
    SECURITY_ACCESS_DENIED(0x33), //
    AUTHENTICATION_REQUIRED(0x34), //
    INVALID_KEY(0x35), //
    EXCEEDED_ATTEMPTS(0x36), //
    REQUIRED_TIME_DELAY(0x37), //
    CERTIFICATE_TIME_PERIOD(0x50), //
    CERTIFICATE_SIGNATURE(0x51), //
    CERTIFICATE_CHAIN_OF_TRUST(0x52), //
    CERTIFICATE_TYPE(0x53), //
    CERTIFICATE_FORMAT(0x54), //
    CERTIFICATE_CONTENT(0x55), //
    CERTIFICATE_SCOPE(0x56), //
    CERTIFICATE_INVALID(0x57), //
    OWNERSHIP_NOT_PROVEN(0x58), //
    TRANSFER_NOT_ACCEPTED(0x70), //
    TRANSFER_SUSPENDED(0x71), //
    PROGRAMMING_FAILURE(0x72), //
    WRONG_BLOCK_COUNTER(0x73), //
    RESPONSE_PENDING(0x78), //
    SUB_FUNCTION_NOT_IN_SESSION(0x7E), //
    SERVICE_NOT_IN_SESSION(0x7F), //
    VOLTAGE_TOO_HIGH(0x92), //
    VOLTAGE_TOO_LOW(0x93);

    private static final Set<NegativeResponse> SILENT_WHEN_FUNCTIONAL = EnumSet.of(SERVICE_NOT_SUPPORTED,
            SUB_FUNCTION_NOT_SUPPORTED, REQUEST_OUT_OF_RANGE, SUB_FUNCTION_NOT_IN_SESSION, SERVICE_NOT_IN_SESSION);

    private final int code;

    NegativeResponse(int code) {
        this.code = code;
    }

    /** The byte on the wire. */
    public int code() {
        return code;
    }

    /** The constant for a byte on the wire; empty for the codes this bench does not know. */
    public static Optional<NegativeResponse> of(int code) {
        for (NegativeResponse response : values()) {
            if (response.code == code) {
                return Optional.of(response);
            }
        }
        return Optional.empty();
    }

    /** Whether it stays unsaid when the request went to everybody. */
    boolean silentWhenFunctional() {
        return SILENT_WHEN_FUNCTIONAL.contains(this);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%02X %s", code, name().toLowerCase(Locale.ROOT).replace('_', ' '));
    }
}
