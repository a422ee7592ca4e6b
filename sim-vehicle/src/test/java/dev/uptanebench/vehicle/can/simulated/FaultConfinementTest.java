package dev.uptanebench.vehicle.can.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.uptanebench.vehicle.can.BitPosition;
import dev.uptanebench.vehicle.can.BusFault;
import dev.uptanebench.vehicle.can.CanController;
import dev.uptanebench.vehicle.can.CanError;
import dev.uptanebench.vehicle.can.CanFrame;
import dev.uptanebench.vehicle.can.CanId;
import dev.uptanebench.vehicle.can.ControllerState;
import dev.uptanebench.vehicle.can.ControllerState.Confinement;
import dev.uptanebench.vehicle.can.IdFilter;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** ISO 11898-1 chapters 10 and 12 on a bus of 500 kbit/s, where a bit takes 2 us: expected times are counted by hand. */
class FaultConfinementTest {
    private static final long BIT = 2000;
    private static final CanFrame FRAME = CanFrame.parse("123#DEADBEEF"); // 78 bits
    private static final IdFilter THIS = IdFilter.of(FRAME.id());
    private static final int FOREVER = 1_000_000;

    private final World world = new World("test", Instant.EPOCH, 1, Limits.standard());
    private final Recorder recorder = new Recorder(world::now);
    private final SimulatedBus bus = new SimulatedBus(world, "body", new BitRates(500_000, 2_000_000), recorder);
    private final List<String> log = new ArrayList<>();

    @AfterEach
    void close() {
        world.close();
    }

    private CanController receiver(String node) {
        CanController port = bus.attach(node);
        port.onFrame(frame -> log.add(node + " " + frame + " " + world.now() / BIT));
        return port;
    }

    private void bits(long count) {
        world.runUntil(world.now() + count * BIT);
    }

    private void send(CanController port, CanFrame frame) {
        port.send(frame, () -> log.add(port.node() + " sent " + world.now() / BIT));
    }

    private static ControllerState active(int transmit, int receive) {
        return new ControllerState(Confinement.ERROR_ACTIVE, transmit, receive);
    }

    private List<String> errors() {
        return recorder.history().events(Event.BusError.class).map(e -> e.error() + " at " + e.bit()).toList();
    }

    private List<String> states(String node) {
        return recorder.history().events(Event.ControllerChanged.class).filter(e -> e.node().equals(node))
                .map(e -> e.state() + " " + e.transmitErrors() + " " + e.receiveErrors()).toList();
    }

    @Test
    void aNodeAloneBecomesErrorPassiveAndNeverGoesOff() {
        CanController alone = bus.attach("alone");
        send(alone, FRAME);
        bits(500_000);

        assertThat(alone.state()).isEqualTo(new ControllerState(Confinement.ERROR_PASSIVE, 128, 0));
        assertThat(states("alone")).containsExactly("error warning 96 0", "error passive 128 0");
        assertThat(log).isEmpty();
        // acknowledgement slot of a frame of 78 bits
        assertThat(errors()).first().isEqualTo("no acknowledgement at 69");
    }

    @Test
    void theFrameOfALonelyNodeLeavesWhenSomebodyComes() {
        CanController alone = bus.attach("alone");
        send(alone, FRAME);
        bits(100_000);
        receiver("late");
        bits(1000);

        assertThat(log).hasSize(2);
        assertThat(alone.state().transmitErrors()).isEqualTo(127);
    }

    @Test
    void theFirstTriesOfALonelyNodeAreAsFarApartAsTheRulesSay() {
        bus.attach("alone").send(FRAME);
        bits(2);
        world.runUntil(100 * BIT * 2);

        // 70 bits to the acknowledgement slot, flag 6, delimiter 8, intermission 3
        assertThat(recorder.history().entries()).extracting(entry -> entry.at() / BIT).startsWith(84L, 84L + 87);
    }

