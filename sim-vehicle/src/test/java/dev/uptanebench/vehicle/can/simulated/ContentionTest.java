package dev.uptanebench.vehicle.can.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.uptanebench.vehicle.can.BitPosition;
import dev.uptanebench.vehicle.can.BusFault;
import dev.uptanebench.vehicle.can.CanController;
import dev.uptanebench.vehicle.can.CanFrame;
import dev.uptanebench.vehicle.can.CanId;
import dev.uptanebench.vehicle.can.ControllerState.Confinement;
import dev.uptanebench.vehicle.can.IdFilter;
import dev.uptanebench.vehicle.history.Recorder;
import dev.uptanebench.vehicle.kernel.Limits;
import dev.uptanebench.vehicle.kernel.RandomStream;
import dev.uptanebench.vehicle.kernel.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is played bit by bit has to come to the same as the tables, and to an end whatever is done to the wires. */
class ContentionTest {
    private static final BitRates RATES = new BitRates(500_000, 2_000_000);
    private static final int[] LENGTHS = {0, 1, 2, 3, 4, 5, 6, 7, 8, 12, 16, 20, 24, 32, 48, 64};

    private final World world = new World("test", Instant.EPOCH, 1, Limits.standard());
    private final SimulatedBus bus = new SimulatedBus(world, "body", RATES, new Recorder(world::now));
    private final RandomStream random = RandomStream.of(23, "contention");

    @AfterEach
    void close() {
        world.close();
    }

    private CanFrame randomFrame() {
        boolean extended = random.nextInt(2) == 0;
        CanId id = new CanId((int) random.nextLong() & (extended ? 0x1FFF_FFFF : 0x7FF), extended);
        return switch (random.nextInt(3)) {
            case 0 -> CanFrame.fd(id, random.nextInt(2) == 0, random.nextBytes(LENGTHS[random.nextInt(16)]));
            case 1 -> CanFrame.remote(id, random.nextInt(9));
            default -> CanFrame.of(id, random.nextBytes(random.nextInt(9)));
        };
    }

    private SimulatedPort port() {
        return (SimulatedPort) bus.attach("node");
    }

    @Test
    void aFramePlayedBitByBitTakesAsLongAsTheTablesSay() {
        SimulatedPort sender = port();
        SimulatedPort receiver = port();
        for (int i = 0; i < 5000; i++) {
            CanFrame frame = randomFrame();
            BitNode from = new BitNode(sender, new WireFrame(frame));
            BitNode to = new BitNode(receiver, null);
            Contention contention = new Contention(RATES, List.of(from, to), Contention.LineFault.NONE);
            contention.run();

            assertThat(contention.nanos()).as("%s", frame).isEqualTo(RATES.nanos(frame))
                    .isEqualTo(contention.frameNanos());
            assertThat(from.succeeded() && to.succeeded() && contention.firstToNotice() == null).isTrue();
        }
        assertThat(sender.counters().clean() && receiver.counters().clean()).isTrue();
    }

    @Test
    void arbitrationBitByBitIsWonByTheSmallestKey() {
        for (int round = 0; round < 1000; round++) {
            List<CanFrame> frames = new ArrayList<>();
            List<BitNode> nodes = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                CanFrame frame = randomFrame();
                if (frames.stream().noneMatch(other -> other.arbitrationKey() == frame.arbitrationKey())) {
                    frames.add(frame);
                    nodes.add(new BitNode(port(), new WireFrame(frame)));
                }
            }
            Contention contention = new Contention(RATES, nodes, Contention.LineFault.NONE);
            contention.run();

            CanFrame least = frames.stream().min(Comparator.comparingLong(CanFrame::arbitrationKey)).orElseThrow();
            WireFrame winner = contention.winner();
            assertThat(winner == null ? null : winner.frame()).isEqualTo(least);
            assertThat(contention.firstToNotice()).isNull();
            assertThat(nodes).filteredOn(BitNode::sending).hasSize(1);
        }
    }

    /** Flipping any one bit of a frame, wherever it is, is noticed, except where ISO 11898-1 lets it pass. */
    @Test
    void everyFlippedBitDestroysTheFrame() {
        for (String text : List.of("123#DEADBEEF", "18DA00F1#0000", "123##1DEADBEEF", "7E0##1" + "00".repeat(20))) {
            WireFrame wire = new WireFrame(CanFrame.parse(text));
            for (int flipped = 0; flipped < wire.length(); flipped++) {
                if (flipped == wire.acknowledgement()) {
                    continue;
                }
                int at = flipped;
                BitNode from = new BitNode(port(), wire);
                BitNode to = new BitNode(port(), null);
                Contention contention = new Contention(RATES, List.of(from, to),
                        (bit, level) -> bit == at ? level ^ 1 : level);
                contention.run();

                boolean last = flipped == wire.length() - 1;
                assertThat(from.succeeded()).as("%s bit %d", text, flipped).isFalse();
                assertThat(to.succeeded()).as("%s bit %d", text, flipped).isEqualTo(last);
                assertThat(contention.nanos()).isLessThan(RATES.nanos(wire.length() + 30));
            }
        }
    }

    @Test
    void noFaultsBringTheBusDownForEver() {
        List<CanController> nodes = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            ControllerSettings settings = i == 5
                    ? ControllerSettings.classical()
                    : ControllerSettings.fd().restartingAfter(Duration.ofMillis(20));
            nodes.add(bus.attach("node " + i, i == 4 ? settings.once() : settings));
        }
        for (int round = 0; round < 3000; round++) {
            disturb();
            for (int i = 0; i < random.nextInt(4); i++) {
                CanFrame frame = randomFrame();
                CanController node = nodes.get(random.nextInt(frame.fd() ? 5 : 6));
                node.send(random.nextInt(3) == 0 ? CanFrame.of(CanId.standard(0x100), (byte) round) : frame);
            }
            world.runUntil(world.now() + random.nextInt(2_000_000));
        }
        long calm = world.now() + Duration.ofSeconds(2).toNanos();
        world.runUntil(calm);

        List<CanFrame> heard = new ArrayList<>();
        nodes.get(1).onFrame(heard::add);
        assertThat(nodes.getFirst().send(CanFrame.parse("7FF#01"))).isTrue();
        world.runUntil(calm + Duration.ofSeconds(1).toNanos());
        assertThat(heard).contains(CanFrame.parse("7FF#01"));
        assertThat(nodes.subList(0, 5)).noneMatch(node -> node.state().confinement() == Confinement.BUS_OFF);
    }

    private void disturb() {
        IdFilter any = new IdFilter(CanId.standard(0), 0);
        BitPosition position = random.nextInt(2) == 0
                ? BitPosition.fromStart(random.nextInt(150))
                : BitPosition.fromEnd(random.nextInt(12));
        switch (random.nextInt(12)) {
            case 0 -> bus.disturb(new BusFault.Destroy(any, 1 + random.nextInt(5), position));
            case 1 -> bus.disturb(new BusFault.Flip(any, 1 + random.nextInt(40), position)).close();
            case 2 -> bus.disturb(new BusFault.Flip(new IdFilter(CanId.standard(0x100), -1), 33, position));
            case 3 -> bus.disturb(new BusFault.StuckDominant(Duration.ofNanos(random.nextInt(300_000))));
            default -> {
                return;
            }
        }
    }
}
