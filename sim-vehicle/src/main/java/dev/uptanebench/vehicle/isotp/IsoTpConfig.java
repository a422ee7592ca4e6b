package dev.uptanebench.vehicle.isotp;

import dev.uptanebench.vehicle.can.CanId;
import java.util.concurrent.TimeUnit;

/**
 * One end of a pair of addresses.
 *
 * @param sends identifier of the frames this end sends
 * @param receives identifier of the frames it listens to
 * @param padding byte that fills a frame up to 8, 0 to 255; 0xCC needs the fewest stuff bits
 * @param blockSize BS this end announces: consecutive frames between two flow controls, 0 for no limit
 * @param separation STmin this end announces, as it stands in the frame
 * @param longest longest message this end takes, at most 4095
 * @param waits N_WFTmax: how many flow controls in a row may ask it to wait
 * @param timeout N_As, N_Bs and N_Cr, nanoseconds
 */
public record IsoTpConfig(CanId sends, CanId receives, int padding, int blockSize, int separation, int longest,
        int waits, long timeout) {
    /** Longest message on classical CAN with a 12-bit length. */
    public static final int MAX_LENGTH = 4095;

    private static final int BYTE = 0xFF;
    private static final int PADDING = 0xCC;
    private static final int WAITS = 10;

    /** @throws IllegalArgumentException if a value does not fit its field */
    public IsoTpConfig {
        if ((padding | blockSize | separation) >>> 8 != 0 || longest < 1 || longest > MAX_LENGTH || waits < 0
                || timeout <= 0) {
            throw new IllegalArgumentException("a value that no ISO-TP frame can hold");
        }
    }

    /** Padding CC, no block limit, no separation, 4095 bytes, at most 10 waits, time-outs of a second. */
    public static IsoTpConfig of(CanId sends, CanId receives) {
        return new IsoTpConfig(sends, receives, PADDING, 0, 0, MAX_LENGTH, WAITS, TimeUnit.SECONDS.toNanos(1));
    }

    /** The same with another flow control; {@code separation} as it stands in the frame. */
    public IsoTpConfig withFlow(int newBlockSize, int newSeparation) {
        return new IsoTpConfig(sends, receives, padding, newBlockSize, newSeparation, longest, waits, timeout);
    }

    public IsoTpConfig withPadding(int newPadding) {
        return new IsoTpConfig(sends, receives, newPadding & BYTE, blockSize, separation, longest, waits, timeout);
    }

    /** The same for an end with a smaller buffer. */
    public IsoTpConfig withLongest(int newLongest) {
        return new IsoTpConfig(sends, receives, padding, blockSize, separation, newLongest, waits, timeout);
    }

    /** The other end of the same pair with the same settings. */
    public IsoTpConfig reversed() {
        return new IsoTpConfig(receives, sends, padding, blockSize, separation, longest, waits, timeout);
    }
}
