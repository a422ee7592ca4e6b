package dev.uptanebench.vehicle.doip;

import java.util.Locale;

/** Why a header is refused (table 19), in the order in which that is found out. */
public enum HeaderFault {
    /** Version and inverse version do not fit, or the version is none that is spoken here. */
    INCORRECT_PATTERN(0x00, true),
    /** No such payload type, or none that comes this way. */
    UNKNOWN_TYPE(0x01, false),
    /** Longer than this entity ever takes. */
    TOO_LARGE(0x02, false),
    /** Longer than it can take now. */
    OUT_OF_MEMORY(0x03, false),
    /** No payload of that type is that long. */
    INVALID_LENGTH(0x04, true);

    private final int code;
    private final boolean closing;

    HeaderFault(int code, boolean closing) {
        this.code = code;
        this.closing = closing;
    }

    /** The byte in a {@link DoipMessage.HeaderNack}. */
    public int code() {
        return code;
    }

    /** A byte on the wire, for people. */
    static String told(int code) {
        for (HeaderFault fault : values()) {
            if (fault.code == code) {
                return fault.toString();
            }
        }
        return String.format(Locale.ROOT, "reserved code %02x", code);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Whether the connection ends with it; otherwise the message is passed over. */
    public boolean closing() {
        return closing;
    }
}
