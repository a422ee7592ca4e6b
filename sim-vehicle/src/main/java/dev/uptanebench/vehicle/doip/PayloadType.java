package dev.uptanebench.vehicle.doip;

import java.util.Optional;

/** Payload types (table 17): how each travels and how long its payload is. */
public enum PayloadType {
    HEADER_NACK(0x0000, true, true, 1, 1), //
    IDENTIFICATION_REQUEST(0x0001, true, false, 0, 0), //
    IDENTIFICATION_BY_EID(0x0002, true, false, 6, 6), //
    IDENTIFICATION_BY_VIN(0x0003, true, false, 17, 17), //
    ANNOUNCEMENT(0x0004, true, false, 32, 33), //
    ACTIVATION_REQUEST(0x0005, false, true, 7, 11), //
    ACTIVATION_RESPONSE(0x0006, false, true, 9, 13), //
    ALIVE_CHECK_REQUEST(0x0007, false, true, 0, 0), //
    ALIVE_CHECK_RESPONSE(0x0008, false, true, 2, 2), //
    STATUS_REQUEST(0x4001, true, false, 0, 0), //
    STATUS_RESPONSE(0x4002, true, false, 3, 7), //
    POWER_MODE_REQUEST(0x4003, true, false, 0, 0), //
    POWER_MODE_RESPONSE(0x4004, true, false, 1, 1), //
    DIAGNOSTIC_MESSAGE(0x8001, false, true, 5, Integer.MAX_VALUE), //
    DIAGNOSTIC_ACK(0x8002, false, true, 5, Integer.MAX_VALUE), //
    DIAGNOSTIC_NACK(0x8003, false, true, 5, Integer.MAX_VALUE);

    private final int code;
    private final boolean udp;
    private final boolean tcp;
    private final int least;
    private final int most;

    PayloadType(int code, boolean udp, boolean tcp, int least, int most) {
        this.code = code;
        this.udp = udp;
        this.tcp = tcp;
        this.least = least;
        this.most = most;
    }

    /** The two bytes in the header. */
    public int code() {
        return code;
    }

    /** Whether it comes in datagrams. */
    public boolean udp() {
        return udp;
    }

    /** Whether it comes over connections. */
    public boolean tcp() {
        return tcp;
    }

    /** Whether a payload can be that long: where its last field may be missing there are two lengths. */
    public boolean fits(long length) {
        return most == Integer.MAX_VALUE ? length >= least && length <= most : length == least || length == most;
    }

    /** The constant for the two bytes in a header; empty for types that are reserved or a manufacturer's own. */
    public static Optional<PayloadType> of(int code) {
        for (PayloadType type : values()) {
            if (type.code == code) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
