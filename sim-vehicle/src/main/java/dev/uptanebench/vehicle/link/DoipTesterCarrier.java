package dev.uptanebench.vehicle.link;

import dev.uptanebench.vehicle.doip.TesterConfig;
import dev.uptanebench.vehicle.ethernet.Dialer;
import dev.uptanebench.vehicle.kernel.World;

/** A tester's way to one ECU over DoIP. */
public record DoipTesterCarrier(World world, String network, Dialer dialer, TesterConfig config) implements Carrier {

    @Override
    public MessageChannel open(MessageListener listener) {
        return new DoipTesterLink(world, dialer, config, listener);
    }
}
