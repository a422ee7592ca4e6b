package dev.uptanebench.bench.assembly;

import dev.uptanebench.bench.config.BenchConfig;
import dev.uptanebench.bench.config.EcuConfig;
import dev.uptanebench.vehicle.can.CanBus;
import dev.uptanebench.vehicle.can.remote.CannotListen;
import dev.uptanebench.vehicle.can.remote.OpenBus;
import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.history.Recorder;
import dev.uptanebench.vehicle.kernel.Limits;
import dev.uptanebench.vehicle.kernel.RealTime;
import dev.uptanebench.vehicle.kernel.World;
import dev.uptanebench.vehicle.uptane.SignatureCheck;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** A simulated Secondary that lives on its bus until it is told to end. Belongs to the thread that made it. */
public final class EcuOnBus implements AutoCloseable {
    private static final Duration GLANCE = Duration.ofMillis(50);

    private final World world;
    private final List<String> reachable;

    EcuOnBus(Foundation factory, EcuConfig ecu, SignatureCheck signatures, Outside outside, Consumer<Event> witness,
            long seed) throws CannotListen {
        BenchConfig config = factory.config();
        RealTime time = new RealTime();
        world = new World(ecu.id(), time.start(), seed, Limits.standard(), time);
        Recorder recorder = Recorder.telling(world::now, witness);
        Wiring wiring = new Wiring(config, world, time, recorder);
        CanBus bus = outside.open() ? wiring.connectWhole(ecu) : wiring.connect(ecu);
        new EcuAssembly(factory, signatures, new ImageSet(config), config.yardstick().profile().checks(), world,
                recorder).secondary(ecu, wiring.port(ecu), wiring.ecuEnd(ecu));
        this.reachable = open(outside, new OpenBus(world, time, bus));
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
