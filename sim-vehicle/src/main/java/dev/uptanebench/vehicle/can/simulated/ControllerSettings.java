package dev.uptanebench.vehicle.can.simulated;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a node's controller behaves.
 *
 * @param format which frames it understands
 * @param oneShot whether it gives a frame up that was destroyed, instead of sending it again
 * @param restartAfter how long after going off the bus it asks to come back; null: only when told to
 */
public record ControllerSettings(Format format, boolean oneShot, @Nullable Duration restartAfter) {

    /** What a controller makes of CAN FD frames. */
    public enum Format {
        /** Knows classical frames only and destroys others. */
        CLASSICAL,
        /** Knows classical frames only and lets others pass. */
        FD_TOLERANT,
        /** Knows both. */
        FD
    }

    /** Knows both formats, sends until it succeeds, comes back only when told to. */
    public static ControllerSettings fd() {
        return new ControllerSettings(Format.FD, false, null);
    }

    /** Knows classical frames only, sends until it succeeds, comes back only when told to. */
    public static ControllerSettings classical() {
        return new ControllerSettings(Format.CLASSICAL, false, null);
    }

    public ControllerSettings withFormat(Format newFormat) {
        return new ControllerSettings(newFormat, oneShot, restartAfter);
    }

    /** The same, giving up each frame whose first try fails. */
    public ControllerSettings once() {
        return new ControllerSettings(format, true, restartAfter);
    }

    public ControllerSettings restartingAfter(Duration delay) {
        return new ControllerSettings(format, oneShot, delay);
    }
}
