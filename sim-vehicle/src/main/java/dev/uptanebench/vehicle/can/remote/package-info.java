/**
 * Other people's tools on a bus of a world: a socketcand server, and cannelloni tunnels. Both hang on any bus, simulated or
 * real, of a world on {@link dev.uptanebench.vehicle.kernel.RealTime}.
 *
 * <p>What comes over the network is read in Netty's threads and enters the world frame by frame; what nodes send is handed
 * out in the world's thread, which never waits for anybody. Everything that can pile up has an end, named in
 * {@link dev.uptanebench.vehicle.kernel.Limits}.
 */
@NullMarked
package dev.uptanebench.vehicle.can.remote;

import org.jspecify.annotations.NullMarked;
