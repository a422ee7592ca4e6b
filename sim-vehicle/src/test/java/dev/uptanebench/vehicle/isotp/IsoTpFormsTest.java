package dev.uptanebench.vehicle.isotp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.uptanebench.vehicle.can.CanFrame;
import dev.uptanebench.vehicle.can.CanId;
import dev.uptanebench.vehicle.kernel.RandomStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addressing, CAN FD, long messages and what each frame looks like then (ISO 15765-2:2016 chapters 9 and 10). */
class IsoTpFormsTest {
    private static final long SECOND = 1_000_000_000;
    private static final CanId REQUEST = CanId.standard(0x7E0);
    private static final CanId RESPONSE = CanId.standard(0x7E8);
    private static final IsoTpConfig NORMAL = IsoTpConfig.of(REQUEST, RESPONSE);
    private static final IsoTpConfig EXTENDED = IsoTpConfig.of(IsoTpAddress.extended(REQUEST, RESPONSE, 0xF1, 0x10));
    private static final IsoTpConfig MIXED = IsoTpConfig.of(IsoTpAddress.mixed(REQUEST, RESPONSE, 0x99));

    private final Script user = new Script();

    private static IsoTpConfig fd(int length) {
        return NORMAL.withFrames(IsoTpFrames.fd(length));
    }

    /** The bytes 01, 02, 03 and so on. */
    private static byte[] counting(int length) {
        byte[] message = new byte[length];
        for (int i = 0; i < length; i++) {
            message[i] = (byte) (i + 1);
        }
        return message;
    }

    private String first(IsoTpConfig config, int length) {
        new IsoTpEngine(config, user).send(counting(length), 0);
        return user.log.getFirst();
    }

    static Stream<Arguments> firstFrames() {
        return Stream.of(Arguments.of(NORMAL, 7, "7E0#0701020304050607"),
                Arguments.of(NORMAL, 8, "7E0#1008010203040506"),
                Arguments.of(NORMAL, 4095, "7E0#1FFF010203040506"),
                Arguments.of(NORMAL, 4096, "7E0#1000000010000102"),
                Arguments.of(EXTENDED, 6, "7E0#1006010203040506"),
                Arguments.of(EXTENDED, 7, "7E0#1010070102030405"),
                Arguments.of(EXTENDED, 4096, "7E0#1010000000100001"),
                Arguments.of(MIXED, 2, "7E0#99020102CCCCCCCC"),
                Arguments.of(IsoTpConfig.of(IsoTpAddress.normalFixed(0xF1, 0x10)), 2, "18DA10F1#020102CCCCCCCCCC"),
                Arguments.of(IsoTpConfig.of(IsoTpAddress.mixedFixed(0xF1, 0x10, 0x99)), 2,
                        "18CE10F1#99020102CCCCCCCC"),
                Arguments.of(IsoTpConfig.of(IsoTpAddress.functionalFixed(0xF1, 0x33)), 2, "18DB33F1#020102CCCCCCCCCC"),
                Arguments.of(NORMAL.withPadding(IsoTpConfig.NO_PADDING), 2, "7E0#020102"),
                Arguments.of(NORMAL.withPadding(0), 2, "7E0#0201020000000000"),
                Arguments.of(fd(64), 2, "7E0##1020102CCCCCCCCCC"),
                Arguments.of(fd(64), 7, "7E0##10701020304050607"),
                Arguments.of(fd(64), 8, "7E0##100080102030405060708CCCC"),
                Arguments.of(fd(64), 10, "7E0##1000A0102030405060708090A"),
                Arguments.of(fd(64), 11, "7E0##1000B0102030405060708090A0BCCCCCC"),
                Arguments.of(fd(12), 11, "7E0##1100B0102030405060708090A"),
                Arguments.of(fd(8), 8, "7E0##11008010203040506"),
                Arguments.of(new IsoTpConfig(EXTENDED.address(), IsoTpFrames.fd(12), 0xCC, 0, 0, 4095, 0,
                        IsoTpTimes.standard()), 9, "7E0##1100009010203040506070809"),
                Arguments.of(NORMAL.withFrames(new IsoTpFrames(true, false, 64)), 1, "7E0##00101CCCCCCCCCCCC"));
    }

    @ParameterizedTest
    @MethodSource("firstFrames")
    void theFirstFrameOfAMessageHasTheFormOfItsLength(IsoTpConfig config, int length, String frame) {
        assertThat(first(config, length)).isEqualTo(frame);
    }

    @Test
    void allFramesOfAnFdMessageAreLongButTheLast() {
        IsoTpEngine engine = new IsoTpEngine(fd(64), user);
        engine.send(counting(62 + 63 + 9), 0);
        engine.frameSent(0);
        engine.frame(CanFrame.parse("7E8##1300000"), 0);
        engine.frameSent(0);
        engine.frameSent(0);

        assertThat(user.frames).extracting(CanFrame::length).containsExactly(64, 64, 12);
        assertThat(user.frames.getLast().toString()).startsWith("7E0##1227E7F80818283848586CCCC");
        assertThat(user.log).last().isEqualTo("sent");
    }

