package dev.uptanebench.vehicle.can;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.uptanebench.vehicle.can.simulated.BitRates;
import dev.uptanebench.vehicle.can.simulated.SimulatedBus;
import dev.uptanebench.vehicle.history.Event;
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

    private Gateway gateway(Duration latency, int queue, Gateway.Route... routes) {
        Gateway gateway = new Gateway(world, recorder, "gateway", List.of(left, right), latency, queue);
        gateway.route(List.of(routes));
        return gateway;
    }

    private static IdFilter only(int id) {
        return IdFilter.of(CanId.standard(id));
    }

    private void run() {
        world.runUntil(world.now() + Duration.ofSeconds(1).toNanos());
    }

    @Test
    void onlyFramesOfItsTableCrossAndTheyTakeTheLatency() {
        Gateway gateway = gateway(Duration.ofMillis(1), 10, Gateway.Route.of("left", only(0x123), "right"));
        right.attach("b").onFrame(frame -> log.add(world.now() + " " + frame));
        CanPort sender = left.attach("a");

        sender.send(CanFrame.parse("123#DEADBEEF"));
        sender.send(CanFrame.parse("124#"));
        run();

        // 78 bits at 500 kbit/s, 1 ms, 78 bits at 250 kbit/s
        assertThat(log).containsExactly(156_000 + 1_000_000 + 312_000 + " 123#DEADBEEF");
        assertThat(gateway.lost()).isZero();
    }

    @Test
    void bothDirectionsHaveTablesOfTheirOwn() {
        gateway(Duration.ZERO, 10, Gateway.Route.of("left", only(0x7E0), "right"),
                Gateway.Route.of("right", only(0x7E8), "left"));
        CanPort tester = left.attach("tester");
        CanPort ecu = right.attach("ecu");
        tester.onFrame(frame -> log.add("tester " + frame));
        ecu.onFrame(frame -> {
            log.add("ecu " + frame);
            ecu.send(CanFrame.parse("7E8#02"));
            ecu.send(CanFrame.parse("7E0#03"));
        });

        tester.send(CanFrame.parse("7E0#01"));
        run();

        assertThat(log).containsExactly("ecu 7E0#01", "tester 7E8#02");
    }

    @Test
    void aRangeOfIdentifiersCanBeMovedAsAWhole() {
        gateway(Duration.ZERO, 10, new Gateway.Route("left", new IdFilter(CanId.standard(0x120), 0x7F0), "right",
                CanId.standard(0x560)));
        right.attach("b").onFrame(frame -> log.add(frame.toString()));
        CanPort sender = left.attach("a");

        for (String frame : List.of("11F#", "120#AA", "12F#R2", "130#", "00000120#")) {
            sender.send(CanFrame.parse(frame));
        }
        run();

        assertThat(log).containsExactly("560#AA", "56F#R2");
    }

    @Test
    void anIdentifierCanChangeItsFormat() {
        gateway(Duration.ZERO, 10, new Gateway.Route("left", only(0x7E0), "right", CanId.extended(0x18DA00F1)));
        right.attach("b").onFrame(frame -> log.add(frame.toString()));

        left.attach("a").send(CanFrame.parse("7E0#0210"));
        run();

        assertThat(log).containsExactly("18DA00F1#0210");
    }

    @Test
    void aFullQueueLosesFramesAndTheHistoryKnowsHowMany() {
        Gateway gateway = gateway(Duration.ofMillis(100), 4, Gateway.Route.of("left", only(0x123), "right"));
        right.attach("b").onFrame(frame -> log.add(frame.toString()));
        CanPort sender = left.attach("a");

        for (int i = 0; i < 10; i++) {
            sender.send(CanFrame.of(CanId.standard(0x123), (byte) i));
        }
        run();
        sender.send(CanFrame.parse("123#FF"));
        run();

        assertThat(log).containsExactly("123#00", "123#01", "123#02", "123#03", "123#FF");
        assertThat(gateway.lost()).isEqualTo(6);
        assertThat(recorder.history().events(Event.FrameLost.class)).containsExactly(
                new Event.FrameLost("right", "gateway", "123#04", 1),
                new Event.FrameLost("right", "gateway", "123#05", 2),
                new Event.FrameLost("right", "gateway", "123#07", 4));
    }

    @Test
    void anFdFrameIsLostWhereTheOtherBusCannotCarryIt() {
        CanBus fast = new SimulatedBus(world, "fast", new BitRates(500_000, 2_000_000), recorder);
        Gateway gateway = new Gateway(world, recorder, "gateway", List.of(fast, right), Duration.ZERO, 4);
        gateway.route(List.of(Gateway.Route.of("fast", only(0x123), "right")));

        fast.attach("a").send(CanFrame.parse("123##1AA"));
        run();

        assertThat(gateway.lost()).isEqualTo(1);
    }

    @Test
    void framesThatABusGivesUpMakeRoomForOthers() {
        Gateway gateway = gateway(Duration.ZERO, 2, Gateway.Route.of("left", only(0x123), "right"));
        right.attach("b").onFrame(frame -> log.add(frame.toString()));
        ((Disturbable) right).disturb(new BusFault.Destroy(only(0x123), 32, BitPosition.fromStart(20)));
        CanPort sender = left.attach("a");

        sender.send(CanFrame.parse("123#01")); // takes the gateway off the bus
        run();
        sender.send(CanFrame.parse("123#02"));
        run();
        sender.send(CanFrame.parse("123#03"));
        run();

        assertThat(log).isEmpty();
        assertThat(gateway.lost()).as("off the bus, nothing is taken").isEqualTo(2);
    }

    @Test
    void aTableThatNamesAnUnknownBusIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(
                () -> gateway(Duration.ZERO, 1, Gateway.Route.of("left", only(1), "nowhere")));
    }
}
