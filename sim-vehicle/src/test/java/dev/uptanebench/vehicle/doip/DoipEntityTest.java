package dev.uptanebench.vehicle.doip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.uptanebench.vehicle.uds.Bytes;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What ISO 13400-2 says that an entity does. */
class DoipEntityTest {
    private static final int TESTER = 0x0E80;
    private static final int ENTITY = 0x1001;
    private static final DoipMessage.Announcement ANNOUNCEMENT = new DoipMessage.Announcement(Entities.IDENTITY.vin(),
            ENTITY, Entities.IDENTITY.eid(), Entities.IDENTITY.gid(), 0, OptionalInt.of(0));

    private Entities world = new Entities(Entities.CONFIG);

    @Nested
    class Datagrams {

        @Test
        void itAnnouncesItselfThreeTimes() {
            world.entity.start(0);
            world.pass(249);
            assertThat(world.announced).isEmpty();
            world.pass(1);
            assertThat(world.announced).containsExactly(ANNOUNCEMENT);
            world.pass(499);
            assertThat(world.announced).hasSize(1);
            world.pass(501);
            assertThat(world.announced).hasSize(3).containsOnly(ANNOUNCEMENT);
            world.pass(10_000);
            assertThat(world.announced).hasSize(3);
        }

        @ParameterizedTest
        @CsvSource({"02fd 0001 00000000, true", "ff00 0001 00000000, true",
                "02fd 0002 00000006 020000000001, true", "02fd 0002 00000006 020000000009, false",
                "02fd 0003 00000011 5755423030303030303030303030303031, true",
                "02fd 0003 00000011 5755423030303030303030303030303032, false"})
        void whoLooksForItIsAnsweredAfterAWhile(String request, boolean meant) {
            List<DoipMessage> replies = world.datagram(request);

            assertThat(replies).isEmpty();
            world.pass(250);
            assertThat(replies).hasSize(meant ? 1 : 0).allSatisfy(reply -> assertThat(reply).isEqualTo(ANNOUNCEMENT));
        }

        @Test
        void aFloodOfThoseIsNotRemembered() {
            List<List<DoipMessage>> replies = IntStream.range(0, 100)
                    .mapToObj(_ -> world.datagram("02fd 0001 00000000")).toList();
            world.pass(1000);

            assertThat(replies.stream().filter(each -> !each.isEmpty())).hasSize(16);
        }

        @Test
        void itTellsItsStatusAndThatItsPowerIsOn() {
            world.activated(TESTER);
            world.connect();

            assertThat(world.datagram("02fd 4001 00000000"))
                    .containsExactly(new DoipMessage.StatusResponse(1, 4, 1, OptionalLong.of(4095)));
            assertThat(world.datagram("02fd 4003 00000000")).containsExactly(new DoipMessage.PowerModeResponse(1));
        }

        @ParameterizedTest
        @CsvSource({"0102, 0", "02fd 8001 00000005 0e80 1001 3e, 1", "02fd 0004 00010000, 2",
                "02fd 0001 00000001 00, 4", "ff00 0001 00000001 00, 4"})
        void whatIsNoRequestIsRefused(String datagram, int code) {
            assertThat(world.datagram(datagram)).containsExactly(new DoipMessage.HeaderNack(code));
        }

        @ParameterizedTest
        @CsvSource({"02fd 0000 00000001 01", "02fd 0000 00000002 0101"})
        void aRefusalIsNotRefused(String datagram) {
            assertThat(world.datagram(datagram)).isEmpty();
        }
    }

    @Nested
    class Activation {

        @Test
        void aTesterIsLetIn() {
            Entities.Peer peer = world.connect();
            peer.activate(TESTER);

            assertThat(peer.said)
                    .containsExactly(new DoipMessage.ActivationResponse(TESTER, ENTITY, 0x10, Entities.NOTHING));
            peer.activate(TESTER);
            assertThat(peer.said).hasSize(2);
            assertThat(peer.answer()).isEqualTo(ActivationCode.ACTIVATED);
            assertThat(peer.closed).isFalse();
        }

        @ParameterizedTest
        @CsvSource({"0, 0", "0xDFF, 0", "0xE00, 16", "0xFFF, 16", "0x1000, 0", "0xFFFF, 0"})
        void onlyTestersAreKnown(int source, int code) {
            Entities.Peer peer = world.connect();
            peer.activate(source);

            assertThat(peer.answer().code()).isEqualTo(code);
            assertThat(peer.closed).isEqualTo(code == 0);
        }

