package dev.uptanebench.vehicle.doip;

import java.util.Locale;

/** Which logical addresses are whose (table 13). */
public final class LogicalAddress {
    public static final int FIRST_TESTER = 0x0E00;
    public static final int LAST_TESTER = 0x0FFF;
    /** Addresses from here to {@link #LAST_GROUP} mean several ECUs at once. */
    public static final int FIRST_GROUP = 0xE000;
    public static final int LAST_GROUP = 0xEFFF;
    /** Largest one. */
    public static final int LAST = 0xFFFF;

    private static final int FIRST_RESERVED = 0x8000;

    private LogicalAddress() {}

    /** Whether testers have such addresses. */
    public static boolean isTester(int address) {
        return address >= FIRST_TESTER && address <= LAST_TESTER;
    }

    /** Whether it is one that a manufacturer can give to an ECU. */
    public static boolean isEcu(int address) {
        return (address > 0 && address < FIRST_TESTER) || (address > LAST_TESTER && address < FIRST_RESERVED);
    }

    /** {@code 0x1001}. */
    public static String written(int address) {
        return String.format(Locale.ROOT, "0x%04x", address);
    }
}
