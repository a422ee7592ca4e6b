package dev.uptanebench.vehicle.can.simulated;

import dev.uptanebench.vehicle.can.CanFrame;
import dev.uptanebench.vehicle.can.CanId;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Somebody at a port who wants the frames of one identifier, or all of them. */
record Listener(SimulatedPort port, @Nullable CanId id, Consumer<CanFrame> receiver) {

    boolean wants(CanId other) {
        return id == null || id.equals(other);
    }
}
