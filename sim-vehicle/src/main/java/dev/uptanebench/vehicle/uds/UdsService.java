package dev.uptanebench.vehicle.uds;

/** Service identifiers of requests; a positive response carries 0x40 more. */
public final class UdsService {
    public static final int SESSION_CONTROL = 0x10;
    public static final int ECU_RESET = 0x11;
    public static final int READ_DATA = 0x22;
    public static final int SECURITY_ACCESS = 0x27;
    public static final int COMMUNICATION_CONTROL = 0x28;
    public static final int AUTHENTICATION = 0x29;
    public static final int WRITE_DATA = 0x2E;
    public static final int ROUTINE_CONTROL = 0x31;
    public static final int REQUEST_DOWNLOAD = 0x34;
    public static final int TRANSFER_DATA = 0x36;
    public static final int TRANSFER_EXIT = 0x37;
    public static final int FILE_TRANSFER = 0x38;
    public static final int TESTER_PRESENT = 0x3E;
    public static final int CONTROL_DTC_SETTING = 0x85;
    public static final int NEGATIVE_RESPONSE = 0x7F;
    public static final int POSITIVE = 0x40;

    private UdsService() {}
}