        @ParameterizedTest
        @CsvSource({"0, 16", "1, 16", "2, 6", "0xE0, 6", "0xFF, 6"})
        void onlyTwoTypesAreSupported(int type, int code) {
            Entities.Peer peer = world.connect();
            peer.says(new DoipMessage.ActivationRequest(TESTER, type, Entities.NOTHING));

            assertThat(peer.answer().code()).isEqualTo(code);
            assertThat(peer.closed).isEqualTo(code == 6);
        }

        @Test
        void aTypeThatWantsTlsGetsIt() {
            world = new Entities(Entities.CONFIG.withSecured(Set.of(0)));
            Entities.Peer plain = world.connect();
            plain.activate(TESTER);
            Entities.Peer secured = world.connectSecurely();
            secured.activate(TESTER);

            assertThat(plain.answer()).isEqualTo(ActivationCode.TLS_REQUIRED);
            assertThat(plain.closed).isTrue();
            assertThat(secured.answer()).isEqualTo(ActivationCode.ACTIVATED);
        }

        @Test
        void aConnectionIsForOneTester() {
            Entities.Peer peer = world.activated(TESTER);
            peer.activate(TESTER + 1);

            assertThat(peer.answer()).isEqualTo(ActivationCode.DIFFERENT_SOURCE);
            assertThat(peer.closed).isTrue();
        }

        @Test
        void whoHasToAuthenticateKeepsTheConnectionForAWhile() {
            world.approval = ActivationCode.MISSING_AUTHENTICATION;
            Entities.Peer peer = world.connect();
            peer.activate(TESTER);

            assertThat(peer.answer()).isEqualTo(ActivationCode.MISSING_AUTHENTICATION);
            assertThat(peer.closed).isFalse();
            peer.asks(TESTER, ENTITY, "3e00");
            assertThat(world.requests).isEmpty();
        }

        @Test
        void whoIsRejectedIsNotLetIn() {
            world.approval = ActivationCode.REJECTED_CONFIRMATION;
            Entities.Peer peer = world.connect();
            peer.activate(TESTER);

            assertThat(peer.answer()).isEqualTo(ActivationCode.REJECTED_CONFIRMATION);
            assertThat(peer.closed).isTrue();
        }

        @Test
        void aTesterThatIsInAndAliveIsNotLetInTwice() {
            Entities.Peer first = world.activated(TESTER);
            Entities.Peer second = world.connect();
            second.activate(TESTER);

            assertThat(second.said).isEmpty();
            assertThat(first.said).containsExactly(new DoipMessage.AliveCheckRequest());
            first.says(new DoipMessage.AliveCheckResponse(TESTER));
            assertThat(second.answer()).isEqualTo(ActivationCode.SOURCE_ACTIVE_ELSEWHERE);
            assertThat(second.closed).isTrue();
            assertThat(first.closed).isFalse();
        }

        @Test
        void aTesterThatCameBackTakesThePlaceOfItsDeadConnection() {
            Entities.Peer first = world.activated(TESTER);
            Entities.Peer second = world.connect();
            second.activate(TESTER);
            world.pass(499);
            assertThat(first.closed).isFalse();
            world.pass(1);

            assertThat(first.closed).isTrue();
            assertThat(second.answer()).isEqualTo(ActivationCode.ACTIVATED);
        }

        @Test
        void anAliveTesterThatLiesAboutItsAddressIsDropped() {
            Entities.Peer first = world.activated(TESTER);
            first.says(new DoipMessage.AliveCheckResponse(TESTER + 1));

            assertThat(first.closed).isTrue();
        }

        @Test
        void whereAllPlacesAreTakenAndAliveNobodyElseIsLetIn() {
            List<Entities.Peer> inside = IntStream.range(0, 4).mapToObj(i -> world.activated(TESTER + i)).toList();
            Entities.Peer late = world.connect();
            late.activate(TESTER + 9);
            for (int i = 0; i < 4; i++) {
                assertThat(inside.get(i).said).containsExactly(new DoipMessage.AliveCheckRequest());
                assertThat(late.said).isEmpty();
                inside.get(i).says(new DoipMessage.AliveCheckResponse(TESTER + i));
            }

            assertThat(late.answer()).isEqualTo(ActivationCode.ALL_SOCKETS_TAKEN);
            assertThat(late.closed).isTrue();
        }

