package dev.uptanebench.vehicle.kernel;

import java.time.Duration;

/**
 * Every bound that keeps something hostile from growing without end, by name. ECUs state the ones on files in the
 * history, where the oracles read them.
 *
 * @param rootBytes X of 5.4.4.3 step 2.2, for each Root file
 * @param rootRotations how many new Root files one cycle follows
 * @param timestampBytes Y of 5.4.4.4 step 1
 * @param snapshotBytes bound of 5.4.4.5 step 1 where Timestamp gives no length
 * @param targetsBytes Z of 5.4.4.6 step 1, for each Targets file
 * @param delegatedRoles how many delegated roles one search visits
 * @param manifestBytes largest vehicle manifest the Director reads
 * @param timeBytes largest time message
 * @param retrievalTime longest time any one file may take (5.4, slow retrieval)
 * @param retrievalWindow over which the rate of a download is measured
 * @param retrievalBytesPerSecond slowest rate over that window that is not called slow retrieval
 * @param worldEvents how many events one call of {@link World#run} may bring
 * @param worldTime how much world time one call of {@link World#run} may pass
 */
public record Limits(int rootBytes, int rootRotations, int timestampBytes, int snapshotBytes, int targetsBytes,
        int delegatedRoles, int manifestBytes, int timeBytes, Duration retrievalTime, Duration retrievalWindow,
        int retrievalBytesPerSecond, long worldEvents, Duration worldTime) {
    /** How many events may wait to enter a world from outside. */
    public static final int OUTSIDE_EVENTS = 4096;
    /** How many frames of a real bus may wait for the world; after that they wait in the kernel, which drops and counts. */
    public static final int HEARD_FRAMES = 8192;
    /** How many frames of one node may wait for a real bus, those that are on their way included. */
    public static final int PORT_FRAMES = 4096;
    /** Largest DBC file, in bytes, and what it may hold. */
    public static final int DBC_BYTES = 16 * 1024 * 1024;
    public static final int DBC_MESSAGES = 8192;
    public static final int DBC_SIGNALS = 131_072;
    /** Most frames of a recording that is played again and again. */
    public static final int RECORDED_FRAMES = 1_000_000;
    /** Longest line of a capture, in bytes. */
    public static final int CAPTURE_LINE = 4096;
    /** Most buses of a capture. */
    public static final int CAPTURE_BUSES = 256;
    /** Most bytes of one part of a binary capture, packed or unpacked; those of Vector's tools have 128 KiB. */
    public static final int CAPTURE_PART = 16 * 1024 * 1024;
    /** How many frames from one client or tunnel may wait for the world, and how many may wait to go out to one tunnel. */
    public static final int OUTSIDER_FRAMES = 4096;
    /** How many bytes one client may leave unread. */
    public static final int OUTSIDER_UNREAD = 256 * 1024;
    /** How many clients one socketcand server has at a time. */
    public static final int SOCKETCAND_CLIENTS = 16;
    /** How many characters one command of socketcand has; the longest useful one sends 64 bytes. */
    public static final int SOCKETCAND_COMMAND = 512;
    /** How many bytes one datagram of a tunnel has: what passes through any Ethernet in one piece. */
    public static final int DATAGRAM_BYTES = 1472;

    /** How many connections one DoIP entity on real sockets has at a time, those that it will turn away included. */
    public static final int DOIP_CONNECTIONS = 64;
    /** How many datagrams to one DoIP entity on real sockets may wait for the world; others are lost. */
    public static final int DOIP_DATAGRAMS = 64;

    /** What an ECU of some size would choose; sizes after those of deployed clients. */
    public static Limits standard() {
        return new Limits(64 * 1024, 32, 16 * 1024, 64 * 1024, 256 * 1024, 32, 256 * 1024, 4 * 1024,
                Duration.ofMinutes(10), Duration.ofSeconds(20), 1000, 100_000_000, Duration.ofDays(3660));
    }

    /** What a client with the memory of a computer chooses: sizes after those of TUF clients in use. */
    public static Limits generous() {
        return new Limits(512 * 1024, 1024, 16 * 1024, 2 * 1024 * 1024, 8 * 1024 * 1024, 32, 256 * 1024, 4 * 1024,
                Duration.ofMinutes(30), Duration.ofSeconds(20), 1000, 100_000_000, Duration.ofDays(3660));
    }

    long worldNanos() {
        return worldTime.toNanos();
    }
}
