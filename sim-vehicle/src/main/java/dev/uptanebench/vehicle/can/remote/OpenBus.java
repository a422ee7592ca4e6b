package dev.uptanebench.vehicle.can.remote;

import dev.uptanebench.vehicle.can.CanBus;
import dev.uptanebench.vehicle.kernel.RealTime;
import dev.uptanebench.vehicle.kernel.World;

/**
 * A bus that somebody outside its world is to reach.
 *
 * @param world to which the bus belongs
 * @param time which drives that world
 */
public record OpenBus(World world, RealTime time, CanBus bus) {}
