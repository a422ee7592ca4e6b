package dev.uptanebench.bench.assembly;

import dev.uptanebench.vehicle.can.remote.CannelloniTunnel;
import dev.uptanebench.vehicle.can.remote.CannotListen;
import dev.uptanebench.vehicle.can.remote.HostAndPort;
import dev.uptanebench.vehicle.can.remote.OpenBus;
import dev.uptanebench.vehicle.can.remote.SocketcandServer;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * How others reach one bus of a world, or one ECU on Ethernet, over the network.
 *
 * @param socketcand where a socketcand server is to listen
 * @param doip where the DoIP entity is to be, or is
 * @param told is told what the server or the tunnel meets, in one sentence and from any thread
 */
public record Outside(Optional<InetSocketAddress> socketcand, Optional<Tunnel> tunnel, Optional<Doip> doip,
        Consumer<String> told) {

    /**
     * A cannelloni tunnel.
     *
     * @param local where this end listens
     * @param remote the other end
     */
    public record Tunnel(InetSocketAddress local, InetSocketAddress remote) {}

    /**
     * DoIP on real sockets.
     *
     * @param address of TCP and UDP
     * @param secured of TLS
     */
    public record Doip(InetSocketAddress address, Optional<InetSocketAddress> secured) {}

    /** Nobody reaches it. */
    public static Outside closed() {
        return new Outside(Optional.empty(), Optional.empty(), Optional.empty(), words -> {});
    }

    /** Whether anybody reaches it. */
    public boolean open() {
        return bus() || doip.isPresent();
    }

    /** Whether something is sent to other machines, and not only answered to them. */
    public boolean leavesThisMachine() {
        return Stream.concat(tunnel.map(Tunnel::remote).stream(), doip.map(Doip::address).stream())
                .anyMatch(address -> address.isUnresolved() || !address.getAddress().isLoopbackAddress());
    }

    /** Whether anybody reaches a CAN bus. */
    public boolean bus() {
        return socketcand.isPresent() || tunnel.isPresent();
    }

    /**
     * Opens the bus, until its world ends; in the world's thread.
     *
     * @return what is open, in a sentence each
     */
    List<String> open(OpenBus bus) throws CannotListen {
        List<String> ways = new ArrayList<>();
        if (socketcand.isPresent()) {
            SocketcandServer server = SocketcandServer.open(bus, socketcand.get(), told);
            ways.add("socketcand on " + HostAndPort.written(server.address()) + ", bus " + bus.bus().name());
        }
        if (tunnel.isPresent()) {
            CannelloniTunnel end = CannelloniTunnel.open(bus, tunnel.get().local(), tunnel.get().remote(), told);
            ways.add("cannelloni on " + HostAndPort.written(end.address()) + ", the other end is "
                    + HostAndPort.written(tunnel.get().remote()));
        }
        return ways;
    }
}