    @Test
    void aLongMessageOnASmallBufferIsRefusedByItsFirstFrame() {
        IsoTpEngine engine = new IsoTpEngine(EXTENDED, user);
        engine.frame(CanFrame.parse("7E8#F110000000100001"), 0);

        assertThat(user.log).containsExactly("flow 7E0#10320000CCCCCCCC", "failed TOO_LONG");
    }

    /** Every form, there and back, with lengths around each bound. */
    @ParameterizedTest
    @MethodSource("forms")
    void messagesOfEveryLengthSurviveTheTrip(IsoTpConfig config) {
        RandomStream random = RandomStream.of(3, "forms");
        int longest = config.frames().longest();
        int[] around = {1, 6, 7, 8, 12, 13, longest - 4, longest, 2 * longest, 4094, 4095, 4096, 10_000, 70_000};
        for (int around0 : around) {
            for (int length = Math.max(1, around0 - 2); length < around0 + 3; length++) {
                byte[] message = random.nextBytes(length);
                Script far = new Script();
                Script near = new Script();
                IsoTpConfig big = config.withLongest(1 << 20);
                IsoTpEngine sender = new IsoTpEngine(big, near);
                sender.send(message, 0);
                IsoTpEngineTest.carry(near, sender, far, new IsoTpEngine(big.reversed().withFlow(length % 9, 0), far));

                assertThat(far.log).last().isEqualTo("received " + HexFormat.of().formatHex(message) + " since 0");
                assertThat(near.log).last().isEqualTo("sent");
                assertThat(near.frames).allMatch(frame -> frame.fd() == config.frames().fd());
            }
        }
    }

