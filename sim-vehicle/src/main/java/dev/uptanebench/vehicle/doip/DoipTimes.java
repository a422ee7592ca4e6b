package dev.uptanebench.vehicle.doip;

import java.util.concurrent.TimeUnit;

/**
 * Times in nanoseconds (table 12).
 *
 * @param announceWait A_DoIP_Announce_Wait: longest time before an entity announces itself or answers who looks for it
 * @param announceInterval A_DoIP_Announce_Interval: between two announcements
 * @param announcements A_DoIP_Announce_Num: how often it does so
 * @param initialInactivity T_TCP_Initial_Inactivity: how long a connection may be there before its activation is asked for
 * @param generalInactivity T_TCP_General_Inactivity: how long it may be silent afterwards
 * @param aliveCheck T_TCP_Alive_Check: how long a tester has to say that it is alive
 * @param control A_DoIP_Ctrl: how long a tester waits for the answer to a control message
 * @param acknowledgement A_DoIP_Diagnostic_Message: how long a tester waits until a diagnostic message is acknowledged
 */
public record DoipTimes(long announceWait, long announceInterval, int announcements, long initialInactivity,
        long generalInactivity, long aliveCheck, long control, long acknowledgement) {
    private static final int ANNOUNCEMENTS = 3;

    /** Those of the standard. */
    public static DoipTimes standard() {
        return new DoipTimes(TimeUnit.MILLISECONDS.toNanos(500), TimeUnit.MILLISECONDS.toNanos(500), ANNOUNCEMENTS,
                TimeUnit.SECONDS.toNanos(2), TimeUnit.MINUTES.toNanos(5), TimeUnit.MILLISECONDS.toNanos(500),
                TimeUnit.SECONDS.toNanos(2), TimeUnit.SECONDS.toNanos(2));
    }
}
