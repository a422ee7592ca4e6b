package dev.uptanebench.vehicle.isotp;

import dev.uptanebench.vehicle.can.CanFrame;

/**
 * Which frames an end sends. What it receives may be of either kind.
 *
 * @param fd whether they are CAN FD frames
 * @param switches whether those go on at the data rate
 * @param longest TX_DL: data bytes of all frames of a longer message but the last; 8, or more with CAN FD
 */
public record IsoTpFrames(boolean fd, boolean switches, int longest) {
    /** Classical frames. */
    public static final IsoTpFrames CLASSICAL = new IsoTpFrames(false, false, CanFrame.MAX_LENGTH);

    /** @throws IllegalArgumentException if no frame has that many bytes, or fewer than 8 */
    public IsoTpFrames {
        if (longest < CanFrame.MAX_LENGTH || (!fd && longest > CanFrame.MAX_LENGTH)
                || CanFrame.fdLength(longest) != longest) {
            throw new IllegalArgumentException("TX_DL is the length of a frame from 8 on, not " + longest);
        }
    }

    /** CAN FD frames of up to {@code longest} bytes that switch to the data rate. */
    public static IsoTpFrames fd(int longest) {
        return new IsoTpFrames(true, true, longest);
    }
}