        @Test
        void whereOneIsDeadItsPlaceIsGiven() {
            List<Entities.Peer> inside = IntStream.range(0, 4).mapToObj(i -> world.activated(TESTER + i)).toList();
            Entities.Peer late = world.connect();
            late.activate(TESTER + 9);
            for (int i = 0; i < 3; i++) {
                inside.get(i).says(new DoipMessage.AliveCheckResponse(TESTER + i));
            }
            world.pass(500);

            assertThat(inside.get(3).closed).isTrue();
            assertThat(late.answer()).isEqualTo(ActivationCode.ACTIVATED);
        }

        @Test
        void oneWhoLeavesMakesRoomForWhoWaits() {
            List<Entities.Peer> inside = IntStream.range(0, 4).mapToObj(i -> world.activated(TESTER + i)).toList();
            Entities.Peer late = world.connect();
            late.activate(TESTER + 9);
            inside.get(2).vanishes();

            assertThat(late.answer()).isEqualTo(ActivationCode.ACTIVATED);
        }

        @Test
        void ofTwoWhoWaitForOnePlaceOneGetsIt() {
            world = new Entities(Entities.CONFIG.withSockets(1, 8));
            world.activated(TESTER);
            Entities.Peer first = world.connect();
            first.activate(TESTER + 1);
            Entities.Peer second = world.connect();
            second.activate(TESTER + 2);
            world.pass(500);

            assertThat(first.answer()).isEqualTo(ActivationCode.ACTIVATED);
            first.says(new DoipMessage.AliveCheckResponse(TESTER + 1));
            assertThat(second.answer()).isEqualTo(ActivationCode.ALL_SOCKETS_TAKEN);
        }

        @ParameterizedTest
        @CsvSource({"0x00, UNKNOWN_SOURCE, true", "0x01, ALL_SOCKETS_TAKEN, true", "0x02, DIFFERENT_SOURCE, true",
                "0x03, SOURCE_ACTIVE_ELSEWHERE, true", "0x04, MISSING_AUTHENTICATION, false",
                "0x05, REJECTED_CONFIRMATION, true", "0x06, UNSUPPORTED_TYPE, true", "0x07, TLS_REQUIRED, true",
                "0x10, ACTIVATED, false"})
        void theCodesAreThoseOfTheStandard(int code, ActivationCode activation, boolean closing) {
            assertThat(activation.code()).isEqualTo(code);
            assertThat(activation.closing()).isEqualTo(closing);
            assertThat(ActivationCode.of(code)).contains(activation);
        }
    }

    @Nested
    class Inactivity {

        @Test
        void whoSaysNothingAtFirstIsDroppedAfterTwoSeconds() {
            Entities.Peer peer = world.connect();
            world.pass(1999);
            assertThat(peer.closed).isFalse();
            world.pass(1);
            assertThat(peer.closed).isTrue();
        }

        @Test
        void bytesThatAreNoActivationDoNotProlongThat() {
            Entities.Peer peer = world.connect();
            world.pass(1500);
            peer.says(new DoipMessage.AliveCheckResponse(TESTER));
            world.pass(500);

            assertThat(peer.closed).isTrue();
        }

        @Test
        void aTesterThatIsSilentForFiveMinutesIsDropped() {
            Entities.Peer peer = world.activated(TESTER);
            world.pass(299_000);
            peer.says(new DoipMessage.AliveCheckResponse(TESTER));
            world.pass(299_999);
            assertThat(peer.closed).isFalse();
            world.pass(1);
            assertThat(peer.closed).isTrue();
        }

        @Test
        void connectionsBeyondThoseThatMayWaitAreTurnedAway() {
            List<Entities.Peer> peers = IntStream.range(0, 20).mapToObj(_ -> world.connect()).toList();

            assertThat(peers.stream().filter(peer -> !peer.closed)).hasSize(8);
            assertThat(world.entity.connected()).isEqualTo(8);
        }
    }

    @Nested
    class Messages {

        @Test
        void aRequestIsAcknowledgedAndAnswered() {
            Entities.Peer peer = world.activated(TESTER);
            peer.asks(TESTER, ENTITY, "22f190");

            assertThat(world.requests).containsExactly("22f190");
            assertThat(peer.said).containsExactly(
                    new DoipMessage.DiagnosticAck(ENTITY, TESTER, 0, Entities.NOTHING),
                    new DoipMessage.Diagnostic(ENTITY, TESTER, new Bytes(new byte[]{0x62})));
        }

        @Test
        void aGroupMeansItToo() {
            world = new Entities(Entities.CONFIG.withGroups(Set.of(0xE400)));
            Entities.Peer peer = world.activated(TESTER);
            peer.asks(TESTER, 0xE400, "3e00");

            assertThat(world.requests).containsExactly("3e00 to all");
            assertThat(peer.said).last().isEqualTo(
                    new DoipMessage.Diagnostic(ENTITY, TESTER, new Bytes(new byte[]{0x7E})));
        }

