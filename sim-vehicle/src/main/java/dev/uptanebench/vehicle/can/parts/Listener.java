package dev.uptanebench.vehicle.can.parts;

import dev.uptanebench.vehicle.can.CanPort;
import dev.uptanebench.vehicle.can.CanFrame;
import dev.uptanebench.vehicle.can.CanId;
import dev.uptanebench.vehicle.can.IdFilter;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Somebody at a port who wants the frames that pass a filter, or all of them. */
public record Listener(CanPort port, @Nullable IdFilter filter, Consumer<CanFrame> receiver) {

    public boolean wants(CanId other) {
        return filter == null || filter.matches(other);
    }
}
