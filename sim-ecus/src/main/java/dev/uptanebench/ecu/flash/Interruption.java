package dev.uptanebench.ecu.flash;

import java.time.Duration;
import java.util.Locale;

/** Where an ECU is interrupted. What it was doing with its memory stays half done. */
public sealed interface Interruption {

    Manner manner();

    /**
     * While an image is written.
     *
     * @param bytes how many of it are whole by then, counted from when this was armed
     */
    record Writing(long bytes, Manner manner) implements Interruption {}

    /**
     * While memory for an image is erased.
     *
     * @param sector which of the bank's is left half erased, from 0
     */
    record Erasing(int sector, Manner manner) implements Interruption {}

    /**
     * While the boot record is written.
     *
     * @param bytes how many of it are whole by then; beyond its end for the moment after the last
     */
    record Recording(int bytes, Manner manner) implements Interruption {}

    /**
     * At a moment, whatever it does then. A Primary is met the next time it touches its memory.
     *
     * @param time world time, nanoseconds
     */
    record At(long time, Manner manner) implements Interruption {}

    /** What happens, and how long the ECU is dark. */
    enum Manner {
        /** Its power is cut, and given back after five seconds. */
        CUT(Duration.ofSeconds(5)),
        /** The voltage sags so far that it is reset at once. */
        BROWN_OUT(Duration.ofMillis(10)),
        /** What the memory does never ends, until the watchdog resets the ECU after a second. */
        WATCHDOG(Duration.ofSeconds(1));

        private final Duration dark;

        Manner(Duration dark) {
            this.dark = dark;
        }

        /** As scenarios and histories write it. */
        public String id() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        long darkNanos() {
            return dark.toNanos();
        }
    }
}
