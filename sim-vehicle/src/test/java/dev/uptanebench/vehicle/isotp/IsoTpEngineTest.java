package dev.uptanebench.vehicle.isotp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.uptanebench.vehicle.can.CanFrame;
import dev.uptanebench.vehicle.can.CanId;
import dev.uptanebench.vehicle.kernel.RandomStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IsoTpEngineTest {
    private static final long SECOND = 1_000_000_000;
    private static final long MILLI = 1_000_000;
    private static final IsoTpConfig CONFIG = IsoTpConfig.of(CanId.standard(0x7E0), CanId.standard(0x7E8));

    private final Script user = new Script();
    private final IsoTpEngine engine = new IsoTpEngine(CONFIG, user);

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    private void frame(String text, long now) {
        engine.frame(CanFrame.parse(text), now);
    }

    @Test
    void aShortMessageIsOnePaddedFrame() {
        engine.send(hex("1003"), 0);
        engine.frameSent(1);

        assertThat(user.log).containsExactly("7E0#021003CCCCCCCCCC", "sent");
        assertThat(engine.idle()).isTrue();
        assertThat(user.deadline).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void sevenBytesNeedNoPadding() {
        engine.send(hex("01020304050607"), 0);

        assertThat(user.log).containsExactly("7E0#0701020304050607");
    }

    @Test
    void paddingIsConfigurable() {
        Script other = new Script();
        new IsoTpEngine(CONFIG.withPadding(0xAA), other).send(hex("3E00"), 0);

        assertThat(other.log).containsExactly("7E0#023E00AAAAAAAAAA");
    }

    @Test
    void aLongMessageWaitsForFlowControlAndThenRunsOn() {
        engine.send(hex("000102030405060708090A0B0C0D0E"), 0);
        engine.frameSent(1);
        frame("7E8#300000CCCCCCCCCC", 2);
        engine.frameSent(3);
        engine.frameSent(4);

        assertThat(user.log).containsExactly("7E0#100F000102030405", "7E0#21060708090A0B0C", "7E0#220D0ECCCCCCCCCC",
                "sent");
    }

    @Test
    void blocksAndSeparationAreKept() {
        engine.send(new byte[6 + 3 * 7], 0);
        engine.frameSent(0);
        frame("7E8#30020ACCCCCCCCCC", 0);
        engine.frameSent(100);

        assertThat(user.frames).hasSize(2);
        assertThat(user.deadline).isEqualTo(100 + 10 * MILLI);

        engine.expire(user.deadline);
        engine.frameSent(20 * MILLI);
        assertThat(user.frames).hasSize(3);
        assertThat(user.deadline).as("N_Bs").isEqualTo(20 * MILLI + SECOND);

        frame("7E8#300000", 21 * MILLI);
        engine.frameSent(22 * MILLI);
        assertThat(user.frames).hasSize(4);
        assertThat(user.log).last().isEqualTo("sent");
    }

    @ParameterizedTest
    @CsvSource({"01,1000", "7F,127000", "F1,100", "F9,900", "80,127000", "F0,127000", "FA,127000", "FF,127000"})
    void separationTimesAreReadByTheTable(String value, long micros) {
        engine.send(new byte[20], 0);
        engine.frameSent(0);
        frame("7E8#3000" + value, 0);
        engine.frameSent(0);

        assertThat(user.deadline).isEqualTo(micros * 1000);
    }

    @Test
    void eachWaitGrantsAnotherSecondUntilThereWereTooMany() {
        engine.send(new byte[8], 0);
        engine.frameSent(0);
        for (int wait = 1; wait <= CONFIG.waits(); wait++) {
            frame("7E8#310000", 900 * MILLI * wait);
            assertThat(user.deadline).isEqualTo(900 * MILLI * wait + SECOND);
        }
        frame("7E8#310000", 10 * SECOND);

        assertThat(user.log).last().isEqualTo("failed TOO_MANY_WAITS");
        assertThat(engine.idle()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"7E8#320000,RECEIVER_OVERFLOW", "7E8#330000,INVALID_FLOW_STATUS", "7E8#3F0000,INVALID_FLOW_STATUS"})
    void aRefusingFlowControlEndsTheMessage(String flow, IsoTpFailure failure) {
        engine.send(new byte[8], 0);
        engine.frameSent(0);
        frame(flow, 1);

        assertThat(user.log).last().isEqualTo("failed " + failure);
        assertThat(user.deadline).isEqualTo(Long.MAX_VALUE);
        assertThat(failure.sending()).isTrue();
    }

    @Test
    void aFrameThatNeverLeavesIsATimeoutA() {
        engine.send(hex("3E00"), 5);
        engine.expire(5 + SECOND);
        engine.frameSent(6 + SECOND);

        assertThat(user.log).containsExactly("7E0#023E00CCCCCCCCCC", "failed TIMEOUT_A");
    }

    @Test
    void aFlowControlThatNeverComesIsATimeoutBs() {
        engine.send(new byte[8], 0);
        engine.frameSent(7);
        engine.expire(6 + SECOND);
        assertThat(engine.idle()).isFalse();
        engine.expire(7 + SECOND);

        assertThat(user.log).last().isEqualTo("failed TIMEOUT_BS");
    }

    @Test
    void flowControlsNobodyWaitsForAreIgnored() {
        frame("7E8#320000", 0);
        engine.send(new byte[8], 0);
        frame("7E8#320000", 0);

        assertThat(user.log).containsExactly("7E0#1008000000000000");
    }

    @Test
    void aSingleFrameIsAMessage() {
        frame("7E8#025003CCCCCCCCCC", 9);
        frame("7E8#017E", 10);

        assertThat(user.log).containsExactly("received 5003 since 9", "received 7e since 10");
    }

    @Test
    void aSegmentedMessageIsPutTogetherAndItsSenderToldHow() {
        Script other = new Script();
        IsoTpEngine slow = new IsoTpEngine(CONFIG.withFlow(1, 0xF1), other);
        slow.frame(CanFrame.parse("7E8#100F000102030405"), 1);
        slow.frame(CanFrame.parse("7E8#21060708090A0B0C"), 2);
        slow.frame(CanFrame.parse("7E8#220D0E"), 3);

        assertThat(other.log).containsExactly("started 15", "flow 7E0#3001F1CCCCCCCCCC", "flow 7E0#3001F1CCCCCCCCCC",
                "received 000102030405060708090a0b0c0d0e since 1");
        assertThat(other.deadline).isEqualTo(Long.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"7E8#22060708090A0B0C", "7E8#20060708090A0B0C"})
    void aLostOrRepeatedFrameEndsTheMessage(String frame) {
        frame("7E8#100F000102030405", 1);
        frame(frame, 2);
        frame("7E8#21060708090A0B0C", 3);

        assertThat(user.log).last().isEqualTo("failed WRONG_SEQUENCE");
        assertThat(user.deadline).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aFrameThatNeverComesIsATimeoutCr() {
        frame("7E8#100F000102030405", 1);
        frame("7E8#21060708090A0B0C", 2);
        engine.expire(1 + SECOND);
        assertThat(user.log).hasSize(2);
        engine.expire(2 + SECOND);

        assertThat(user.log).last().isEqualTo("failed TIMEOUT_CR");
    }

    @Test
    void aNewMessageInterruptsTheFormerOne() {
        frame("7E8#100F000102030405", 1);
        frame("7E8#1008101112131415", 2);
        frame("7E8#211617", 3);

        assertThat(user.log).containsExactly("started 15", "flow 7E0#300000CCCCCCCCCC", "failed INTERRUPTED",
                "started 8", "flow 7E0#300000CCCCCCCCCC", "received 1011121314151617 since 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"7E8#1065000102030405", "7E8#1FFF000102030405", "7E8#1000000010000000",
            "7E8#1000FFFFFFFF0000"})
    void aMessageLongerThanTheBufferIsRefusedBeforeAnythingIsKept(String first) {
        Script other = new Script();
        new IsoTpEngine(CONFIG.withLongest(100), other).frame(CanFrame.parse(first), 1);

        assertThat(other.log).containsExactly("flow 7E0#320000CCCCCCCCCC", "failed TOO_LONG");
    }

    @ParameterizedTest
    @ValueSource(strings = {"7E8#1007000102030405", "7E8#1000000000080000", "7E8#100F0001020304", "7E8#00CCCC",
            "7E8#0311", "7E8#08111213141516", "7E8#21060708", "7E8#40", "7E8#FF", "7E8#", "7E8#R8", "7E9#0211CC"})
    void whatIsNotAProperFrameIsIgnored(String frame) {
        frame(frame, 1);

        assertThat(user.log).isEmpty();
    }

    @Test
    void onlyOneMessageLeavesAtATime() {
        engine.send(hex("3E00"), 0);

        assertThatIllegalStateException().isThrownBy(() -> engine.send(hex("3E00"), 0));
        assertThatIllegalArgumentException().isThrownBy(() -> engine.send(new byte[0], 0));
    }

    @Test
    void aResetForgetsEverything() {
        engine.send(new byte[100], 0);
        frame("7E8#100F000102030405", 1);
        engine.reset();
        engine.expire(2 * SECOND);

        assertThat(user.log).noneMatch(line -> line.startsWith("failed"));
        assertThat(engine.idle()).isTrue();
    }

    @Test
    void messagesOfEveryLengthSurviveTheTrip() {
        RandomStream random = RandomStream.of(3, "messages");
        int[] lengths = {1, 6, 7, 8, 12, 13, 14, 15, 20, 21, 118, 119, 4094, 4095};
        for (int length : lengths) {
            byte[] message = random.nextBytes(length);
            Script far = new Script();
            IsoTpEngine receiver = new IsoTpEngine(CONFIG.reversed().withFlow(length % 9, 0), far);
            Script near = new Script();
            IsoTpEngine sender = new IsoTpEngine(CONFIG, near);
            sender.send(message, 0);
            carry(near, sender, far, receiver);

            assertThat(far.log).last().isEqualTo("received " + HexFormat.of().formatHex(message) + " since 0");
            assertThat(near.log).last().isEqualTo("sent");
        }
    }

    static void carry(Script near, IsoTpEngine sender, Script far, IsoTpEngine receiver) {
        Queue<CanFrame> out = new ArrayDeque<>();
        for (int sent = 0, back = 0; sent < near.frames.size() || back < far.frames.size();) {
            if (sent < near.frames.size()) {
                out.add(near.frames.get(sent++));
                receiver.frame(out.remove(), 0);
                sender.frameSent(0);
            } else {
                sender.frame(far.frames.get(back++), 0);
            }
        }
    }

    @Test
    void noSequenceOfFramesBreaksTheEngineOrMakesItHoard() {
        RandomStream random = RandomStream.of(5, "noise");
        byte[] kinds = {0x02, 0x10, 0x1F, 0x20, 0x21, 0x22, 0x23, 0x30, 0x31, 0x32, 0x3F, 0x50};
        for (long now = 0; now < 200_000; now++) {
            byte[] data = random.nextBytes(random.nextInt(9));
            if (data.length > 0 && random.nextInt(4) > 0) {
                data[0] = kinds[random.nextInt(kinds.length)];
            }
            engine.frame(CanFrame.of(CanId.standard(0x7E8), data), now * MILLI);
            if (engine.idle() && random.nextInt(10) == 0) {
                engine.send(Arrays.copyOf(data, 1 + random.nextInt(50)), now * MILLI);
            }
            if (random.nextInt(2) == 0) {
                engine.frameSent(now * MILLI);
            }
            engine.expire(now * MILLI);
            if (user.log.size() > 100) {
                user.log.clear();
                user.frames.clear();
            }
        }

        for (int frame = 0; frame < 10 && user.deadline < Long.MAX_VALUE; frame++) {
            engine.expire(user.deadline);
        }
        assertThat(user.deadline).isEqualTo(Long.MAX_VALUE);
        assertThat(engine.idle()).isTrue();
    }
}
