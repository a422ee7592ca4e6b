package dev.uptanebench.vehicle.can;

import static org.assertj.core.api.Assertions.assertThat;

import dev.uptanebench.vehicle.can.simulated.SimulatedBus;
import dev.uptanebench.vehicle.history.Recorder;
import dev.uptanebench.vehicle.kernel.Limits;
import dev.uptanebench.vehicle.kernel.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GatewayTest {
    private final World world = new World("test", Instant.EPOCH, 1, Limits.standard());
    private final Recorder recorder = new Recorder(world::now);
    private final CanBus left = new SimulatedBus(world, "left", 500_000, recorder);
    private final CanBus right = new SimulatedBus(world, "right", 250_000, recorder);
    private final List<String> log = new ArrayList<>();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void onlyFramesOfItsTableCrossAndTheyTakeTheLatency() {
        Gateway gateway = new Gateway(world, "gateway", left, right, Duration.ofMillis(1));
        gateway.forwardRight(List.of(CanId.standard(0x123)));
        right.attach("b").onFrame(frame -> log.add(world.now() + " " + frame));
        CanPort sender = left.attach("a");

        sender.send(CanFrame.parse("123#DEADBEEF"));
        sender.send(CanFrame.parse("124#"));
        world.runUntil(Duration.ofSeconds(1).toNanos());

        // 78 bits at 500 kbit/s, 1 ms, 78 bits at 250 kbit/s
        assertThat(log).containsExactly(156_000 + 1_000_000 + 312_000 + " 123#DEADBEEF");
        assertThat(gateway.dropped()).isZero();
    }

    @Test
    void bothDirectionsHaveTablesOfTheirOwn() {
        Gateway gateway = new Gateway(world, "gateway", left, right, Duration.ZERO);
        gateway.forwardRight(List.of(CanId.standard(0x7E0)));
        gateway.forwardLeft(List.of(CanId.standard(0x7E8)));
        CanPort tester = left.attach("tester");
        CanPort ecu = right.attach("ecu");
        tester.onFrame(frame -> log.add("tester " + frame));
        ecu.onFrame(frame -> {
            log.add("ecu " + frame);
            ecu.send(CanFrame.parse("7E8#02"));
            ecu.send(CanFrame.parse("7E0#03"));
        });

        tester.send(CanFrame.parse("7E0#01"));
        world.runUntil(Duration.ofSeconds(1).toNanos());

        assertThat(log).containsExactly("ecu 7E0#01", "tester 7E8#02");
    }

    @Test
    void aBusThatCannotTakeMoreLosesFrames() {
        CanBus slow = new SimulatedBus(world, "slow", 100, recorder);
        Gateway gateway = new Gateway(world, "gateway", left, slow, Duration.ZERO);
        gateway.forwardRight(List.of(CanId.standard(0x123)));
        CanPort sender = left.attach("a");

        for (int i = 0; i < 2 * SimulatedBus.QUEUE_FRAMES; i++) {
            sender.send(CanFrame.parse("123#"), () -> sender.send(CanFrame.parse("123#")));
        }
        world.runUntil(Duration.ofSeconds(2).toNanos());

        assertThat(gateway.dropped()).isPositive();
    }
}
