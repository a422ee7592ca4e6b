package dev.uptanebench.vehicle.link;

import dev.uptanebench.vehicle.doip.EntityConfig;
import dev.uptanebench.vehicle.ethernet.EntityPort;
import dev.uptanebench.vehicle.history.Recorder;
import dev.uptanebench.vehicle.kernel.World;

/**
 * An ECU's place behind a DoIP entity.
 *
 * @param serial names the ECU in the history
 */
public record DoipEntityCarrier(World world, Recorder recorder, EntityPort port, EntityConfig config, String serial)
        implements
            Carrier {

    @Override
    public String network() {
        return port.network();
    }

    @Override
    public MessageChannel open(MessageListener listener) {
        return new DoipEntityLink(this, listener);
    }
}
