package dev.uptanebench.vehicle.link;

import dev.uptanebench.vehicle.kernel.Sha256;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.uptanebench.vehicle.can.CanFrame;
import dev.uptanebench.vehicle.can.CanPort;
import dev.uptanebench.vehicle.can.FrameInterceptor;
import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.isotp.IsoTpFailure;
import dev.uptanebench.vehicle.uds.NegativeResponse;
import dev.uptanebench.vehicle.uds.UdsSecurity;
import dev.uptanebench.vehicle.uds.UdsSession;
import dev.uptanebench.vehicle.uds.UdsRules;
import dev.uptanebench.vehicle.uds.UdsRefusal;
import dev.uptanebench.vehicle.uds.UdsAuthentication;
import dev.uptanebench.vehicle.isotp.IsoTpConfig;
import dev.uptanebench.vehicle.can.CanId;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DiagnosticsTest {
    private static final int TIME = 0xF1A0;

    private Bench bench = new Bench();
    private final byte[] file = bench.world.random("file").nextBytes(10_000);

    @AfterEach
    void close() {
        bench.close();
    }

    private List<Event.Received> received() {
        return bench.recorder.history().events(Event.Received.class).toList();
    }

    private static DiagnosticFailure.Reason failure(ThrowingCallable call) {
        return catchThrowableOfType(DiagnosticFailure.class, call).reason();
    }

    private static DiagnosticFailure.Reason refused(int service, NegativeResponse response) {
        return new DiagnosticFailure.Refused(service, response.code());
    }

    @Test
    void aFileArrivesAndItsArrivalIsRecorded() throws Exception {
        bench.run(() -> {
            bench.tester.startSession(UdsSession.PROGRAMMING);
            bench.tester.sendFile("director/2.root.json", file);
        });

        assertThat(bench.ecu.files.get("director/2.root.json")).isEqualTo(file);
        assertThat(received()).singleElement().satisfies(event -> {
            assertThat(event.receiver()).isEqualTo("BRK-1");
            assertThat(event.channel()).isEqualTo("body");
            assertThat(event.artefact()).isEqualTo("director/2.root.json");
            assertThat(event.sha256()).isEqualTo(Sha256.hex(file));
            assertThat(event.length()).isEqualTo(file.length);
            assertThat(event.complete()).isTrue();
            assertThat(event.started()).isPositive().isLessThan(bench.world.now() - Duration.ofMillis(300).toNanos());
        });
    }

    @Test
    void writtenValuesAndRoutinesAreRecordedByTheirIdentifier() throws Exception {
        bench.run(() -> {
            bench.tester.startSession(UdsSession.EXTENDED);
            bench.tester.write(TIME, new byte[]{1, 2, 3});
            assertThat(bench.tester.read(TIME)).containsExactly(1, 2, 3);
            assertThat(bench.tester.routine(0xFF00, new byte[]{7})).containsExactly(7);
            bench.tester.testerPresent();
            bench.tester.reset();
        });

        assertThat(received()).extracting(Event.Received::artefact).containsExactly("did/F1A0",
                "routine/FF00");
        assertThat(bench.ecu.resets).isEqualTo(1);
    }

    @Test
    void everyMessageOnTheWireIsRecorded() throws Exception {
        bench.run(() -> bench.tester.startSession(UdsSession.EXTENDED));

        List<Event.BusTransfer> transfers = bench.recorder.history().events(Event.BusTransfer.class).toList();
        assertThat(transfers).extracting(Event.BusTransfer::id).containsExactly(0x7E0, 0x7E8);
        assertThat(transfers.getFirst().sha256()).isEqualTo(Sha256.hex(new byte[]{0x10, 3}));
        assertThat(transfers.getFirst().first()).isZero();
        assertThat(transfers.getLast().last()).isEqualTo(bench.world.now());
        assertThat(transfers.getLast().frames()).isEqualTo(1);
    }

    @Test
    void anEcuThatTakesItsTimeIsWaitedFor() throws Exception {
        bench.run(() -> {
            bench.tester.startSession(UdsSession.EXTENDED);
            bench.ecu.busy = Duration.ofSeconds(20).toNanos();
            bench.tester.routine(0xFF00, new byte[0]);
        });

        assertThat(bench.world.now()).isBetween(20_000_000_000L, 20_100_000_000L);
    }

    @Test
    void aSilentEcuIsATimeout() throws Exception {
        bench.bus.intercept(
                (node, frame) -> node.equals("brake") ? FrameInterceptor.Fate.DROP : FrameInterceptor.Fate.PASS);

        bench.run(() -> assertThat(failure(() -> bench.tester.startSession(UdsSession.EXTENDED)))
                .isEqualTo(new DiagnosticFailure.Silent(0x10, "P2")));
    }

    @Test
    void anEcuThatAsksForPatienceForeverIsGivenUp() throws Exception {
        CanPort spoofer = bench.bus.attachRogue("mallory");
        CanFrame pending = CanFrame.parse("7E8#037F1078CCCCCCCC");
        bench.bus.intercept((node, frame) -> {
            if (node.equals("brake")) {
                return FrameInterceptor.Fate.DROP;
            }
            spoofer.send(pending);
            return FrameInterceptor.Fate.PASS;
        });

        bench.run(() -> assertThat(failure(() -> bench.tester.startSession(UdsSession.EXTENDED)))
                .isEqualTo(new DiagnosticFailure.Silent(0x10, "pending")));
    }

    @Test
    void aLostFlowControlIsNamed() throws Exception {
        bench.bus.intercept((node, frame) -> frame.toString().startsWith("7E8#30")
                ? FrameInterceptor.Fate.DROP
                : FrameInterceptor.Fate.PASS);

        bench.run(() -> {
            bench.tester.startSession(UdsSession.EXTENDED);
            assertThat(failure(() -> bench.tester.write(TIME, Arrays.copyOf(file, 100))))
                    .isEqualTo(new DiagnosticFailure.Lost(0x2E, new Loss.OnBus(IsoTpFailure.TIMEOUT_BS)));
        });
    }

    @Test
    void aLostFrameEndsTheTransferAndTheSessionsEndRecordsWhatHadArrived() throws Exception {
        drop(frame -> frame.toString().startsWith("7E0#2A") && bench.world.now() > 200_000_000);

        bench.run(() -> {
            bench.tester.startSession(UdsSession.PROGRAMMING);
            assertThat(failure(() -> bench.tester.sendFile("a", file)))
                    .isEqualTo(new DiagnosticFailure.Silent(0x36, "P2"));
            bench.world.sleep(Duration.ofSeconds(6));
        });

        assertThat(received()).singleElement().satisfies(event -> {
            assertThat(event.complete()).isFalse();
            assertThat(event.length()).isEqualTo(4093);
            assertThat(event.sha256()).isEqualTo(Sha256.hex(Arrays.copyOf(file, 4093)));
        });
    }

    private void drop(Predicate<CanFrame> which) {
        bench.bus.intercept(
                (node, frame) -> which.test(frame) ? FrameInterceptor.Fate.DROP : FrameInterceptor.Fate.PASS);
    }

    @Test
    void moreThanAnnouncedIsRefusedByASoundEcuButItsArrivalIsRecorded() throws Exception {
        bench.run(() -> {
            bench.tester.startSession(UdsSession.PROGRAMMING);
            assertThat(failure(() -> bench.tester.sendFile("a", file, Sending.plain().announcing(5000))))
                    .isEqualTo(refused(0x36, NegativeResponse.TRANSFER_SUSPENDED));
        });

        assertThat(received()).singleElement().satisfies(event -> {
            assertThat(event.complete()).isFalse();
            assertThat(event.length()).isEqualTo(2 * 4093);
        });
    }

    @Test
    void aGreedyEcuTakesMoreThanAnnounced() throws Exception {
        bench.ecu.greedy = true;
        bench.run(() -> {
            bench.tester.startSession(UdsSession.PROGRAMMING);
            bench.tester.sendFile("a", file, Sending.plain().announcing(5000));
        });

        assertThat(bench.ecu.files.get("a")).isEqualTo(file);
    }

    @Test
    void aFileThatIsNotOpenedIsRecordedAsHavingBeenOffered() throws Exception {
        bench.run(() -> {
            bench.tester.startSession(UdsSession.PROGRAMMING);
            assertThat(failure(() -> bench.tester.sendFile("../etc", file)))
                    .isEqualTo(refused(0x38, NegativeResponse.REQUEST_OUT_OF_RANGE));
        });

        assertThat(received()).extracting(Event.Received::length, Event.Received::complete)
                .containsExactly(tuple(0L, false));
    }

    @Test
    void aTesterMayTrickleWithoutLosingItsSession() throws Exception {
        bench.run(() -> {
            bench.tester.startSession(UdsSession.PROGRAMMING);
            bench.tester.sendFile("a", Arrays.copyOf(file, 100),
                    Sending.plain().inBlocksOf(12).pausing(Duration.ofMinutes(1)));
        });

        assertThat(bench.ecu.files.get("a")).hasSize(100);
        assertThat(bench.world.now()).isGreaterThan(Duration.ofMinutes(9).toNanos());
    }

    @Test
    void aLockedEcuIsUnlockedWithItsKey() throws Exception {
        bench.close();
        bench = new Bench(new UdsSecurity() {
            @Override
            public boolean knows(int level) {
                return level == 1;
            }

            @Override
            public byte[] seed(int level) {
                return new byte[]{1, 2};
            }

            @Override
            public byte[] key(int level, byte[] seed) {
                return new byte[]{seed[1], seed[0]};
            }
        }, Bench.TESTER.reversed());

        bench.run(() -> {
            bench.tester.startSession(UdsSession.PROGRAMMING);
            assertThat(failure(() -> bench.tester.sendFile("a", file)))
                    .isEqualTo(refused(0x38, NegativeResponse.SECURITY_ACCESS_DENIED));
            assertThat(failure(() -> bench.tester.unlock(1, seed -> seed)))
                    .isEqualTo(refused(0x27, NegativeResponse.INVALID_KEY));
            bench.tester.unlock(1, seed -> new byte[]{seed[1], seed[0]});
            bench.tester.unlock(1, seed -> new byte[0]);
            bench.tester.sendFile("a", file);
        });

        assertThat(bench.ecu.files).containsKey("a");
        assertThat(received()).as("what was locked out never reached the ECU").hasSize(1);
    }

    @Test
    void aFunctionalRequestReachesTheEcu() throws Exception {
        bench.bus.attach("other tester").send(CanFrame.parse("7DF#021083CCCCCCCCCC"));
        bench.run(() -> bench.tester.write(TIME, new byte[]{1}));

        assertThat(bench.server.session()).isEqualTo(UdsSession.EXTENDED);
    }

    @Test
    void anAnswerToAnotherRequestIsNotTakenForTheAnswer() throws Exception {
        bench.bus.attachRogue("mallory").onFrame(Bench.REQUEST, frame -> {});
        CanPort spoofer = bench.bus.attachRogue("spoofer");
        spoofer.onFrame(Bench.REQUEST, frame -> {
            spoofer.send(CanFrame.parse("7E8#027E00CCCCCCCCCC"));
            spoofer.send(CanFrame.parse("7E8#037F3E78CCCCCCCC"));
        });

        bench.run(() -> bench.tester.startSession(UdsSession.EXTENDED));

        assertThat(bench.server.session()).isEqualTo(UdsSession.EXTENDED);
    }

    @Test
    void aSpoofedAnswerForAnotherIdentifierIsNonsense() throws Exception {
        bench.bus.intercept((node, frame) -> node.equals("brake")
                ? new FrameInterceptor.Replace(CanFrame.parse("7E8#0462F1FF01CCCCCC"))
                : FrameInterceptor.Fate.PASS);

        bench.run(() -> assertThat(failure(() -> bench.tester.read(TIME)))
                .isInstanceOf(DiagnosticFailure.Nonsense.class));
    }

    @Test
    void anEcuThatLosesPowerForgetsTheTransfer() throws Exception {
        bench.world.at(Duration.ofMillis(200).toNanos(), bench.server::restart);

        bench.run(() -> {
            bench.tester.startSession(UdsSession.PROGRAMMING);
            assertThat(failure(() -> bench.tester.sendFile("a", file)))
                    .isInstanceOf(DiagnosticFailure.Silent.class);
        });

        assertThat(received()).singleElement().matches(event -> !event.complete());
        assertThat(HexFormat.of().parseHex(received().getFirst().sha256())).hasSize(32);
    }

    @Test
    void anEcuThatLosesPowerInARequestSaysNothingUntilItIsStartedAgain() throws Exception {
        bench.ecu.values.put(TIME, new byte[]{5});
        bench.run(() -> {
            bench.tester.startSession(UdsSession.EXTENDED);
            bench.ecu.failing = true;
            assertThat(failure(() -> bench.tester.write(TIME, new byte[]{1})))
                    .isEqualTo(new DiagnosticFailure.Silent(0x2E, "P2"));
            assertThat(failure(() -> bench.tester.read(TIME))).isEqualTo(new DiagnosticFailure.Silent(0x22, "P2"));
            bench.server.restart();
            assertThat(bench.tester.read(TIME)).containsExactly(5);
        });
        assertThat(bench.server.session()).isEqualTo(UdsSession.DEFAULT);
    }

    @Test
    void anEcuWithoutPowerTakesNoPartInATransfer() throws Exception {
        bench.server.powerOff();
        bench.run(() -> failure(() -> bench.tester.sendFile("director/targets.json", file)));

        assertThat(received()).isEmpty();
    }

    @Test
    void theSameStoryTwiceGivesTheSameHistory() throws Exception {
        String first = story();
        bench.close();
        bench = new Bench();

        assertThat(story()).isEqualTo(first);
    }

    private String story() throws Exception {
        bench.run(() -> {
            bench.tester.startSession(UdsSession.PROGRAMMING);
            bench.tester.sendFile("a", file);
        });
        return bench.bus.digest() + bench.recorder.history().entries().getLast().chain();
    }

    private List<String> toEverybody() {
        return bench.seen.stream().filter(frame -> frame.startsWith("7DF#")).toList();
    }

    @Test
    void everyEcuIsKeptOutOfTheWayAsLongAsTheTesterIsAtWork() throws Exception {
        bench.run(() -> {
            bench.tester.hushOthers();
            for (int i = 0; i < 7; i++) { // seven seconds
                bench.tester.testerPresent();
                bench.world.sleep(Duration.ofSeconds(1));
            }
            assertThat(bench.server.session()).isEqualTo(UdsSession.EXTENDED);
            assertThat(bench.other.session()).as("which nobody has spoken to but in passing")
                    .isEqualTo(UdsSession.EXTENDED);
            assertThat(bench.otherEcu.communicates).isFalse();
            assertThat(bench.otherEcu.storesTroubleCodes).isFalse();
            bench.tester.releaseOthers();
        });
        bench.world.runUntil(Duration.ofMinutes(1).toNanos());

        assertThat(toEverybody()).containsExactly("7DF#021083CCCCCCCCCC", "7DF#028582CCCCCCCCCC",
                "7DF#03288301CCCCCCCC", "7DF#023E80CCCCCCCCCC", "7DF#023E80CCCCCCCCCC", "7DF#023E80CCCCCCCCCC",
                "7DF#03288001CCCCCCCC", "7DF#028581CCCCCCCCCC", "7DF#021081CCCCCCCCCC");
        assertThat(bench.seen).as("nobody answers").noneMatch(frame -> frame.startsWith("7E8#")
                || frame.startsWith("7E9#"));
        assertThat(bench.other.session()).isEqualTo(UdsSession.DEFAULT);
        assertThat(bench.otherEcu.communicates).isTrue();
        assertThat(bench.otherEcu.storesTroubleCodes).isTrue();
    }

    @Test
    void aTesterThatHasGivenUpIsForgotten() throws Exception {
        bench.run(() -> bench.tester.hushOthers());
        bench.world.runUntil(Duration.ofMinutes(1).toNanos());

        assertThat(toEverybody()).hasSizeLessThan(6);
        assertThat(bench.other.session()).isEqualTo(UdsSession.DEFAULT);
        assertThat(bench.otherEcu.communicates).isTrue();
    }

    @Test
    void whatNobodyHasToKnowIsNotRefusedToEverybody() {
        CanPort tester = bench.bus.attach("other tester");
        for (String request : List.of("0147", "021021", "03221234", "02277F", "022701", "0285FF", "0428010100")) {
            tester.send(CanFrame.parse("7DF#" + request + "CC".repeat(8 - request.length() / 2)));
        }
        tester.send(CanFrame.parse("7DF#100A2E1234010203")); // more than a single frame
        tester.send(CanFrame.parse("7DF#021003CCCCCCCCCC")); // and who wants an answer gets it from each
        bench.world.runUntil(Duration.ofSeconds(1).toNanos());

        assertThat(bench.seen.stream().filter(frame -> !frame.startsWith("7DF#"))).containsExactlyInAnyOrder(
                "7E8#065003003201F4CC", "7E9#065003003201F4CC");
    }

    /** The ECU's rule is that of a real one: the proof is a signature over its challenge by the certificate's key. */
    @Test
    void aTesterShowsACertificateAndProvesItsKey() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        UdsAuthentication.ByCertificate rule = new UdsAuthentication.ByCertificate() {
            @Override
            public void verify(byte[] certificate) throws UdsRefusal {
                if (!Arrays.equals(certificate, pair.getPublic().getEncoded())) {
                    throw new UdsRefusal(NegativeResponse.CERTIFICATE_INVALID);
                }
            }

            @Override
            public byte[] challenge() {
                return bench.world.random("challenge").nextBytes(32);
            }

            @Override
            public boolean proves(byte[] certificate, byte[] challenge, byte[] clientChallenge, byte[] proof) {
                try {
                    Signature signature = Signature.getInstance("Ed25519");
                    signature.initVerify(pair.getPublic());
                    signature.update(challenge);
                    return signature.verify(proof);
                } catch (GeneralSecurityException e) {
                    return false;
                }
            }
        };
        CanCarrier ecu = new CanCarrier(bench.world, bench.bus.attach("gate"),
                IsoTpConfig.of(CanId.standard(0x7EA), CanId.standard(0x7E2)));
        new DiagnosticServer(bench.world, bench.recorder, ecu, "GATE-1",
                new DiagnosticServer.Settings(UdsRules.standard(), UdsSecurity.OPEN, rule), new MemoryEcu());
        DiagnosticClient tester = new DiagnosticClient(bench.world, new CanCarrier(bench.world,
                bench.bus.attach("workshop"), ecu.isoTp().reversed()), DiagnosticTiming.standard());

        bench.run(() -> {
            tester.startSession(UdsSession.EXTENDED);
            assertThat(failure(() -> tester.write(TIME, new byte[]{1})))
                    .isEqualTo(refused(0x2E, NegativeResponse.AUTHENTICATION_REQUIRED));
            assertThat(failure(() -> tester.authenticate(new byte[44], challenge -> challenge)))
                    .isEqualTo(refused(0x29, NegativeResponse.CERTIFICATE_INVALID));
            assertThat(failure(() -> tester.authenticate(pair.getPublic().getEncoded(), challenge -> new byte[64])))
                    .isEqualTo(refused(0x29, NegativeResponse.OWNERSHIP_NOT_PROVEN));
            tester.authenticate(pair.getPublic().getEncoded(), challenge -> signed(pair, challenge));
            tester.write(TIME, new byte[]{1});
        });
    }

    private static byte[] signed(KeyPair pair, byte[] challenge) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(pair.getPrivate());
            signature.update(challenge);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
