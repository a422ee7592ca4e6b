package dev.uptanebench.vehicle.can.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.uptanebench.vehicle.can.CanBus;
import dev.uptanebench.vehicle.can.CanBusContract;
import dev.uptanebench.vehicle.can.CanFrame;
import dev.uptanebench.vehicle.can.CanPort;
import dev.uptanebench.vehicle.can.FrameInterceptor;
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

class SimulatedBusTest extends CanBusContract {
    private final World world = new World("test", Instant.EPOCH, 1, Limits.standard());
    private final Recorder recorder = new Recorder(world::now);
    private final SimulatedBus bus = new SimulatedBus(world, "body", new BitRates(500_000, 2_000_000), recorder);
    private final List<String> log = new ArrayList<>();

    @AfterEach
    void close() {
        world.close();
    }

    @Override
    protected CanBus bus() {
        return bus;
    }

    @Override
    protected void settle() {
        world.runUntil(world.now() + Duration.ofSeconds(1).toNanos());
    }

    @Override
    protected List<Event.FrameTouched> touched() {
        return recorder.history().events(Event.FrameTouched.class).toList();
    }

    @Override
    protected int queueFrames() {
        return SimulatedBus.QUEUE_FRAMES;
    }

    private void logTimes() {
        bus.attach("acknowledges");
        bus.tap((frame, start, end) -> log.add(frame.id() + " " + start / 1000 + ".." + end / 1000));
    }

    @Test
    void framesBackToBackAreThreeBitsApart() {
        logTimes();
        CanPort port = bus.attach("a");

        port.send(CanFrame.parse("123#DEADBEEF"));
        port.send(CanFrame.parse("7FF#FFFFFFFFFFFFFFFF"));
        settle();

        // 78 + 3 bits, then 123 bits, 2 us each
        assertThat(log).containsExactly("123 0..156", "7FF 162..408");
    }

    @Test
    void aFrameOnAnIdleBusStartsAtOnce() {
        logTimes();
        CanPort port = bus.attach("a");

        world.at(5_000_000, () -> port.send(CanFrame.parse("123#")));
        settle();

        assertThat(log).containsExactly("123 5000..5090");
    }

    @Test
    void aFrameSentDuringIntermissionTakesPartInTheNextArbitration() {
        logTimes();
        CanPort a = bus.attach("a");
        CanPort b = bus.attach("b");

        a.send(CanFrame.parse("123#DEADBEEF"));
        a.send(CanFrame.parse("200#"));
        world.at(160_000, () -> b.send(CanFrame.parse("100#")));
        settle();

        assertThat(log).map(line -> line.substring(0, 3)).containsExactly("123", "100", "200");
    }

    @Test
    void theSmallestKeyOfAllWaitingNodesWins() {
        logTimes();
        for (String frame : List.of("7FF#", "048D0000#", "123#R", "123#", "124#", "000#")) {
            bus.attach("sends " + frame).send(CanFrame.parse(frame));
        }
        settle();

        assertThat(log).map(line -> line.substring(0, line.indexOf(' '))).containsExactly("000", "123", "123",
                "048D0000", "124", "7FF");
    }

    @Test
    void equalFramesOfTwoNodesLeaveTogetherAndArriveOnce() {
        bus.attach("third").onFrame(frame -> log.add("third " + frame));
        bus.attach("first").send(CanFrame.parse("123#AA"), () -> log.add("first"));
        bus.attach("second").send(CanFrame.parse("123#AA"), () -> log.add("second"));
        settle();

        assertThat(log).containsExactly("third 123#AA", "first", "second");
        assertThat(bus.digest().frames()).isEqualTo(1);
    }

    @Test
    void aReplacedFrameTakesItsOwnTime() {
        logTimes();
        bus.intercept((node, frame) -> new FrameInterceptor.Replace(CanFrame.parse("123#")));

        bus.attach("a").send(CanFrame.parse("123#DEADBEEF"));
        settle();

        assertThat(log).containsExactly("123 0..90");
    }

    @Test
    void anFdFrameTakesItsTimeAtBothRates() {
        logTimes();
        CanPort port = bus.attach("a");

        port.send(CanFrame.parse("123##1"));
        port.send(CanFrame.parse("123##0"));
        settle();

        // 26 bits of 2 us and 33 of 0.5 us; behind the intermission all at 2 us, where BRS costs no stuff bit more
        assertThat(log.getFirst()).isEqualTo("123 0..68");
        assertThat(log.get(1)).startsWith("123 74..");
    }

    @Test
    void aBusWithoutADataRateTakesNoFdFrames() {
        SimulatedBus classical = new SimulatedBus(world, "old", 500_000, recorder);
        CanPort port = classical.attach("a");

        assertThat(classical.fd()).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> port.send(CanFrame.parse("123##1AA")));
    }

    @Test
    void aNodeThatLeavesTakesItsFramesAlong() {
        CanPort port = bus.attach("a");

        port.send(CanFrame.parse("123#"));
        port.close();
        settle();
        bus.attach("b");
        bus.attach("c").send(CanFrame.parse("124#"));
        settle();

        assertThat(bus.digest().frames()).isEqualTo(1);
    }
}
