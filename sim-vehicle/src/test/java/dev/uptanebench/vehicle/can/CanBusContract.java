package dev.uptanebench.vehicle.can;

import static org.assertj.core.api.Assertions.assertThat;

import dev.uptanebench.vehicle.history.Event;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every bus does, whatever carries its frames. A test of a bus extends this and says how to make one. */
public abstract class CanBusContract {
    private static final CanFrame FRAME = CanFrame.parse("123#DEADBEEF");

    private final List<String> log = new ArrayList<>();

    /** The bus under test, one per test. */
    protected abstract CanBus bus();

    /** Returns when everything that was sent has arrived. */
    protected abstract void settle();

    /** What the bus has told the history about touched frames. */
    protected abstract List<Event.FrameTouched> touched();

    /** How many frames one port of this bus can have waiting, at most. */
    protected abstract int queueFrames();

    private CanPort listening(String node) {
        CanPort port = bus().attach(node);
        port.onFrame(frame -> log.add(node + " " + frame));
        return port;
    }

    @Test
    protected void aFrameReachesAllOthersAndNotItsSender() {
        CanPort sender = listening("a");
        listening("b");
        listening("c");

        assertThat(sender.send(FRAME)).isTrue();
        settle();

        assertThat(log).containsExactlyInAnyOrder("b 123#DEADBEEF", "c 123#DEADBEEF");
    }

    @Test
    protected void aSenderIsToldWhenItsFrameHasLeftSoThatItCanSendTheNext() {
        CanPort sender = bus().attach("a");
        listening("b");

        sender.send(FRAME, () -> sender.send(CanFrame.parse("124#")));
        settle();

        assertThat(log).containsExactly("b 123#DEADBEEF", "b 124#");
    }

    @Test
    protected void framesOfOnePortKeepTheirOrder() {
        CanPort sender = bus().attach("a");
        listening("b");

        sender.send(CanFrame.parse("700#01"));
        sender.send(CanFrame.parse("001#02"));
        sender.send(CanFrame.parse("18DA00F1#03"));
        settle();

        assertThat(log).containsExactly("b 700#01", "b 001#02", "b 18DA00F1#03");
    }

    @Test
    protected void aReceiverOfOneIdentifierHearsNothingElse() {
        CanPort sender = bus().attach("a");
        bus().attach("b").onFrame(CanId.standard(0x123), frame -> log.add("standard " + frame));
        bus().attach("c").onFrame(CanId.extended(0x123), frame -> log.add("extended " + frame));

        sender.send(FRAME);
        sender.send(CanFrame.parse("00000123#01"));
        sender.send(CanFrame.parse("124#"));
        settle();

        assertThat(log).containsExactly("standard 123#DEADBEEF", "extended 00000123#01");
    }

    @Test
    protected void aClosedPortNeitherSendsNorReceives() {
        CanPort sender = bus().attach("a");
        bus().attach("c");
        CanPort closed = listening("b");

        closed.close();
        closed.close();
        sender.send(FRAME);
        settle();

        assertThat(closed.send(FRAME)).isFalse();
        assertThat(log).isEmpty();
    }

    @Test
    protected void aTapSeesEveryFrameUntilItIsClosed() {
        CanPort sender = bus().attach("a");
        bus().attach("b");
        Attachment tap = bus().tap((frame, start, end) -> log.add("tap " + frame + (end > start)));

        sender.send(FRAME);
        settle();
        tap.close();
        sender.send(FRAME);
        settle();

        assertThat(log).containsExactly("tap 123#DEADBEEFtrue");
    }

    @Test
    protected void aDroppedFrameReachesNobodyAlthoughItsSenderBelievesIt() {
        CanPort sender = bus().attach("a");
        listening("b");
        bus().intercept((node, frame) -> FrameInterceptor.Fate.DROP);

        sender.send(FRAME, () -> log.add("sent"));
        settle();

        assertThat(log).containsExactly("sent");
        assertThat(touched()).containsExactly(new Event.FrameTouched(bus().name(), "123#DEADBEEF", "dropped"));
        assertThat(bus().digest().frames()).isZero();
    }

    @Test
    protected void aReplacedFrameArrivesInPlaceOfTheOther() {
        CanPort sender = bus().attach("a");
        listening("b");
        bus().intercept((node, frame) -> node.equals("a")
                ? new FrameInterceptor.Replace(CanFrame.parse("123#00"))
                : FrameInterceptor.Fate.PASS);

        sender.send(FRAME);
        settle();

        assertThat(log).containsExactly("b 123#00");
        assertThat(touched())
                .containsExactly(new Event.FrameTouched(bus().name(), "123#DEADBEEF", "replaced by 123#00"));
    }

    @Test
    protected void injectedFramesReachEverybodyAndAreNotOfferedToTheirInterceptor() {
        CanPort sender = listening("a");
        listening("b");
        bus().intercept((node, frame) -> new FrameInterceptor.Inject(List.of(CanFrame.parse("7FF#66"))));

        sender.send(FRAME);
        settle();

        assertThat(log).containsExactly("b 123#DEADBEEF", "a 7FF#66", "b 7FF#66");
        assertThat(touched())
                .containsExactly(new Event.FrameTouched(bus().name(), "7FF#66", "injected by interceptor"));
    }