    @Test
    void sixteenDestroyedTriesMakeErrorPassiveAndThirtyTwoTakeOffTheBus() {
        CanController sender = bus.attach("sender");
        receiver("other");
        bus.disturb(new BusFault.Destroy(THIS, FOREVER, BitPosition.fromStart(20)));
        sender.onError(error -> {
            if (error instanceof CanError.Abandoned(CanFrame frame)) {
                log.add("abandoned " + frame);
            }
        });
        send(sender, FRAME);
        bits(100_000);

        assertThat(states("sender")).containsExactly("error warning 96 0", "error passive 128 0", "bus off 256 0");
        assertThat(recorder.history().events(Event.BusError.class)).hasSize(32);
        assertThat(log).containsExactly("abandoned 123#DEADBEEF");
        assertThat(sender.send(FRAME)).as("a node that is off takes nothing").isFalse();
    }

    @Test
    void aDestroyedFrameIsSentAgainOfItsOwnAccord() {
        CanController sender = bus.attach("sender");
        CanController other = receiver("other");
        bus.disturb(new BusFault.Destroy(THIS, 1, BitPosition.fromStart(20)));
        send(sender, FRAME);
        bits(1000);

        assertThat(log).hasSize(2);
        assertThat(log.getFirst()).startsWith("other 123#DEADBEEF");
        assertThat(sender.state()).isEqualTo(active(7, 0));
        assertThat(other.state().confinement()).isEqualTo(Confinement.ERROR_ACTIVE);
    }

    @Test
    void aDominantBitInTheIdentifierLooksLikeALostArbitration() {
        CanController sender = bus.attach("sender");
        receiver("other");
        bus.disturb(new BusFault.Destroy(THIS, 1, BitPosition.fromStart(1)));
        send(sender, FRAME);
        bits(1000);

        // start bit and the five that follow are dominant; after that nobody sends, and everybody signals a stuff error
        assertThat(errors()).containsExactly("stuff error at 5");
        assertThat(recorder.history().events(Event.BusError.class).findFirst().orElseThrow().senders()).isEmpty();
        assertThat(sender.state().transmitErrors()).isZero();
        assertThat(log).hasSize(2);
    }

    /**
     * On the wire the frame begins 0 00100100011 0 0 0 0100 11011110: bits 12 to 15 are dominant, 16 is recessive, 19 and
     * 20 are, 21 is dominant. The sender's flag begins behind the inverted bit; receivers add theirs behind the sixth
     * equal bit. Then come delimiter 8, intermission 3 and the next try.
     */
    @ParameterizedTest
    @CsvSource({"16,35", "20,43", "21,45"})
    void anErrorFrameIsAsLongAsTheFlagsOverlap(int position, long retry) {
        CanController sender = bus.attach("sender");
        receiver("other");
        bus.disturb(new BusFault.Flip(THIS, 1, BitPosition.fromStart(position)));
        send(sender, FRAME);
        bits(1000);

        assertThat(errors()).containsExactly("bit error at " + position);
        assertThat(log.get(1)).isEqualTo("sender sent " + (retry + 78));
    }

    @Test
    void anErrorInTheLastBitGivesADuplicate() {
        CanController sender = bus.attach("sender");
        CanController other = receiver("other");
        bus.disturb(new BusFault.Flip(THIS, 1, BitPosition.fromEnd(0)));
        send(sender, FRAME);
        bits(1000);

        // 78 bits; flag 6, delimiter 8, intermission 3; 78 bits again
        assertThat(log).containsExactly("other 123#DEADBEEF 78", "other 123#DEADBEEF 173", "sender sent 173");
        assertThat(bus.digest().frames()).isEqualTo(2);
        assertThat(errors()).containsExactly("form error at 77");
        assertThat(sender.state()).isEqualTo(active(7, 0));
        assertThat(other.state()).as("an overload flag counts nothing").isEqualTo(active(0, 0));
    }

    @Test
    void anErrorInTheLastBitButOneGivesNoDuplicate() {
        CanController sender = bus.attach("sender");
        receiver("other");
        bus.disturb(new BusFault.Flip(THIS, 1, BitPosition.fromEnd(1)));
        send(sender, FRAME);
        bits(1000);

        assertThat(log).containsExactly("other 123#DEADBEEF 172", "sender sent 172");
    }

