package dev.uptanebench.vehicle.isotp;

/** Protocol control information in the high nibble of its first byte (ISO 15765-2 9.6.1). */
final class FrameType {
    static final int SINGLE = 0;
    static final int FIRST = 1;
    static final int CONSECUTIVE = 2;
    static final int FLOW_CONTROL = 3;

    static final int CONTINUE = 0;
    static final int WAIT = 1;
    static final int OVERFLOW = 2;

    private FrameType() {}
}
