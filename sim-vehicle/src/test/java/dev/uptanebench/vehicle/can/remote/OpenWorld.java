package dev.uptanebench.vehicle.can.remote;

import dev.uptanebench.vehicle.can.CanFrame;
import dev.uptanebench.vehicle.can.simulated.BitRates;
import dev.uptanebench.vehicle.can.simulated.SimulatedBus;
import dev.uptanebench.vehicle.history.Recorder;
import dev.uptanebench.vehicle.kernel.Limits;
import dev.uptanebench.vehicle.kernel.RealTime;
import dev.uptanebench.vehicle.kernel.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

/** A world on the machine's clock with one simulated bus, on which one node listens to everything. */
final class OpenWorld implements AutoCloseable {
    private static final long MOMENT = Duration.ofMillis(20).toNanos();
    private static final long PATIENCE = Duration.ofSeconds(10).toNanos();

    final RealTime time = new RealTime();
    final World world = new World("open", time.start(), 1, Limits.standard(), time);
    final SimulatedBus bus;
    final OpenBus open;
    final List<CanFrame> heard = new ArrayList<>();
    final List<String> told = new CopyOnWriteArrayList<>();

    OpenWorld(BitRates rates) {
        bus = new SimulatedBus(world, "body", rates, new Recorder(world::now));
        open = new OpenBus(world, time, bus);
        bus.attach("ear").onFrame(heard::add);
    }

    static OpenWorld classical() {
        return new OpenWorld(BitRates.classical(500_000));
    }

    static OpenWorld fd() {
        return new OpenWorld(new BitRates(500_000, 2_000_000));
    }

    /** Runs the world until that is so; fails if it never is. */
    void until(BooleanSupplier so) {
        long end = world.now() + PATIENCE;
        while (!so.getAsBoolean()) {
            if (world.now() > end) {
                throw new AssertionError("it never was so; heard " + heard.size() + " frames, told " + told);
            }
            world.runUntil(world.now() + MOMENT);
        }
    }

    @Override
    public void close() {
        world.close();
    }
}
