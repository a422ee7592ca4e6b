package dev.uptanebench.vehicle.isotp;

/** Protocol control information in the high nibble of the first byte (ISO 15765-2 9.6.1). */
final class FrameType {
    static final int SINGLE = 0;
    static final int FIRST = 1;
    static final int CONSECUTIVE = 2;
    static final int FLOW_CONTROL = 3;

    /** Data bytes of a single or consecutive frame. */
    static final int SINGLE_BYTES = 7;
    /** Data bytes of a first frame. */
    static final int FIRST_BYTES = 6;

    static final int CONTINUE = 0;
    static final int WAIT = 1;
    static final int OVERFLOW = 2;

    private FrameType() {}
}
