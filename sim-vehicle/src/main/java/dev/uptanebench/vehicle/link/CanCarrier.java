package dev.uptanebench.vehicle.link;

import dev.uptanebench.vehicle.can.CanPort;
import dev.uptanebench.vehicle.isotp.IsoTpConfig;
import dev.uptanebench.vehicle.kernel.World;

/** ISO-TP on a port of a CAN bus. */
public record CanCarrier(World world, CanPort port, IsoTpConfig isoTp) implements Carrier {

    @Override
    public String network() {
        return port.bus();
    }

    @Override
    public MessageChannel open(MessageListener listener) {
        return new MessageLink(world, port, isoTp, listener);
    }
}
