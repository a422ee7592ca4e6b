package dev.uptanebench.vehicle.link;

import dev.uptanebench.vehicle.can.CanId;
import dev.uptanebench.vehicle.can.CanPort;
import dev.uptanebench.vehicle.isotp.IsoTpAddress;
import dev.uptanebench.vehicle.isotp.IsoTpConfig;
import dev.uptanebench.vehicle.isotp.IsoTpEngine;
import dev.uptanebench.vehicle.kernel.World;
import java.util.Optional;

/**
 * ISO-TP on a port of a CAN bus.
 *
 * @param functional identifier of messages to everybody, in single frames with normal addressing; empty for a node that
 *     neither hears nor sends such
 */
public record CanCarrier(World world, CanPort port, IsoTpConfig isoTp, Optional<CanId> functional) implements Carrier {

    /** Without messages to everybody. */
    public CanCarrier(World world, CanPort port, IsoTpConfig isoTp) {
        this(world, port, isoTp, Optional.empty());
    }

    @Override
    public String network() {
        return port.bus();
    }

    @Override
    public MessageChannel open(MessageListener listener) {
        functional.ifPresent(id -> port.onFrame(id, frame -> IsoTpEngine.single(frame)
                .ifPresent(message -> listener.forEverybody(message, world.now()))));
        return new MessageLink(world, port, isoTp, listener);
    }

    @Override
    public Optional<MessageChannel> everybody() {
        return functional.map(id -> new MessageLink(world, port,
                IsoTpConfig.of(IsoTpAddress.normal(id, id).toEverybody()), (_, _) -> {}));
    }
}
