package dev.uptanebench.vehicle.isotp;

import dev.uptanebench.vehicle.can.CanId;

/**
 * One end of a conversation.
 *
 * @param padding byte that fills a frame up to 8, 0 to 255, or {@link #NO_PADDING}; 0xCC needs the fewest stuff bits.
 *     Longer CAN FD frames are filled up to the next length that exists in any case
 * @param blockSize BS this end announces: consecutive frames between two flow controls, 0 for no limit
 * @param separation STmin this end announces, as it stands in the frame
 * @param longest longest message this end takes
 * @param waits N_WFTmax: how many flow controls in a row may ask it to wait, and how often it asks by itself
 */
public record IsoTpConfig(IsoTpAddress address, IsoTpFrames frames, int padding, int blockSize, int separation,
        int longest, int waits, IsoTpTimes times) {
    /** Longest message with a 12-bit length. */
    public static final int MAX_LENGTH = 4095;
    /** Longest message this engine handles at all, where ISO 15765-2 has 32 bits. */
    public static final int LARGEST = 1 << 30;
    /** Frames are as short as what they carry. */
    public static final int NO_PADDING = -1;

    private static final int BYTE = 0xFF;
    private static final int PADDING = 0xCC;
    private static final int WAITS = 10;

    /** @throws IllegalArgumentException if a value does not fit its field */
    public IsoTpConfig {
        if ((blockSize | separation) >>> 8 != 0 || padding < NO_PADDING || padding > BYTE || longest < 1
                || longest > LARGEST || waits < 0) {
            throw new IllegalArgumentException("a value that no ISO-TP frame can hold");
        }
    }

    /** Normal addressing with all else as in {@link #of(IsoTpAddress)}. */
    public static IsoTpConfig of(CanId sends, CanId receives) {
        return of(IsoTpAddress.normal(sends, receives));
    }

    /** Classical frames, padding CC, no block limit, no separation, 4095 bytes, at most 10 waits, standard times. */
    public static IsoTpConfig of(IsoTpAddress address) {
        return new IsoTpConfig(address, IsoTpFrames.CLASSICAL, PADDING, 0, 0, MAX_LENGTH, WAITS, IsoTpTimes.standard());
    }

    /** Identifier of the frames this end sends. */
    public CanId sends() {
        return address.sends();
    }

    /** Identifier of the frames it listens to. */
    public CanId receives() {
        return address.receives();
    }

    /** The same with another flow control; {@code separation} as it stands in the frame. */
    public IsoTpConfig withFlow(int newBlockSize, int newSeparation) {
        return new IsoTpConfig(address, frames, padding, newBlockSize, newSeparation, longest, waits, times);
    }

    public IsoTpConfig withFrames(IsoTpFrames newFrames) {
        return new IsoTpConfig(address, newFrames, padding, blockSize, separation, longest, waits, times);
    }

    public IsoTpConfig withPadding(int newPadding) {
        return new IsoTpConfig(address, frames, newPadding, blockSize, separation, longest, waits, times);
    }

    /** The same for an end with another buffer. */
    public IsoTpConfig withLongest(int newLongest) {
        return new IsoTpConfig(address, frames, padding, blockSize, separation, newLongest, waits, times);
    }

    public IsoTpConfig withWaits(int newWaits) {
        return new IsoTpConfig(address, frames, padding, blockSize, separation, longest, newWaits, times);
    }

    public IsoTpConfig withTimes(IsoTpTimes newTimes) {
        return new IsoTpConfig(address, frames, padding, blockSize, separation, longest, waits, newTimes);
    }

    /** The other end of the same pair with the same settings. */
    public IsoTpConfig reversed() {
        return new IsoTpConfig(address.reversed(), frames, padding, blockSize, separation, longest, waits, times);
    }
}
