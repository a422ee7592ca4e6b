package dev.uptanebench.vehicle.can.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.uptanebench.vehicle.can.CanFrame;
import dev.uptanebench.vehicle.can.CanPort;
import dev.uptanebench.vehicle.history.Recorder;
import dev.uptanebench.vehicle.kernel.Limits;
import dev.uptanebench.vehicle.kernel.RealTime;
import dev.uptanebench.vehicle.kernel.World;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** On the machine's clock every event comes a little late. */
class WallClockTest {

    @Test
    void framesArriveInOrderAndNotBeforeTheirBitsAreOver() throws ExecutionException {
        RealTime time = new RealTime();
        try (World world = new World("wall", time.start(), 1, Limits.standard(), time)) {
            BitRates rates = BitRates.classical(125_000);
            SimulatedBus bus = new SimulatedBus(world, "body", rates, new Recorder(world::now));
            CanPort sender = bus.attach("sender");
            List<CanFrame> heard = new ArrayList<>();
            List<CanFrame> sent = new ArrayList<>();
            CompletableFuture<Boolean> all = new CompletableFuture<>();
            bus.attach("receiver").onFrame(heard::add);
            long begun = world.now();
            long bits = 0;
            for (int i = 0; i < 50; i++) {
                CanFrame frame = CanFrame.parse("%03X#%02X".formatted(0x700 - i, i));
                sent.add(frame);
                bits += rates.nanos(frame);
                sender.send(frame);
            }
            sender.send(CanFrame.parse("7FF#"), () -> all.complete(true));
            world.run("wait", () -> world.await(all));

            assertThat(heard.subList(0, 50)).isEqualTo(sent);
            assertThat(world.now() - begun).isGreaterThan(bits);
        }
    }
}