        @ParameterizedTest
        @CsvSource({"0x0E80, 0x1002, 3, 3", "0x0E81, 0x1001, 3, 2", "0x0E80, 0x1001, 5000, 4",
                "0x0E80, 0xE400, 3, 3"})
        void whatIsNotTakenHasACode(int source, int target, int length, int code) {
            Entities.Peer peer = world.activated(TESTER);
            peer.says(new DoipMessage.Diagnostic(source, target, new Bytes(new byte[length])));

            assertThat(peer.said)
                    .containsExactly(new DoipMessage.DiagnosticNack(target, source, code, Entities.NOTHING));
            assertThat(peer.closed).isEqualTo(code == 2);
            assertThat(world.requests).isEmpty();
        }

        @ParameterizedTest
        @EnumSource(names = {"OUT_OF_MEMORY", "TARGET_UNREACHABLE", "UNKNOWN_NETWORK", "TRANSPORT_ERROR"})
        void whatTheTargetIsHinderedByIsTold(DiagnosticFault fault) {
            world.hindrance = Optional.of(fault);
            Entities.Peer peer = world.activated(TESTER);
            peer.asks(TESTER, ENTITY, "3e00");

            assertThat(peer.said)
                    .containsExactly(new DoipMessage.DiagnosticNack(ENTITY, TESTER, fault.code(), Entities.NOTHING));
            assertThat(peer.closed).isFalse();
        }

        @ParameterizedTest
        @CsvSource({"0x02, INVALID_SOURCE", "0x03, UNKNOWN_TARGET", "0x04, TOO_LARGE", "0x05, OUT_OF_MEMORY",
                "0x06, TARGET_UNREACHABLE", "0x07, UNKNOWN_NETWORK", "0x08, TRANSPORT_ERROR"})
        void theCodesAreThoseOfTable26(int code, DiagnosticFault fault) {
            assertThat(fault.code()).isEqualTo(code);
            assertThat(DiagnosticFault.of(code)).contains(fault);
        }

        @Test
        void withoutActivationNothingPasses() {
            Entities.Peer peer = world.connect();
            peer.asks(TESTER, ENTITY, "3e00");

            assertThat(peer.said)
                    .containsExactly(new DoipMessage.DiagnosticNack(ENTITY, TESTER, 2, Entities.NOTHING));
            assertThat(peer.closed).isTrue();
        }

        @ParameterizedTest
        @CsvSource({"02fc 0007 00000000, 0, true", "02fd 4711 00000000, 1, false", "02fd 8001 00100000, 2, false",
                "02fd 0005 00000006, 4, true", "02fd 0006 00000009 0e80 1001 10 00000000, 1, false"})
        void aHeaderThatIsNotTakenIsRefused(String digits, int code, boolean closed) {
            Entities.Peer peer = world.activated(TESTER);
            peer.says(HexFormat.of().parseHex(digits.replace(" ", "")));

            assertThat(peer.said).containsExactly(new DoipMessage.HeaderNack(code));
            assertThat(peer.closed).isEqualTo(closed);
        }

        @Test
        void allConnectionsTogetherKeepNoMoreThanTheMemoryHas() {
            world = new Entities(Entities.CONFIG.withBounds(8192, 4095, 10_000));
            Entities.Peer first = world.activated(TESTER);
            Entities.Peer second = world.activated(TESTER + 1);
            byte[] header = HexFormat.of().parseHex("02fd800100001800");
            first.says(header);
            second.says(header);

            assertThat(first.said).isEmpty();
            assertThat(second.said).containsExactly(new DoipMessage.HeaderNack(3));
            second.says(new byte[0x1800]);
            second.asks(TESTER + 1, ENTITY, "3e00");
            assertThat(world.requests).containsExactly("3e00");
        }

        @Test
        void nothingOfAMessageIsLookedAtAfterTheConnectionHasEnded() {
            Entities.Peer peer = world.activated(TESTER);
            byte[] wrong = DoipCodec.write(2, new DoipMessage.Diagnostic(TESTER + 1, ENTITY, new Bytes(new byte[1])));
            byte[] right = DoipCodec.write(2, new DoipMessage.Diagnostic(TESTER, ENTITY, new Bytes(new byte[1])));
            byte[] both = Arrays.copyOf(wrong, wrong.length + right.length);
            System.arraycopy(right, 0, both, wrong.length, right.length);
            peer.says(both);

            assertThat(world.requests).isEmpty();
        }
    }
}
