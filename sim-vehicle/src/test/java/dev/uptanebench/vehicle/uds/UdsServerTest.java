package dev.uptanebench.vehicle.uds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.uptanebench.vehicle.kernel.RandomStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UdsServerTest {
    private static final long SECOND = 1_000_000_000;
    private static final long MILLI = 1_000_000;
    private static final HexFormat HEX = HexFormat.ofDelimiter(" ").withUpperCase();

    private final ScriptedEcu ecu = new ScriptedEcu();
    private final List<String> responses = new ArrayList<>();
    private long now;
    private final UdsServer server = server(new ComplementKeys());

    /** The key is the seed's complement. */
    private static final class ComplementKeys implements UdsSecurity {
        @Override
        public boolean knows(int level) {
            return level == 1;
        }

        @Override
        public byte[] seed(int level) {
            return new byte[]{0x12, 0x34};
        }

        @Override
        public byte[] key(int level, byte[] seed) {
            return new byte[]{(byte) ~seed[0], (byte) ~seed[1]};
        }
    }

    private UdsServer server(UdsSecurity security) {
        return new UdsServer(UdsRules.standard(), security, ecu, response -> responses.add(HEX.formatHex(response)));
    }

    private String ask(String request) {
        responses.clear();
        server.request(HEX.parseHex(request), false, now);
        return String.join(", ", responses);
    }

    private void unlock() {
        ask("10 02");
        ask("27 01");
        assertThat(ask("27 02 ED CB")).isEqualTo("67 02");
    }

    @Test
    void aSessionAnswersWithItsTimes() {
        assertThat(ask("10 03")).isEqualTo("50 03 00 32 01 F4");
        assertThat(server.session()).isEqualTo(UdsSession.EXTENDED);
    }

    @Test
    void aSilentTesterLosesItsSessionAfterFiveSeconds() {
        unlock();
        now = 4 * SECOND;
        assertThat(ask("3E 80")).isEmpty();
        assertThat(server.deadline()).isEqualTo(9 * SECOND);

        now = 9 * SECOND;
        server.expire(now);

        assertThat(server.session()).isEqualTo(UdsSession.DEFAULT);
        assertThat(ecu.log).containsExactly("session ended");
        assertThat(server.deadline()).isEqualTo(Long.MAX_VALUE);
        assertThat(ask("31 01 FF 00")).isEqualTo("7F 31 7F");
    }

    @Test
    void aSessionThatRanOutIsOverEvenIfNobodyLooked() {
        unlock();
        now = 6 * SECOND;

        assertThat(ask("2E F1 5A 01")).isEqualTo("7F 2E 7F");
    }

    @Test
    void aSessionDoesNotRunOutWhileARequestArrives() {
        unlock();
        server.requestStarted(SECOND);
        assertThat(server.deadline()).isEqualTo(Long.MAX_VALUE);
        server.requestLost(7 * SECOND);

        assertThat(server.session()).isEqualTo(UdsSession.PROGRAMMING);
        assertThat(server.deadline()).isEqualTo(12 * SECOND);
    }

    @ParameterizedTest
    @CsvSource({"10 04,7F 10 12", "10,7F 10 13", "10 01 01,7F 10 13", "11 00,7F 11 12", "11 04,7F 11 12",
            "27 01,7F 27 7F", "27 02 00,7F 27 7F", "22 F1,7F 22 13", "22,7F 22 13", "22 F1 90 00,7F 22 13",
            "22 00 00,7F 22 31", "22 F1 8C F1 8C,7F 22 14", "2E F1 5A,7F 2E 13", "2E F1 5A 01,7F 2E 7F",
            "31 01 FF 00,7F 31 7F", "31 04 FF 00,7F 31 12", "31 01 FF,7F 31 13", "34 00 44 00 00 00 01,7F 34 13",
            "34 00 00,7F 34 31", "34 00 66,7F 34 31", "36,7F 36 13", "36 01 00,7F 36 7F", "37,7F 37 7F",
            "38 01 00 05 61,7F 38 13", "38 04 00 01 61,7F 38 31", "3E 01,7F 3E 12", "3E,7F 3E 13", "85 02,7F 85 11",
            "00,7F 00 11"})
    void aWrongRequestInTheDefaultSessionIsRefusedByName(String request, String response) {
        assertThat(ask(request)).isEqualTo(response);
        assertThat(ecu.log).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"2E F1 5A 01,7F 2E 33", "31 01 FF 00,7F 31 33", "34 00 44 00 00 10 00 00 00 00 08,7F 34 33",
            "38 01 00 01 61 00 01 04 04,7F 38 33", "36 01 00,7F 36 33", "37,7F 37 33", "27 02 00 00,7F 27 24",
            "27 03,7F 27 12"})
    void aLockedEcuRefusesWhatNeedsAKey(String request, String response) {
        ask("10 02");

        assertThat(ask(request)).isEqualTo(response);
        assertThat(ecu.log).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"2E F1 5A 01,6E F1 5A", "2E F1 90 01,7F 2E 31", "31 01 FF 00 07,71 01 FF 00 00",
            "31 01 02 02,7F 31 31", "31 02 FF 00,7F 31 12", "31 03 FF 00,7F 31 24", "36 01 00,7F 36 24",
            "37,7F 37 24", "34 00 44 00 00 00 00 00 00 00 08,7F 34 22", "34 11 44 00 00 10 00 00 00 00 08,7F 34 31",
            "34 00 44 00 00 10 00 00 00 00 08,74 20 0F FF", "34 00 12 10 00 08,74 20 0F FF",
            "38 01 00 01 61 00 01 04 04,78 01 02 0F FF 00", "38 03 00 01 61 00 02 00 04 00 04,78 03 02 0F FF 00",
            "38 01 00 01 61 00 02 10 00 10 00,7F 38 70", "27 01,67 01 00 00"})
    void anUnlockedEcuDecidesByItself(String request, String response) {
        unlock();

        assertThat(ask(request)).isEqualTo(response);
    }

    @Test
    void severalIdentifiersAreReadAtOnce() {
        assertThat(ask("22 F1 90 F1 90")).isEqualTo("62 F1 90 01 02 03 F1 90 01 02 03");
    }

    @Test
    void wrongKeysAreCountedAndThenNobodyIsHeardForAWhile() {
        ask("10 02");
        for (int attempt = 0; attempt < 2; attempt++) {
            ask("27 01");
            assertThat(ask("27 02 00 00")).isEqualTo("7F 27 35");
            assertThat(ask("27 02 ED CB")).as("one guess per seed").isEqualTo("7F 27 24");
        }
        ask("27 01");
        assertThat(ask("27 02 00 00")).isEqualTo("7F 27 36");
        assertThat(ask("27 01")).isEqualTo("7F 27 37");
        now = 4 * SECOND;
        ask("10 02");
        now = 8 * SECOND;
        ask("10 02");
        now = 10 * SECOND;
        assertThat(ask("27 01")).isEqualTo("67 01 12 34");
    }

    @Test
    void anotherSessionLocksAgain() {
        unlock();
        ask("10 03");

        assertThat(ask("2E F1 5A 01")).isEqualTo("7F 2E 33");
    }

    @Test
    void aFileGoesBlockByBlock() {
        unlock();
        ask("38 01 00 06 61 2F 62 2E 6A 73 00 01 03 03");

        assertThat(ask("36 01 AA BB")).isEqualTo("76 01");
        assertThat(ask("37")).as("a byte is missing").isEqualTo("7F 37 24");
        assertThat(ask("36 02 CC")).isEqualTo("76 02");
        assertThat(ask("37")).isEqualTo("77");
        assertThat(ask("37")).isEqualTo("7F 37 24");
        assertThat(ecu.log).containsExactly("open a/b.js 3", "block aabb", "block cc", "finished");
    }

    @Test
    void aRepeatedBlockIsAcknowledgedAndNotWrittenTwice() {
        unlock();
        ask("34 00 11 10 04");

        assertThat(ask("36 01 AA")).isEqualTo("76 01");
        assertThat(ask("36 01 AA")).isEqualTo("76 01");
        assertThat(ask("36 03 CC")).isEqualTo("7F 36 73");
        assertThat(ask("36 02 BB")).isEqualTo("76 02");
        assertThat(ecu.log).containsExactly("download 10 4", "block aa", "block bb");
    }

    @Test
    void theFirstBlockIsNumberOne() {
        unlock();
        ask("34 00 11 10 04");

        assertThat(ask("36 00 AA")).isEqualTo("7F 36 73");
    }

    @Test
    void theBlockCounterWrapsToZero() {
        unlock();
        ask("34 00 21 10 03 E8");
        for (int block = 1; block <= 300; block++) {
            String counter = HEX.toHexDigits((byte) block);
            assertThat(ask("36 " + counter + " 55")).isEqualTo("76 " + counter);
        }

        assertThat(ecu.log).hasSize(301);
    }

    @Test
    void bytesBeyondTheAnnouncedLengthAreOfferedAndTheSinkDecides() {
        unlock();
        ask("34 00 11 10 02");
        ask("36 01 AA BB");

        assertThat(ask("36 02 CC")).isEqualTo("7F 36 71");
        assertThat(ask("36 02 CC")).as("the transfer is over").isEqualTo("7F 36 24");
        assertThat(ecu.log).containsExactly("download 10 2", "block aabb", "block cc", "aborted");
    }

    @Test
    void onlyOneTransferRunsAtATimeAndANewSessionEndsIt() {
        unlock();
        ask("34 00 11 10 02");

        assertThat(ask("38 01 00 01 61 00 01 04 04")).isEqualTo("7F 38 22");
        ask("10 02");
        assertThat(ecu.log).containsExactly("download 10 2", "aborted");
    }

    @Test
    void anEcuThatNeedsTimeAsksForPatience() {
        unlock();
        ecu.busy = 6 * SECOND;
        assertThat(ask("31 01 FF 00")).isEmpty();
        assertThat(server.deadline()).isEqualTo(50 * MILLI);
        for (long step : new long[]{50 * MILLI, 2550 * MILLI, 5050 * MILLI}) {
            assertThat(server.deadline()).isEqualTo(step);
            server.expire(step);
            now = step;
        }
        server.request(new byte[]{0x22, (byte) 0xF1, (byte) 0x90}, false, now);
        server.expire(6 * SECOND);

        assertThat(responses).containsExactly("7F 31 78", "7F 31 78", "7F 31 78", "7F 22 21", "71 01 FF 00 00");
        assertThat(server.deadline()).isEqualTo(11 * SECOND);
    }

    @Test
    void aResetIsAnsweredFirstAndLeavesTheDefaultSession() {
        unlock();

        assertThat(ask("11 01")).isEqualTo("51 01");
        assertThat(ecu.log).containsExactly("session ended", "reset 1");
        assertThat(server.session()).isEqualTo(UdsSession.DEFAULT);
    }

    @Test
    void whatConcernsEverybodyIsNotRefusedAloud() {
        server.request(HEX.parseHex("85 02"), true, now);
        server.request(HEX.parseHex("22 00 00"), true, now);
        assertThat(responses).isEmpty();

        server.request(HEX.parseHex("10 83"), true, now);
        assertThat(responses).isEmpty();
        assertThat(server.session()).isEqualTo(UdsSession.EXTENDED);
    }

    @Test
    void anOpenEcuNeedsNoKey() {
        UdsServer open = server(UdsSecurity.OPEN);
        open.request(HEX.parseHex("10 02"), false, 0);
        open.request(HEX.parseHex("31 01 FF 00"), false, 0);
        open.request(HEX.parseHex("27 01"), false, 0);

        assertThat(responses).endsWith("71 01 FF 00 00", "7F 27 12");
    }

    @Test
    void everyRequestSurvivesItsEncoding() throws UdsRefusal {
        Bytes bytes = new Bytes(new byte[]{1, 2, 3});
        List<UdsRequest> requests = List.of(new UdsRequest.StartSession(2, true), new UdsRequest.Reset(1, false),
                new UdsRequest.RequestSeed(1), new UdsRequest.SendKey(1, bytes),
                new UdsRequest.ReadData(List.of(0xF190, 0x0102)), new UdsRequest.WriteData(0xF15A, bytes),
                new UdsRequest.Routine(1, 0xFF00, bytes), new UdsRequest.RequestDownload(0, 0x8000_0000L, 0xFFFF_FFFFL),
                new UdsRequest.FileTransfer(3, "director/2.root.json", 0, 4000),
                new UdsRequest.TransferData(255, bytes),
                new UdsRequest.TransferExit(), new UdsRequest.TesterPresent(true));
        for (UdsRequest request : requests) {
            assertThat(UdsRequest.decode(request.encode())).isEqualTo(request);
        }
    }

    @Test
    void noSequenceOfRequestsBreaksTheServer() {
        RandomStream random = RandomStream.of(11, "requests");
        byte[] services = {0x10, 0x11, 0x22, 0x27, 0x2E, 0x31, 0x34, 0x36, 0x37, 0x38, 0x3E};
        for (int i = 0; i < 100_000; i++) {
            byte[] request = random.nextBytes(random.nextInt(16));
            if (request.length > 0) {
                request[0] = services[random.nextInt(services.length)];
            }
            if (request.length > 1) {
                request[1] &= 3;
            }
            ecu.busy = random.nextInt(20) == 0 ? SECOND : 0;
            server.request(request, random.nextInt(5) == 0, now);
            now += random.nextInt(100) * MILLI;
            server.expire(now);
        }

        now += 100 * SECOND;
        server.expire(now);
        assertThat(responses).isNotEmpty();
    }
}
