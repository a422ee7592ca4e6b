package dev.uptanebench.vehicle.can.socketcan;

import dev.uptanebench.vehicle.can.IdFilter;
import dev.uptanebench.vehicle.history.Recorder;
import dev.uptanebench.vehicle.kernel.Limits;
import dev.uptanebench.vehicle.kernel.RealTime;
import dev.uptanebench.vehicle.kernel.World;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/** A world on the machine's clock for tests of real buses. */
final class RealWorld implements AutoCloseable {
    private static final long MOMENT = Duration.ofMillis(60).toNanos();
    private static final long PATIENCE = Duration.ofSeconds(20).toNanos();

    final RealTime time = new RealTime();
    final World world = new World("real", time.start(), 1, Limits.standard(), time);
    final Recorder recorder = new Recorder(world::now);

    /** Emulated controllers that have lost an interrupt once hand over each frame too late until they are switched off. */
    static RealWorld withFresh(String... controllers) {
        try {
            for (String state : new String[]{"down", "up"}) {
                for (String controller : controllers) {
                    new ProcessBuilder("ip", "link", "set", controller, state).inheritIO().start().waitFor();
                }
            }
        } catch (java.io.IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return new RealWorld();
    }

    SocketCanBus bus(String device, boolean fd, Duration pause) {
        return bus(device, fd, pause, List.of());
    }

    SocketCanBus bus(String device, boolean fd, Duration pause, List<IdFilter> hears) {
        return new SocketCanBus(world, time, new Settings("body", device, fd, pause, hears, frame -> 100_000),
                recorder);
    }

    /** Runs the world until that is so, or for long enough that it never will be. */
    void until(BooleanSupplier so) {
        long end = world.now() + PATIENCE;
        while (!so.getAsBoolean() && world.now() < end) {
            moment();
        }
    }

    void settle(SocketCanBus... buses) {
        do {
            moment();
        } while (!java.util.Arrays.stream(buses).allMatch(SocketCanBus::idle));
        moment();
    }

    void moment() {
        world.runUntil(world.now() + MOMENT);
    }

    @Override
    public void close() {
        world.close();
    }
}
