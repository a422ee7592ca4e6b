package dev.uptanebench.vehicle.can.socketcan;

import dev.uptanebench.vehicle.kernel.OutsideLost;

/** A real bus cannot be used, or no longer; the message says why and what may help. */
public final class BusLost extends OutsideLost {
    private static final long serialVersionUID = 1;

    BusLost(String bus, String reason) {
        super("the bus " + bus + " is lost: " + reason);
    }
}
