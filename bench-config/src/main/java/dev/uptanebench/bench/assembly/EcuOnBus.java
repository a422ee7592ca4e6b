package dev.uptanebench.bench.assembly;

import dev.uptanebench.bench.config.BenchConfig;
import dev.uptanebench.bench.config.EcuConfig;
import dev.uptanebench.vehicle.can.CanBus;
import dev.uptanebench.vehicle.can.remote.CannotListen;
import dev.uptanebench.vehicle.can.remote.HostAndPort;
import dev.uptanebench.vehicle.can.remote.OpenBus;
import dev.uptanebench.vehicle.ethernet.socket.DoipSockets;
import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.history.Recorder;
import dev.uptanebench.vehicle.kernel.Limits;
import dev.uptanebench.vehicle.kernel.RealTime;
import dev.uptanebench.vehicle.kernel.World;
import dev.uptanebench.vehicle.uptane.SignatureCheck;
import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A simulated Secondary that lives on its bus until it is told to end. Belongs to the thread that made it. */
public final class EcuOnBus implements AutoCloseable {
    private static final Duration GLANCE = Duration.ofMillis(50);

    private final World world;
    private final List<String> reachable;

    /** @param tls how it proves who it is, where TLS is wanted */
    EcuOnBus(Foundation factory, EcuConfig ecu, SignatureCheck signatures, Outside outside, @Nullable SslContext tls,
            Consumer<Event> witness, long seed) throws CannotListen {
        BenchConfig config = factory.config();
        RealTime time = new RealTime();
        world = new World(ecu.id(), time.start(), seed, Limits.standard(), time);
        Recorder recorder = Recorder.telling(world::now, witness);
        Wiring wiring = new Wiring(config, world, time, recorder);
        EcuAssembly assembly = new EcuAssembly(factory, signatures, new ImageSet(config),
                config.yardstick().profile().checks(), world, recorder);
        switch (ecu.diagnostics()) {
            case EcuConfig.OnCan _ -> {
                CanBus bus = outside.open() ? wiring.connectWhole(ecu) : wiring.connect(ecu);
                assembly.secondary(ecu, wiring.ecuEnd(ecu));
                this.reachable = open(outside, new OpenBus(world, time, bus));
            }
            case EcuConfig.OnEthernet ethernet -> {
                DoipSockets sockets = sockets(outside.doip().orElseThrow(), ecu, time, tls);
                assembly.secondary(ecu, wiring.ecuEnd(ecu, ethernet, sockets));
                this.reachable = told(sockets);
            }
        }
    }

    private DoipSockets sockets(Outside.Doip doip, EcuConfig ecu, RealTime time, @Nullable SslContext tls)
            throws CannotListen {
        try {
            return DoipSockets.open(world, time, ecu.bus(), doip.address(), tls == null
                    ? null
                    : new DoipSockets.Secured(doip.secured().orElseThrow(), tls));
        } catch (CannotListen e) {
            world.close();
            throw e;
        }
    }

    private static List<String> told(DoipSockets sockets) {
        List<String> ways = new ArrayList<>();
        ways.add("doip on " + HostAndPort.written(sockets.address()) + ", TCP and UDP");
        InetSocketAddress secured = sockets.securedAddress();
        if (secured != null) {
            ways.add("doip with TLS on " + HostAndPort.written(secured));
        }
        return ways;
    }

    private static List<String> open(Outside outside, OpenBus bus) throws CannotListen {
        try {
            return outside.open(bus);
        } catch (CannotListen e) {
            bus.world().close();
            throw e;
        }
    }

    /** How others reach its bus over the network, in a sentence each. */
    public List<String> reachable() {
        return reachable;
    }

    /**
     * Answers whoever speaks to it.
     *
     * @param ended whether somebody wants it to end
     * @throws RuntimeException if the bus is lost
     */
    public void live(BooleanSupplier ended) {
        while (!ended.getAsBoolean()) {
            world.runUntil(world.now() + GLANCE.toNanos());
        }
    }

    /** It is gone from the bus. */
    @Override
    public void close() {
        world.close();
    }
}