    @Test
    protected void anInterceptorThatWasClosedTouchesNothing() {
        CanPort sender = bus().attach("a");
        listening("b");

        bus().intercept((node, frame) -> FrameInterceptor.Fate.DROP).close();
        sender.send(FRAME);
        settle();

        assertThat(log).containsExactly("b 123#DEADBEEF");
        assertThat(touched()).isEmpty();
    }

    @Test
    protected void framesOfARogueNodeAreRecorded() {
        listening("b");

        bus().attachRogue("mallory").send(FRAME);
        settle();

        assertThat(log).containsExactly("b 123#DEADBEEF");
        assertThat(touched())
                .containsExactly(new Event.FrameTouched(bus().name(), "123#DEADBEEF", "injected by mallory"));
    }

    @Test
    protected void everyKindOfFrameArrivesAsItWasSent() {
        List<String> kinds = new ArrayList<>(
                List.of("000#", "7FF#FFFFFFFFFFFFFFFF", "00000000#00", "1FFFFFFF#0102030405060708",
                        "123#R", "123#R8", "18DA00F1#R4"));
        if (bus().fd()) {
            kinds.addAll(List.of("123##0", "123##1", "7FF##1" + "CC".repeat(64), "18DA00F1##0" + "00".repeat(12)));
        }
        CanPort sender = bus().attach("a");
        List<String> received = new ArrayList<>();
        bus().attach("b").onFrame(frame -> received.add(frame.toString()));

        kinds.forEach(frame -> assertThat(sender.send(CanFrame.parse(frame))).isTrue());
        settle();

        assertThat(received).isEqualTo(kinds);
    }

    @Test
    protected void anIdentifierOf11BitsIsNotTheSameNumberWith29() {
        CanPort sender = bus().attach("a");
        bus().attach("b").onFrame(CanId.standard(0x123), frame -> log.add("11 " + frame));

        sender.send(CanFrame.parse("00000123#"));
        settle();

        assertThat(log).isEmpty();
    }

    @Test
    protected void aFilterPassesWhatAgreesUnderItsMask() {
        CanPort sender = bus().attach("a");
        CanPort receiver = bus().attach("b");
        receiver.onFrame(new IdFilter(CanId.standard(0x7E8), 0x7F8), frame -> log.add("answer " + frame));
        receiver.onFrame(new IdFilter(CanId.extended(0), 0), frame -> log.add("extended " + frame));

        for (String id : List.of("7E0", "7E8", "7EF", "7F0", "18DA00F1", "0E8")) {
            sender.send(CanFrame.parse(id + "#"));
        }
        settle();

        assertThat(log).containsExactly("answer 7E8#", "answer 7EF#", "extended 18DA00F1#");
    }

    @Test
    protected void eachReceiverOfAPortIsServed() {
        CanPort sender = bus().attach("a");
        CanPort receiver = bus().attach("b");
        receiver.onFrame(frame -> log.add("all"));
        receiver.onFrame(FRAME.id(), frame -> log.add("one"));

        sender.send(FRAME);
        settle();

        assertThat(log).containsExactlyInAnyOrder("all", "one");
    }

    @Test
    protected void aSenderIsToldAfterItsFrameHasArrived() {
        CanPort sender = bus().attach("a");
        listening("b");

        sender.send(FRAME, () -> log.add("sent"));
        settle();

        assertThat(log).containsExactlyInAnyOrder("b 123#DEADBEEF", "sent");
    }

    @Test
    protected void aFullQueueRefusesFramesAndLosesNoneThatItTook() {
        CanPort sender = bus().attach("a");
        List<Integer> received = new ArrayList<>();
        bus().attach("b").onFrame(frame -> received.add((frame.byteAt(0) << 8) | frame.byteAt(1)));

        int taken = 0;
        while (taken <= queueFrames() && sender.send(CanFrame.of(FRAME.id(), (byte) (taken >> 8), (byte) taken))) {
            taken++;
        }
        assertThat(taken).as("a queue has an end").isBetween(1, queueFrames());
        settle();

        assertThat(received).hasSize(taken).isSorted().doesNotHaveDuplicates();
        assertThat(sender.send(FRAME)).as("there is room again").isTrue();
    }

    @Test
    protected void namesAreTheOnesThatWereGiven() {
        CanPort port = bus().attach("a");

        assertThat(port.node()).isEqualTo("a");
        assertThat(port.bus()).isEqualTo(bus().name());
    }

    @Test
    protected void framesAreReceivedFromWhenTheListenerIsThere() {
        CanPort sender = bus().attach("a");
        CanPort receiver = bus().attach("b");

        sender.send(FRAME);
        settle();
        receiver.onFrame(frame -> log.add("late " + frame));
        sender.send(CanFrame.parse("124#"));
        settle();

        assertThat(log).containsExactly("late 124#");
    }

    @Test
    protected void theDigestChangesWithEveryFrameAndWithNothingElse() {
        CanPort sender = bus().attach("a");
        bus().attach("b");
        String before = bus().digest().sha256();

        assertThat(bus().digest().sha256()).isEqualTo(before);
        sender.send(FRAME);
        settle();

        assertThat(bus().digest().sha256()).isNotEqualTo(before);
        assertThat(bus().digest().frames()).isEqualTo(1);
    }
}
