package dev.uptanebench.vehicle.uds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.uptanebench.vehicle.kernel.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
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

    /** Figure 5 of ISO 14229-1: is there such a service, is it there in this session, and only then its form. */
    @ParameterizedTest
    @CsvSource({"10 04,7F 10 12", "10,7F 10 13", "10 01 01,7F 10 13", "11 00,7F 11 12", "11 04,7F 11 12", "11,7F 11 13",
            "22 F1,7F 22 13", "22,7F 22 13", "22 F1 90 00,7F 22 13", "22 00 00,7F 22 31", "22 F1 8C F1 8C,7F 22 14",
            "27 01,7F 27 7F", "27 02 00,7F 27 7F", "27,7F 27 7F", "28 00 01,7F 28 7F", "29 08,7F 29 11",
            "2E F1 5A 01,7F 2E 7F", "2E,7F 2E 7F", "31 01 FF 00,7F 31 7F", "31 04 FF 00,7F 31 7F", "34,7F 34 7F",
            "36 01 00,7F 36 7F", "37,7F 37 7F", "38,7F 38 7F", "3E 01,7F 3E 12", "3E,7F 3E 13", "85 02,7F 85 7F",
            "00,7F 00 11", "19 02,7F 19 11", "BA,7F BA 11"})
    void aWrongRequestInTheDefaultSessionIsRefusedByName(String request, String response) {
        assertThat(ask(request)).isEqualTo(response);
        assertThat(ecu.log).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"2E F1 5A 01,7F 2E 33", "2E F1,7F 2E 33", "31 01 FF 00,7F 31 33", "31 07,7F 31 33",
            "34 00 44 00 00 10 00 00 00 00 08,7F 34 33", "38 01 00 01 61 00 01 04 04,7F 38 33", "36 01 00,7F 36 33",
            "37,7F 37 33", "27 02 00 00,7F 27 24", "27 03,7F 27 12", "27 00,7F 27 12", "27 7F,7F 27 12", "27,7F 27 13",
            "27 01 00,7F 27 13", "27 02,7F 27 13", "28 00 01,7F 28 7F", "85 01,7F 85 7F"})
    void aLockedEcuRefusesWhatNeedsAKey(String request, String response) {
        ask("10 02");

        assertThat(ask(request)).isEqualTo(response);
        assertThat(ecu.log).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"2E F1 5A 01,6E F1 5A", "2E F1 90 01,7F 2E 31", "2E F1 5A,7F 2E 13", "2E F1,7F 2E 13",
            "31 01 FF 00 07,71 01 FF 00 00", "31 01 02 02,7F 31 31", "31 02 FF 00,7F 31 12", "31 03 FF 00,7F 31 24",
            "31 04 FF 00,7F 31 12", "31 00 FF 00,7F 31 12", "31 01 FF,7F 31 13", "31,7F 31 13",
            "36 01 00,7F 36 24", "36,7F 36 13", "37,7F 37 24",
            "34 00 44 00 00 00 00 00 00 00 08,7F 34 22", "34 11 44 00 00 10 00 00 00 00 08,7F 34 31",
            "34 00 44 00 00 00 01,7F 34 13", "34 00 00,7F 34 31", "34 00 66,7F 34 31", "34 00,7F 34 13",
            "34 00 44 00 00 10 00 00 00 00 08,74 20 0F FF", "34 00 12 10 00 08,74 20 0F FF",
            "34 00 12 10 00 08 00,7F 34 13",
            "38 01 00 01 61 00 01 04 04,78 01 02 0F FF 00", "38 03 00 01 61 00 02 00 04 00 04,78 03 02 0F FF 00",
            "38 01 00 01 61 00 02 10 00 10 00,7F 38 70", "38 01 00 05 61,7F 38 13", "38 06 00 01 61 00,7F 38 31",
            "38 01 00 00 00 01 04 04,7F 38 13", "38 01 00 01 61 10 01 04 04,7F 38 31", "38 01 00 01 61 00 00,7F 38 31",
            "38 02 00 01 61,78 02", "38 02 00 01 62,7F 38 31", "38 02 00 01 61 00,7F 38 13",
            "38 04 00 01 61 00,78 04 02 0F FF 00 00 04 00 00 00 05 00 00 00 05", "38 04 00 01 62 00,7F 38 31",
            "38 04 00 01 61,7F 38 13", "38 05 00 01 2F,78 05 02 0F FF 00 00 04 00 00 00 01", "38,7F 38 13",
            "27 01,67 01 00 00"})
    void anUnlockedEcuDecidesByItself(String request, String response) {
        unlock();

        assertThat(ask(request)).isEqualTo(response);
    }

    @ParameterizedTest
    @CsvSource({"28 00 01,68 00,communication true true 1", "28 01 03,68 01,communication false true 3",
            "28 02 02,68 02,communication true false 2", "28 03 F1,68 03,communication false false 1",
            "28 83 01,'',communication false false 1", "28 04 01 00 0A,7F 28 12,", "28 7F 01,7F 28 12,",
            "28 00,7F 28 13,", "28,7F 28 13,", "28 00 01 02,7F 28 13,", "28 00 00,7F 28 31,", "28 00 21,7F 28 31,",
            "28 00 04,7F 28 31,", "85 02,C5 02,trouble codes false", "85 01,C5 01,trouble codes true",
            "85 82,'',trouble codes false", "85 00,7F 85 12,", "85 03,7F 85 12,", "85,7F 85 13,",
            "85 01 00 00 01,7F 85 31,"})
    void theExtendedSessionSilencesTheBusAndTheMemory(String request, String response, String done) {
        ask("10 03");

        assertThat(ask(request)).isEqualTo(response);
        assertThat(ecu.log).isEqualTo(done == null ? List.of() : List.of(done));
    }

    @Test
    void programmingCanBeReservedForTheExtendedSession() {
        UdsServer strict = new UdsServer(UdsRules.standard().programmingFromExtendedOnly(), UdsSecurity.OPEN, ecu,
                response -> responses.add(HEX.formatHex(response)));
        for (String request : List.of("10 02", "10 03", "10 02")) {
            strict.request(HEX.parseHex(request), false, 0);
        }

        assertThat(responses).containsExactly("7F 10 7E", "50 03 00 32 01 F4", "50 02 00 32 01 F4");
    }

    @Test
    void aFileIsReadBlockByBlock() {
        UdsServer small = new UdsServer(UdsRules.standard().withBlockBytes(5), UdsSecurity.OPEN, ecu,
                response -> responses.add(HEX.formatHex(response)));
        for (String request : List.of("10 03", "38 04 00 01 61 00", "36 01", "37", "36 02", "36 02", "36 01",
                "36 02 FF",
                "36 03", "37", "37")) {
            small.request(HEX.parseHex(request), false, 0);
        }

        assertThat(responses).containsExactly("50 03 00 32 01 F4",
                "78 04 02 00 05 00 00 04 00 00 00 05 00 00 00 05", "76 01 01 02 03", "7F 37 24", "76 02 04 05",
                "76 02 04 05", "7F 36 73", "7F 36 31", "7F 36 24", "77", "7F 37 24");
    }

    @Test
    void aBlockWithoutDataIsRefused() {
        unlock();
        ask("34 00 11 10 04");

        assertThat(ask("36 01")).isEqualTo("7F 36 13");
    }

    /** The proof is the challenge backwards; there is one algorithm, all zeros. */
    private static final class BackwardsProof implements UdsAuthentication.ByChallenge {
        @Override
        public byte[] challenge(byte[] algorithm) throws UdsRefusal {
            if (algorithm[0] != 0) {
                throw new UdsRefusal(NegativeResponse.REQUEST_OUT_OF_RANGE);
            }
            return new byte[]{1, 2, 3};
        }

        @Override
        public boolean proves(byte[] algorithm, byte[] challenge, byte[] proof) {
            return proof.length == 3 && proof[0] == challenge[2] && proof[1] == challenge[1]
                    && proof[2] == challenge[0];
        }
    }

    @Test
    void authenticationIsAskedForAndProven() {
        String zeros = " 00".repeat(16);
        UdsServer guarded = new UdsServer(UdsRules.standard(), UdsSecurity.OPEN, new BackwardsProof(), ecu,
                response -> responses.add(HEX.formatHex(response)));
        for (String request : List.of("29 08", "29 01", "29 05", "29 05 00 01" + zeros.substring(3), "10 03",
                "2E F1 5A 01", "29 06" + zeros + " 00 03 03 02 01 00 00 00 00", "29 05 00" + zeros,
                "29 06" + zeros + " 00 03 01 02 03 00 00 00 00", "29 05 00" + zeros,
                "29 06" + zeros + " 00 04 03 02 01 00 00 00 00", "29 06" + zeros + " 00 03 03 02 01 00 00 00 00",
                "2E F1 5A 01", "29 00", "2E F1 5A 01")) {
            guarded.request(HEX.parseHex(request), false, 0);
        }

        String challenge = "69 05 00" + zeros + " 00 03 01 02 03 00 00";
        assertThat(responses).containsExactly("69 08 03", "7F 29 12", "7F 29 13", "7F 29 31", "50 03 00 32 01 F4",
                "7F 2E 34", "7F 29 24", challenge, "7F 29 58", challenge, "7F 29 13", "69 06 12" + zeros + " 00 00",
                "6E F1 5A", "69 00 10", "7F 2E 34");
    }

    @Test
    void whoHasProvenWhoTheyAreIsForgottenAfterFiveSilentSecondsInAnySession() {
        String zeros = " 00".repeat(16);
        UdsServer guarded = new UdsServer(UdsRules.standard(), UdsSecurity.OPEN, new BackwardsProof(), ecu,
                response -> responses.add(HEX.formatHex(response)));
        guarded.request(HEX.parseHex("29 05 00" + zeros), false, 0);
        guarded.request(HEX.parseHex("29 06" + zeros + " 00 03 03 02 01 00 00 00 00"), false, 0);
        assertThat(guarded.deadline()).isEqualTo(5 * SECOND);
        guarded.request(HEX.parseHex("3E 80"), false, 4 * SECOND);
        assertThat(guarded.deadline()).isEqualTo(9 * SECOND);
        guarded.expire(9 * SECOND);
        assertThat(guarded.deadline()).isEqualTo(Long.MAX_VALUE);
        responses.clear();

        guarded.request(HEX.parseHex("10 03"), false, 10 * SECOND);
        guarded.request(HEX.parseHex("2E F1 5A 01"), false, 10 * SECOND);
        assertThat(responses).containsExactly("50 03 00 32 01 F4", "7F 2E 34");
    }

    /** A certificate is good if it begins with AA; the proof is the server's challenge, then the client's. */
    private static final class BothChallenges implements UdsAuthentication.ByCertificate {
        private int given;

        @Override
        public void verify(byte[] certificate) throws UdsRefusal {
            if ((certificate[0] & 0xFF) != 0xAA) {
                throw new UdsRefusal(NegativeResponse.CERTIFICATE_CHAIN_OF_TRUST);
            }
        }

        @Override
        public byte[] challenge() {
            return new byte[]{1, (byte) ++given};
        }

        @Override
        public boolean proves(byte[] certificate, byte[] challenge, byte[] clientChallenge, byte[] proof) {
            return Arrays.equals(proof, 0, 2, challenge, 0, 2)
                    && Arrays.equals(proof, 2, proof.length, clientChallenge, 0, clientChallenge.length);
        }
    }

    /** APCE, one direction: certificate, challenge, proof. */
    @Test
    void aCertificateIsShownAndItsKeyProven() {
        UdsServer guarded = new UdsServer(UdsRules.standard(), UdsSecurity.OPEN, new BothChallenges(), ecu,
                response -> responses.add(HEX.formatHex(response)));
        String talk = """
                29 08 > 69 08 02
                29 05 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 > 7F 29 12
                29 02 > 7F 29 12
                10 03 > 50 03 00 32 01 F4
                2E F1 5A 01 > 7F 2E 34
                29 03 00 02 01 01 00 00 > 7F 29 24
                29 01 00 00 00 00 00 > 7F 29 13
                29 01 00 00 03 AA 02 > 7F 29 13
                29 01 00 00 02 AB 02 00 00 > 7F 29 52
                29 01 00 00 02 AA 02 00 00 > 69 01 11 00 02 01 01 00 00
                29 03 00 02 01 02 00 00 > 7F 29 58
                29 03 00 02 01 01 00 00 > 7F 29 24
                29 01 00 00 02 AA 03 00 01 09 > 69 01 11 00 02 01 02 00 00
                29 01 00 00 01 AB 00 00 > 7F 29 52
                29 03 00 03 01 02 09 00 00 > 7F 29 24
                29 01 00 00 02 AA 04 00 01 09 > 69 01 11 00 02 01 03 00 00
                29 03 00 03 01 03 09 00 00 > 69 03 12 00 00
                2E F1 5A 02 > 6E F1 5A
                10 01 > 50 01 00 32 01 F4
                29 03 00 03 01 03 09 00 01 07 > 7F 29 24
                """;

        for (String line : talk.lines().toList()) {
            String[] exchange = line.split(" > ", -1);
            responses.clear();
            guarded.request(HEX.parseHex(exchange[0]), false, 0);
            assertThat(responses).as(line).containsExactly(exchange[1]);
        }
    }

    /** Bit 7 of a sub-function: no positive response, but every negative one. */
    @ParameterizedTest
    @CsvSource({"10 83,''", "3E 80,''", "27 81,''", "31 81 FF 00,''", "31 81 02 02,7F 31 31", "10 84,7F 10 12",
            "27 82 00 00,7F 27 24", "3E 81,7F 3E 12", "11 81,''"})
    void aQuietRequestHasNoPositiveResponse(String request, String response) {
        unlock();

        assertThat(ask(request)).isEqualTo(response);
    }

    @Test
    void whoeverWasAskedForPatienceGetsAnAnswerHoweverQuietTheRequest() {
        unlock();
        ecu.busy = SECOND;
        assertThat(ask("31 81 FF 00")).isEmpty();
        server.expire(50 * MILLI);
        server.expire(SECOND);

        assertThat(responses).containsExactly("7F 31 78", "71 01 FF 00 00");
    }

    /** Refusals that say only that a request was not meant for this ECU stay unsaid when it was meant for everybody. */
    @ParameterizedTest
    @CsvSource({"BA,''", "10 04,''", "22 00 00,''", "2E F1 5A 01,''", "22,7F 22 13", "22 F1 8C F1 8C,7F 22 14",
            "22 F1 90,62 F1 90 01 02 03", "3E 80,''", "3E 00,7E 00"})
    void aRequestToEverybody(String request, String response) {
        server.request(HEX.parseHex(request), true, now);

        assertThat(String.join(", ", responses)).isEqualTo(response);
    }

    @Test
    void aRequestToEverybodyCanBeOutOfSessionOrLocked() {
        UdsServer strict = new UdsServer(UdsRules.standard().programmingFromExtendedOnly(), new ComplementKeys(), ecu,
                response -> responses.add(HEX.formatHex(response)));
        strict.request(HEX.parseHex("10 02"), true, 0);
        strict.request(HEX.parseHex("10 83"), true, 0);
        assertThat(responses).as("7E and 7F stay unsaid").isEmpty();

        strict.request(HEX.parseHex("31 01 FF 00"), true, 0);
        assertThat(responses).containsExactly("7F 31 33");
    }

    @Test
    void aBusyServerHearsTheTesterBeingPresentWithoutAWord() {
        unlock();
        ecu.busy = SECOND;
        ask("31 01 FF 00");
        server.request(HEX.parseHex("3E 80"), true, now);
        server.request(HEX.parseHex("22 F1 90"), true, now);

        assertThat(responses).containsExactly("7F 22 21");
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
        Bytes none = new Bytes(new byte[0]);
        Bytes sixteen = new Bytes(new byte[16]);
        List<UdsRequest> requests = List.of(new UdsRequest.StartSession(2, true), new UdsRequest.Reset(1, false),
                new UdsRequest.RequestSeed(1, true), new UdsRequest.SendKey(1, bytes, false),
                new UdsRequest.CommunicationControl(3, 1, true), new UdsRequest.DtcSetting(false, false),
                new UdsRequest.Authenticate(5, sixteen, none, false),
                new UdsRequest.Authenticate(6, sixteen, bytes, true),
                new UdsRequest.VerifyCertificate(bytes, none, true),
                new UdsRequest.VerifyCertificate(sixteen, bytes, false), new UdsRequest.ProofOfOwnership(bytes, true),
                new UdsRequest.Authenticate(0, none, none, false), new UdsRequest.FileTransfer(2, "a", 0, 0),
                new UdsRequest.FileTransfer(4, "a", 1, 0), new UdsRequest.FileTransfer(5, "a", 0, 0),
                new UdsRequest.ReadData(List.of(0xF190, 0x0102)), new UdsRequest.WriteData(0xF15A, bytes),
                new UdsRequest.Routine(1, 0xFF00, bytes, true),
                new UdsRequest.RequestDownload(0, 0x8000_0000L, 0xFFFF_FFFFL),
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
        byte[] services = {0x10, 0x11, 0x22, 0x27, 0x28, 0x29, (byte) 0x85, 0x2E, 0x31, 0x34, 0x36, 0x37, 0x38, 0x3E};
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