    @Test
    void aForgedAcknowledgementDeceivesALonelySender() {
        CanController sender = bus.attach("sender");
        bus.disturb(new BusFault.Flip(THIS, 1, BitPosition.acknowledgement()));
        send(sender, FRAME);
        bits(78);

        assertThat(log).containsExactly("sender sent 78");
        assertThat(bus.digest().frames()).isZero();
    }

    @Test
    void aFaultConcernsItsIdentifiersAloneAndEndsWhenItIsClosed() throws Exception {
        CanController sender = bus.attach("sender");
        receiver("other");
        var fault = bus.disturb(new BusFault.Destroy(new IdFilter(CanId.standard(0x120), 0x7F0), FOREVER,
                BitPosition.fromStart(20)));
        send(sender, CanFrame.parse("130#"));
        send(sender, FRAME);
        bits(200);
        assertThat(log).hasSize(2);

        fault.close();
        bits(200);
        assertThat(log).hasSize(4);
    }

    @Test
    void aPositionBeyondTheFrameDoesNothing() {
        CanController sender = bus.attach("sender");
        receiver("other");
        bus.disturb(new BusFault.Destroy(THIS, 1, BitPosition.fromStart(78)));
        send(sender, FRAME);
        bits(78);

        assertThat(log).containsExactly("other 123#DEADBEEF 78", "sender sent 78");
    }

    @Test
    void aOneShotControllerGivesUp() {
        CanController sender = bus.attach("sender", ControllerSettings.fd().once());
        receiver("other");
        sender.onError(error -> log.add(error.getClass().getSimpleName()));
        bus.disturb(new BusFault.Destroy(THIS, 1, BitPosition.fromStart(20)));
        send(sender, FRAME);
        send(sender, CanFrame.parse("124#"));
        bits(1000);

        assertThat(log).hasSize(4).startsWith("Destroyed", "Abandoned").anyMatch(line -> line.startsWith("other 124#"));
    }

    @Test
    void anErrorPassiveSenderLetsOthersGoFirst() {
        CanController ill = bus.attach("ill");
        CanController well = receiver("well");
        bus.disturb(new BusFault.Destroy(THIS, 16, BitPosition.fromStart(20)));
        send(ill, FRAME);
        send(ill, CanFrame.parse("001#"));
        bits(16 * 45);
        while (log.isEmpty()) {
            bits(1);
        }
        send(well, CanFrame.parse("7FF#"));
        bits(500);

        // at TEC 127 it is active again, so it is the pause behind the sixteenth try that shows
        assertThat(states("ill")).endsWith("error passive 128 0", "error warning 127 0");
        assertThat(log).first().asString().startsWith("well 123#");
    }

    @Test
    void aPausingSenderWaitsEightBitsMore() {
        CanController ill = bus.attach("ill");
        receiver("well");
        bus.disturb(new BusFault.Destroy(THIS, 17, BitPosition.fromStart(20)));
        send(ill, FRAME);
        bits(10_000);
        List<Long> ends = recorder.history().entries().stream().filter(e -> e.event() instanceof Event.BusError)
                .map(e -> e.at() / BIT).toList();

        // active: the same distance each time; once passive, the sixteenth to the seventeenth is at least 8 more
        assertThat(ends.get(16) - ends.get(15)).isGreaterThanOrEqualTo(ends.get(1) - ends.get(0) + 8);
    }

    @Test
    void aNodeThatIsOffComesBackAfter128TimesElevenRecessiveBits() {
        CanController sender = offTheBus(ControllerSettings.fd());
        long asked = world.now();
        sender.restart();
        world.runUntil(asked + 1408 * BIT - 1);
        assertThat(sender.state().confinement()).isEqualTo(Confinement.BUS_OFF);

        world.runUntil(asked + 1408 * BIT);
        assertThat(sender.state()).isEqualTo(active(0, 0));
        assertThat(states("sender")).last().isEqualTo("error active 0 0");
    }

