package dev.uptanebench.vehicle.kernel;

/** The world cannot go on: nothing is left to happen, or it went past its limit of time or events. */
public final class WorldStalled extends RuntimeException {
    private static final long serialVersionUID = 1;

    WorldStalled(String message) {
        super(message);
    }
}
