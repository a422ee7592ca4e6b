package dev.uptanebench.ecu.unit;

import dev.uptanebench.ecu.verify.TimeSourceListed;

/** How an ECU comes to the time it believes (5.4.3.1). */
public sealed interface TimeAccess extends TimeSourceListed permits AttestedTime, ExternalTime {

    /** Whether the time is to be learnt before any date can be judged. */
    boolean isLost();
}
