package dev.uptanebench.vehicle.can.socketcan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.uptanebench.vehicle.can.CanFrame;
import dev.uptanebench.vehicle.history.Recorder;
import dev.uptanebench.vehicle.kernel.Limits;
import dev.uptanebench.vehicle.kernel.RealTime;
import dev.uptanebench.vehicle.kernel.World;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Needs no CAN: there is never an interface of that name. */
@EnabledOnOs(OS.LINUX)
class MissingInterfaceTest {

    @Test
    void aMissingInterfaceFailsTheWorldWithOneSentence() {
        RealTime time = new RealTime();
        try (World world = new World("missing", time.start(), 1, Limits.standard(), time)) {
            SocketCanBus bus = new SocketCanBus(world, time,
                    new Settings("body", "nosuchcan", false, Duration.ZERO, List.of(), frame -> 1),
                    new Recorder(world::now));
            bus.attach("a").send(CanFrame.parse("123#"));

            assertThatThrownBy(() -> world.run("wait", () -> world.await(new CompletableFuture<String>())))
                    .isInstanceOf(BusLost.class)
                    .hasMessage(
                            "the bus body is lost: there is no interface nosuchcan; `ip link` lists those there are");
        }
    }

    @Test
    void thereIsNoInterfaceOfThatNameToAskAbout() {
        assertThat(CanInterface.named("nosuchcan")).isEmpty();
        assertThat(CanInterface.named("lo")).as("no CAN interface").isEmpty();
    }
}