    static Stream<IsoTpConfig> forms() {
        List<IsoTpAddress> addresses = List.of(NORMAL.address(), EXTENDED.address(), MIXED.address(),
                IsoTpAddress.normalFixed(0xF1, 0x10), IsoTpAddress.mixedFixed(0xF1, 0x10, 0));
        List<IsoTpFrames> frames = List.of(IsoTpFrames.CLASSICAL, IsoTpFrames.fd(8), IsoTpFrames.fd(12),
                IsoTpFrames.fd(20), IsoTpFrames.fd(64), new IsoTpFrames(true, false, 32));
        return addresses.stream().flatMap(address -> frames.stream().flatMap(form -> IntStream
                .of(0xCC, IsoTpConfig.NO_PADDING)
                .mapToObj(padding -> IsoTpConfig.of(address).withFrames(form).withPadding(padding))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"7E8##1000501020304050607080900", // escape for what fits without
            "7E8##1000B0102030405060708090A", // longer than its frame
            "7E8##1070102030405060700000000", // short form in a long frame
            "7E8##1000100", "7E8##1003E00", // escape in a short frame
            "7E8##11007010203040506", "7E8##1100A0102030405060708090A", // a single frame would do
            "7E8##1100B01"})
    void anFdFrameThatIsNotAProperOneIsIgnored(String frame) {
        new IsoTpEngine(fd(64), user).frame(CanFrame.parse(frame), 0);

        assertThat(user.log).isEmpty();
    }

    @Test
    void aFrameForAnotherAddressIsIgnored() {
        IsoTpEngine engine = new IsoTpEngine(EXTENDED, user);
        engine.frame(CanFrame.parse("7E8#10021003"), 0);
        engine.frame(CanFrame.parse("7E8#F1021003"), 0);
        engine.frame(CanFrame.parse("7E8#F1"), 0);

        assertThat(user.log).containsExactly("received 1003 since 0");
    }

    @Test
    void conversationsOnOneIdentifierDoNotDisturbEachOther() {
        Script other = new Script();
        List<IsoTpEngine> ends = List.of(new IsoTpEngine(EXTENDED, user), new IsoTpEngine(
                IsoTpConfig.of(IsoTpAddress.extended(REQUEST, RESPONSE, 0xF2, 0x10)), other));
        for (String frame : List.of("F110080102030405", "F210080A0B0C0D0E", "F2210F1011CCCCCC", "F121060708CCCCCC")) {
            ends.forEach(end -> end.frame(CanFrame.parse("7E8#" + frame), 0));
        }

        assertThat(user.log).last().isEqualTo("received 0102030405060708 since 0");
        assertThat(other.log).last().isEqualTo("received 0a0b0c0d0e0f1011 since 0");
    }

    @Test
    void oneEndSendsAndReceivesAtTheSameTime() {
        IsoTpEngine engine = new IsoTpEngine(NORMAL, user);
        engine.send(counting(10), 0);
        engine.frameSent(0);
        engine.frame(CanFrame.parse("7E8#10080A0B0C0D0E0F"), 1);
        engine.frame(CanFrame.parse("7E8#300000"), 2);
        engine.frame(CanFrame.parse("7E8#211011"), 3);
        engine.frameSent(4);

        assertThat(user.log).endsWith("received 0a0b0c0d0e0f1011 since 1", "sent");
    }

    @Test
    void whatIsMeantForEverybodyFitsInASingleFrame() {
        IsoTpEngine engine = new IsoTpEngine(IsoTpConfig.of(IsoTpAddress.functionalFixed(0xF1, 0x33)), user);

        assertThatIllegalArgumentException().isThrownBy(() -> engine.send(counting(8), 0));
        engine.send(counting(7), 0);
        assertThat(user.log).containsExactly("18DB33F1#0701020304050607");
    }

    @Test
    void nothingButSingleFramesIsHeardFromWhoSpeaksToEverybody() {
        IsoTpAddress everybody = IsoTpAddress.normal(RESPONSE, CanId.standard(0x7DF)).toEverybody();
        IsoTpEngine engine = new IsoTpEngine(IsoTpConfig.of(everybody), user);
        engine.frame(CanFrame.parse("7DF#1008010203040506"), 0);
        engine.frame(CanFrame.parse("7DF#023E80"), 0);

        assertThat(user.log).containsExactly("received 3e80 since 0");
    }

    @Test
    void aReceiverWithoutRoomAsksItsSenderToWait() {
        IsoTpEngine engine = new IsoTpEngine(NORMAL, user);
        user.ready = false;
        engine.frame(CanFrame.parse("7E8#1008010203040506"), 0);
        assertThat(user.deadline).isEqualTo(SECOND / 2);
        engine.expire(SECOND / 2);
        user.ready = true;
        engine.ready(SECOND / 2 + 1);
        engine.frame(CanFrame.parse("7E8#210708"), SECOND);

        assertThat(user.log).containsExactly("started 8", "flow 7E0#310000CCCCCCCCCC", "flow 7E0#310000CCCCCCCCCC",
                "flow 7E0#300000CCCCCCCCCC", "received 0102030405060708 since 0");
    }

    @Test
    void aReceiverThatIsNeverReadyGivesUp() {
        IsoTpEngine engine = new IsoTpEngine(NORMAL.withWaits(2), user);
        user.ready = false;
        engine.frame(CanFrame.parse("7E8#1008010203040506"), 0);
        engine.expire(user.deadline);
        engine.expire(user.deadline);

        assertThat(user.log).last().isEqualTo("failed NEVER_READY");
        assertThat(user.log).filteredOn(line -> line.startsWith("flow")).hasSize(2);
        assertThat(user.deadline).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aSenderAndAReceiverWaitForEachOtherAndGoOn() {
        Script far = new Script();
        IsoTpEngine sender = new IsoTpEngine(NORMAL, user);
        IsoTpEngine receiver = new IsoTpEngine(NORMAL.reversed(), far);
        far.ready = false;
        sender.send(counting(8), 0);
        receiver.frame(user.frames.getFirst(), 0);
        sender.frameSent(0);
        sender.frame(far.frames.getFirst(), 0);
        assertThat(user.deadline).isEqualTo(SECOND);
        far.ready = true;
        receiver.expire(far.deadline);
        sender.frame(far.frames.getLast(), SECOND / 2);
        receiver.frame(user.frames.getLast(), SECOND / 2);

        assertThat(far.log).last().isEqualTo("received 0102030405060708 since 0");
    }

    /** Each time-out with the value of its own: the failure comes at that time and not before. */
    @ParameterizedTest
    @CsvSource({"as,TIMEOUT_A,1", "bs,TIMEOUT_BS,3", "ar,TIMEOUT_AR,2", "cr,TIMEOUT_CR,5"})
    void eachTimeoutHasItsOwnTime(String which, IsoTpFailure failure, long nanos) {
        IsoTpEngine engine = new IsoTpEngine(NORMAL.withTimes(new IsoTpTimes(1, 2, 3, 4, 5)), user);
        switch (which) {
            case "as" -> engine.send(counting(8), 100);
            case "bs" -> {
                engine.send(counting(8), 0);
                engine.frameSent(100);
            }
            case "ar" -> engine.frame(CanFrame.parse("7E8#1008010203040506"), 100);
            default -> {
                engine.frame(CanFrame.parse("7E8#1008010203040506"), 99);
                engine.flowControlSent(100);
            }
        }
        engine.expire(100 + nanos - 1);
        assertThat(user.log).noneMatch(line -> line.startsWith("failed"));

        engine.expire(100 + nanos);
        assertThat(user.log).last().isEqualTo("failed " + failure);
        assertThat(user.deadline).isEqualTo(Long.MAX_VALUE);
        assertThat(engine.idle()).isTrue();
    }

    @Test
    void anAnnouncedLengthIsNotBelievedWithMemory() {
        List<IsoTpEngine> victims = new ArrayList<>();
        CanFrame first = CanFrame.parse("7E8#100040000000AAAA"); // one gibibyte
        for (int i = 0; i < 1000; i++) {
            IsoTpEngine engine = new IsoTpEngine(NORMAL.withLongest(IsoTpConfig.LARGEST), new Script());
            engine.frame(first, 0);
            victims.add(engine);
        }

        assertThat(victims).as("a tebibyte was announced").hasSize(1000);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 9, 65})
    void noFrameHasSuchALength(int length) {
        assertThatIllegalArgumentException().isThrownBy(() -> IsoTpFrames.fd(length));
    }
}
