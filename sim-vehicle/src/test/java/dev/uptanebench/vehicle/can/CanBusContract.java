package dev.uptanebench.vehicle.can;

import static org.assertj.core.api.Assertions.assertThat;

import dev.uptanebench.vehicle.history.Event;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every bus does, whatever carries its frames. */
public abstract class CanBusContract {
    private static final CanFrame FRAME = CanFrame.parse("123#DEADBEEF");

    private final List<String> log = new ArrayList<>();

    /** The bus under test, one per test. */
    protected abstract CanBus bus();

    /** Returns when everything that was sent has arrived. */
    protected abstract void settle();

    /** What the bus has told the history about touched frames. */
    protected abstract List<Event.FrameTouched> touched();

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
    protected void theDigestChangesWithEveryFrameAndWithNothingElse() {
        CanPort sender = bus().attach("a");
        String before = bus().digest().sha256();

        assertThat(bus().digest().sha256()).isEqualTo(before);
        sender.send(FRAME);
        settle();

        assertThat(bus().digest().sha256()).isNotEqualTo(before);
        assertThat(bus().digest().frames()).isEqualTo(1);
    }
}