    @Test
    void onABusyBusEachFrameCountsOnceForComingBack() {
        CanController sender = offTheBus(ControllerSettings.fd());
        CanController chatty = bus.attach("chatty");
        sender.restart();
        int[] sent = {0};
        class Chat implements Runnable {
            @Override
            public void run() {
                sent[0]++;
                if (sender.state().confinement() == Confinement.BUS_OFF) {
                    chatty.send(CanFrame.parse("300#0102030405060708"), this);
                }
            }
        }
        chatty.send(CanFrame.parse("300#0102030405060708"), new Chat());
        bits(100_000);

        assertThat(sender.state()).isEqualTo(active(0, 0));
        assertThat(sent[0]).isBetween(127, 130);
    }

    @Test
    void aControllerCanComeBackByItself() {
        CanController sender = offTheBus(ControllerSettings.fd().restartingAfter(Duration.ofMillis(100)));
        world.runUntil(world.now() + Duration.ofMillis(90).toNanos());
        assertThat(sender.state().confinement()).isEqualTo(Confinement.BUS_OFF);
        world.runUntil(world.now() + Duration.ofMillis(20).toNanos());

        assertThat(sender.send(FRAME)).isTrue();
    }

    private CanController offTheBus(ControllerSettings settings) {
        CanController sender = bus.attach("sender", settings);
        bus.attach("other");
        bus.disturb(new BusFault.Destroy(THIS, 32, BitPosition.fromStart(20)));
        sender.send(FRAME);
        bits(32 * 60 + 100);
        assertThat(sender.state().confinement()).isEqualTo(Confinement.BUS_OFF);
        return sender;
    }

    @Test
    void whoeverIsOffNeitherReceivesNorAcknowledges() {
        CanController sender = offTheBus(ControllerSettings.fd());
        sender.onFrame(frame -> log.add("heard"));
        CanController third = receiver("third");
        send(third, CanFrame.parse("123#"));
        bits(100);

        assertThat(log).containsExactly("third sent " + (world.now() / BIT - 100 + 45));
    }

    @Test
    void twoNodesWithOneIdentifierCollideUntilOneIsErrorPassive() {
        CanController a = bus.attach("a");
        CanController b = bus.attach("b");
        receiver("other");
        send(a, CanFrame.parse("123#01"));
        send(b, CanFrame.parse("123#00"));
        bits(100_000);

        assertThat(recorder.history().events(Event.BusError.class).findFirst().orElseThrow().senders())
                .containsExactly("a", "b");
        assertThat(states("a")).startsWith("error warning 96 0", "error passive 128 0");
        assertThat(log).as("in the end both get through").hasSize(4);
        // b drives dominant where they differ: as soon as a's flags are passive, b's frame survives
        assertThat(log.getFirst()).startsWith("other 123#00");
    }

    @Test
    void aRogueNodeThatCollidesWithAnotherIsRecordedOnce() {
        CanController victim = bus.attach("victim");
        receiver("other");
        CanController rogue = bus.attachRogue("mallory");
        send(victim, CanFrame.parse("123#01"));
        send(rogue, CanFrame.parse("123#00"));
        bits(10_000);

        assertThat(recorder.history().events(Event.FrameTouched.class))
                .containsExactly(new Event.FrameTouched("body", "123#00", "injected by mallory"));
    }

    @Test
    void aClassicalControllerDestroysFdFramesUntilItIsErrorPassive() {
        CanController sender = bus.attach("sender");
        bus.attach("knows");
        CanController old = bus.attach("old", ControllerSettings.classical());
        send(sender, CanFrame.parse("123##1AA"));
        bits(100_000);

        // REC of the first to signal grows by 9 for each try, TEC by 8: fifteen tries
        assertThat(errors()).startsWith("form error at 14");
        assertThat(states("old")).startsWith("error warning 0 99", "error passive 0 135");
        assertThat(sender.state()).isEqualTo(new ControllerState(Confinement.ERROR_WARNING, 119, 0));
        assertThat(log).hasSize(1);
        assertThat(old.state().confinement()).isEqualTo(Confinement.ERROR_PASSIVE);
    }

