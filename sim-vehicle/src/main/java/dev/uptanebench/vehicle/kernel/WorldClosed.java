package dev.uptanebench.vehicle.kernel;

/** Thrown out of a wait when the world ends; only ever seen by code that runs in an activity. */
public final class WorldClosed extends RuntimeException {
    private static final long serialVersionUID = 1;

    WorldClosed() {
        super("the world has ended", null, false, false);
    }
}
