package dev.uptanebench.vehicle.uds;

/** Diagnostic sessions. */
public final class UdsSession {
    public static final int DEFAULT = 1;
    public static final int PROGRAMMING = 2;
    public static final int EXTENDED = 3;

    private UdsSession() {}
}