    @Test
    void aTolerantControllerLetsFdFramesPass() {
        CanController sender = bus.attach("sender");
        receiver("knows");
        CanController tolerant = bus.attach("tolerant",
                ControllerSettings.fd().withFormat(ControllerSettings.Format.FD_TOLERANT));
        tolerant.onFrame(frame -> log.add("must not be heard"));
        send(sender, CanFrame.parse("123##1AA"));
        bits(200);

        assertThat(log).hasSize(2);
        assertThat(errors()).isEmpty();
    }

    @Test
    void aTolerantControllerDoesNotAcknowledgeFdFrames() {
        CanController sender = bus.attach("sender");
        bus.attach("tolerant", ControllerSettings.fd().withFormat(ControllerSettings.Format.FD_TOLERANT));
        send(sender, CanFrame.parse("123##1AA"));
        bits(200);

        assertThat(errors()).isNotEmpty().allMatch(error -> error.startsWith("no acknowledgement"));
    }

    @Test
    void anErrorPassiveSenderSaysSoInFdFrames() {
        CanController sender = bus.attach("sender");
        CanController other = receiver("other");
        bus.disturb(new BusFault.Destroy(THIS, 17, BitPosition.fromStart(20)));
        send(sender, FRAME);
        send(sender, CanFrame.parse("124##1AA"));
        bits(10_000);

        assertThat(sender.state().transmitErrors()).isEqualTo(17 * 8 - 2);
        assertThat(log).anyMatch(line -> line.startsWith("other 124##3AA"));
        assertThat(other.state().confinement()).isEqualTo(Confinement.ERROR_ACTIVE);
    }

    @Test
    void aBusHeldDominantTakesItsSenderOffAndMakesTheOthersPassive() {
        CanController sender = bus.attach("sender");
        CanController other = receiver("other");
        send(sender, FRAME);
        bits(30);
        bus.disturb(new BusFault.StuckDominant(Duration.ofMillis(10)));
        bits(10_000);

        assertThat(sender.state().confinement()).isEqualTo(Confinement.BUS_OFF);
        assertThat(other.state().confinement()).isEqualTo(Confinement.ERROR_PASSIVE);
        assertThat(log).isEmpty();
    }

    @Test
    void aShortCircuitOnAnIdleBusDelaysTheNextFrame() {
        CanController sender = bus.attach("sender");
        receiver("other");
        bus.disturb(new BusFault.StuckDominant(Duration.ofNanos(20 * BIT)));
        bits(5);
        send(sender, FRAME);
        bits(500);

        // held for 20 bits; delimiter 8, intermission 3, 78 bits
        assertThat(log).containsExactly("other 123#DEADBEEF 109", "sender sent 109");
    }

    @Test
    void anHourOfShortCircuitCostsNoTime() {
        bus.attach("sender");
        bus.attach("other");
        bus.disturb(new BusFault.StuckDominant(Duration.ofHours(1)));
        world.runUntil(Duration.ofHours(1).toNanos() + 100 * BIT);
        bus.recordLoad();

        Event.BusLoad load = recorder.history().events(Event.BusLoad.class).findFirst().orElseThrow();
        assertThat(load.busyNanos()).isEqualTo(Duration.ofHours(1).toNanos() + 11 * BIT);
        assertThat(load.peakPermille()).isEqualTo(1000);
        assertThat(load.seconds()).singleElement().satisfies(run -> assertThat(run.permille()).hasSize(3600));
    }

    @Test
    void errorsWithoutEndLeaveAShortHistory() {
        bus.attach("alone").send(FRAME);
        world.runUntil(Duration.ofSeconds(10).toNanos());

        assertThat(recorder.history().entries()).hasSizeBetween(64, 90);
    }

    @Test
    void successesHealOneByOne() {
        CanController sender = bus.attach("sender");
        CanController other = receiver("other");
        bus.disturb(new BusFault.Destroy(THIS, 2, BitPosition.fromStart(20)));
        for (int i = 0; i < 10; i++) {
            send(sender, FRAME);
        }
        bits(2000);

        assertThat(sender.state().transmitErrors()).isEqualTo(2 * 8 - 10);
        assertThat(other.state().receiveErrors()).isZero();
    }
}
