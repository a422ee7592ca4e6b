package dev.uptanebench.vehicle.isotp;

import java.util.concurrent.TimeUnit;

/**
 * The times of ISO 15765-2 9.8, in nanoseconds. N_Cs, within which a sender has to have its next frame ready, is not among
 * them: this engine has it ready at once, or when the separation time is over.
 *
 * @param as N_As: within which a frame of a message has left
 * @param ar N_Ar: within which a flow control has left
 * @param bs N_Bs: within which a flow control has come
 * @param br N_Br: how long a receiver that is not ready waits before it says so again
 * @param cr N_Cr: within which the next consecutive frame has come
 */
public record IsoTpTimes(long as, long ar, long bs, long br, long cr) {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /** @throws IllegalArgumentException if a time is not positive */
    public IsoTpTimes {
        if (Math.min(Math.min(as, ar), Math.min(Math.min(bs, br), cr)) <= 0) {
            throw new IllegalArgumentException("times are positive");
        }
    }

    /** A second each, and half a second for N_Br. */
    public static IsoTpTimes standard() {
        return new IsoTpTimes(SECOND, SECOND, SECOND, SECOND / 2, SECOND);
    }
}
