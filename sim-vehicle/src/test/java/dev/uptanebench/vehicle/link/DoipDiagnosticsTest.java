package dev.uptanebench.vehicle.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.uptanebench.vehicle.doip.DoipCodec;
import dev.uptanebench.vehicle.doip.DoipFailure;
import dev.uptanebench.vehicle.doip.DoipMessage;
import dev.uptanebench.vehicle.doip.EntityConfig;
import dev.uptanebench.vehicle.doip.TesterConfig;
import dev.uptanebench.vehicle.doip.VehicleIdentity;
import dev.uptanebench.vehicle.ethernet.Ethernet;
import dev.uptanebench.vehicle.ethernet.MessageInterceptor;
import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.history.Recorder;
import dev.uptanebench.vehicle.kernel.Limits;
import dev.uptanebench.vehicle.kernel.Sha256;
import dev.uptanebench.vehicle.kernel.World;
import dev.uptanebench.vehicle.uds.Bytes;
import dev.uptanebench.vehicle.uds.NegativeResponse;
import dev.uptanebench.vehicle.uds.UdsSession;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The same diagnostics as on CAN, over Ethernet. */
class DoipDiagnosticsTest {
    private static final int TESTER = 0x0E80;
    private static final int ENTITY = 0x1001;
    private static final int VALUE = 0xF1A0;

    private final World world = new World("ethernet", Instant.EPOCH, 1, Limits.standard());
    private final Recorder recorder = new Recorder(world::now);
    private final Ethernet network = new Ethernet(world, recorder, "eth0", Ethernet.BITS_PER_SECOND);
    private final MemoryEcu ecu = new MemoryEcu();
    private final List<DoipMessage> announced = new ArrayList<>();
    private final DiagnosticServer server;
    private final DiagnosticClient tester;

    DoipDiagnosticsTest() {
        network.listen("tester", (_, datagram) -> {
            if (DoipCodec.readDatagram(datagram, 100) instanceof DoipCodec.Message whole) {
                announced.add(whole.message());
            }
        });
        EntityConfig config = EntityConfig.of(ENTITY,
                VehicleIdentity.of("WUB00000000000001", new byte[6], new byte[6]));
        server = new DiagnosticServer(world, recorder,
                new DoipEntityCarrier(world, recorder, network.attach("camera"), config, "CAM-1"), "CAM-1",
                DiagnosticServer.Settings.open(), ecu);
        tester = client("tester", TESTER, false);
    }

    private DiagnosticClient client(String node, int address, boolean rogue) {
        return new DiagnosticClient(world,
                new DoipTesterCarrier(world, "eth0",
                        rogue ? network.rogue(node, "camera") : network.dialer(node, "camera"),
                        TesterConfig.of(address, ENTITY)),
                DiagnosticTiming.standard());
    }

    @AfterEach
    void close() {
        world.close();
    }

    @FunctionalInterface
    private interface Story {
        void tell() throws Exception;
    }

    private void run(Story story) throws ExecutionException {
        world.run("story", () -> {
            story.tell();
            return true;
        });
    }

    private static DiagnosticFailure.Reason failure(ThrowingCallable call) {
        return catchThrowableOfType(DiagnosticFailure.class, call).reason();
    }

    private <E extends Event> List<E> events(Class<E> type) {
        return recorder.history().events(type).toList();
    }

    @Test
    void aFileArrivesAndItsArrivalIsRecorded() throws Exception {
        byte[] file = world.random("file").nextBytes(10_000);
        run(() -> {
            tester.startSession(UdsSession.PROGRAMMING);
            tester.sendFile("director/2.root.json", file);
        });

        assertThat(ecu.files.get("director/2.root.json")).isEqualTo(file);
        assertThat(events(Event.Received.class)).singleElement().satisfies(event -> {
            assertThat(event.receiver()).isEqualTo("CAM-1");
            assertThat(event.channel()).isEqualTo("eth0");
            assertThat(event.artefact()).isEqualTo("director/2.root.json");
            assertThat(event.sha256()).isEqualTo(Sha256.hex(file));
            assertThat(event.complete()).isTrue();
        });
        assertThat(world.now()).as("10 000 bytes at 100 Mbit/s take 0.8 ms")
                .isBetween(Duration.ofMillis(1).toNanos(), Duration.ofMillis(20).toNanos());
    }

    @Test
    void everyDiagnosticMessageIsRecorded() throws Exception {
        run(() -> tester.write(VALUE, new byte[]{1, 2, 3}), UdsSession.EXTENDED);

        assertThat(events(Event.RoutingActivation.class))
                .containsExactly(new Event.RoutingActivation("eth0", "CAM-1", TESTER, 0x10));
        assertThat(events(Event.EthernetMessage.class))
                .extracting(Event.EthernetMessage::source, Event.EthernetMessage::target,
                        Event.EthernetMessage::length)
                .containsExactly(tuple(TESTER, ENTITY, 2L), tuple(ENTITY, TESTER, 6L), tuple(TESTER, ENTITY, 6L),
                        tuple(ENTITY, TESTER, 3L));
    }

    @Test
    void refusalsComeThrough() throws Exception {
        run(() -> assertThat(failure(() -> tester.read(0x1234))).isEqualTo(
                new DiagnosticFailure.Refused(0x22, NegativeResponse.REQUEST_OUT_OF_RANGE.code())));
    }

    @Test
    void anEcuThatNeedsTimeAsksForIt() throws Exception {
        ecu.busy = Duration.ofSeconds(8).toNanos();
        run(() -> assertThat(tester.routine(0xFF00, new byte[]{7})).isEqualTo(new byte[]{7}), UdsSession.EXTENDED);

        assertThat(world.now()).isGreaterThan(Duration.ofSeconds(8).toNanos());
    }

    private void run(Story story, int session) throws ExecutionException {
        run(() -> {
            long busy = ecu.busy;
            ecu.busy = 0;
            tester.startSession(session);
            ecu.busy = busy;
            story.tell();
        });
    }

    @Test
    void itAnnouncesItselfWhenItStartsAndAfterEachReset() throws Exception {
        run(() -> {
            world.sleep(Duration.ofSeconds(3));
            assertThat(announced).hasSize(3);
            tester.reset();
            world.sleep(Duration.ofSeconds(3));
            assertThat(announced).hasSize(6);
            tester.startSession(UdsSession.EXTENDED);
        });

        assertThat(ecu.resets).isEqualTo(1);
        assertThat(events(Event.RoutingActivation.class)).as("the connection was closed by the reset").hasSize(2);
    }

    @Test
    void aConnectionThatWasIdleForTooLongIsMadeAgain() throws Exception {
        ecu.values.put(VALUE, new byte[]{5});
        run(() -> {
            tester.read(VALUE);
            world.sleep(Duration.ofMinutes(10));
            assertThat(tester.read(VALUE)).containsExactly(5);
        });

        assertThat(events(Event.RoutingActivation.class)).hasSize(2);
    }

    @Test
    void anEcuWithoutPowerAcknowledgesNothing() throws Exception {
        ecu.values.put(VALUE, new byte[]{5});
        run(() -> {
            tester.read(VALUE);
            server.powerOff();
            assertThat(failure(() -> tester.read(VALUE))).isEqualTo(new DiagnosticFailure.Lost(0x22,
                    new Loss.OnEthernet(new DoipFailure.Silent("acknowledgement"))));
            assertThat(failure(() -> tester.read(VALUE))).isEqualTo(new DiagnosticFailure.Lost(0x22,
                    new Loss.OnEthernet(new DoipFailure.Silent("answer to the routing activation"))));
            server.restart();
            assertThat(tester.read(VALUE)).containsExactly(5);
        });
    }

    @Test
    void anEntityThatIsNotThereIsNotReached() throws Exception {
        DiagnosticClient lost = new DiagnosticClient(world, new DoipTesterCarrier(world, "eth0",
                network.dialer("tester", "nobody"), TesterConfig.of(TESTER, ENTITY)), DiagnosticTiming.standard());

        run(() -> assertThat(failure(() -> lost.read(VALUE))).isEqualTo(
                new DiagnosticFailure.Lost(0x22, new Loss.OnEthernet(new DoipFailure.NotConnected()))));
    }

    @Test
    void twoTestersGetEachItsOwnAnswer() throws Exception {
        ecu.values.put(VALUE, new byte[]{5});
        DiagnosticClient other = client("other", TESTER + 1, false);
        run(() -> {
            tester.startSession(UdsSession.EXTENDED);
            ecu.busy = Duration.ofSeconds(1).toNanos();
            var slow = world.start("slow", () -> tester.routine(0xFF00, new byte[]{9}));
            world.sleep(Duration.ofMillis(500));
            assertThat(failure(() -> other.read(VALUE))).isEqualTo(
                    new DiagnosticFailure.Refused(0x22, NegativeResponse.BUSY_REPEAT_REQUEST.code()));
            assertThat(world.await(slow)).containsExactly(9);
            ecu.busy = 0;
            assertThat(other.read(VALUE)).containsExactly(5);
        });
    }

    @Test
    void twoWithOneAddressAreNotBothLetIn() throws Exception {
        ecu.values.put(VALUE, new byte[]{5});
        DiagnosticClient other = client("other", TESTER, true);
        run(() -> {
            tester.read(VALUE);
            assertThat(failure(() -> other.read(VALUE))).isEqualTo(
                    new DiagnosticFailure.Lost(0x22, new Loss.OnEthernet(new DoipFailure.Denied(3))));
            assertThat(tester.read(VALUE)).containsExactly(5);
        });
    }

    @Test
    void whatANodeSendsThatDoesNotBelongThereIsRecorded() throws Exception {
        ecu.values.put(VALUE, new byte[]{5});
        DiagnosticClient rogue = client("attacker", TESTER + 1, true);
        run(() -> rogue.read(VALUE));

        assertThat(events(Event.MessageTouched.class)).containsExactly(
                new Event.MessageTouched("eth0", "activation request", "injected"),
                new Event.MessageTouched("eth0", "diagnostic message from 0x0e81 to 0x1001, 3 bytes", "injected"));
    }

    /** Somebody in the middle who does that to each diagnostic message of the ECU. */
    private void inTheMiddle(MessageInterceptor.Fate fate) {
        network.intercept((from, _, message) -> from.equals("camera") && message instanceof DoipMessage.Diagnostic
                ? fate
                : MessageInterceptor.Fate.PASS);
    }

    private static DoipMessage answer(int... bytes) {
        byte[] data = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            data[i] = (byte) bytes[i];
        }
        return new DoipMessage.Diagnostic(ENTITY, TESTER, new Bytes(data));
    }

    @Test
    void somebodyInTheMiddleCanReplaceAMessage() throws Exception {
        ecu.values.put(VALUE, new byte[]{5});
        inTheMiddle(new MessageInterceptor.Replace(answer(0x62, 0xF1, 0xA0, 6)));
        run(() -> assertThat(tester.read(VALUE)).containsExactly(6));

        assertThat(events(Event.MessageTouched.class)).containsExactly(
                new Event.MessageTouched("eth0", "diagnostic message from 0x1001 to 0x0e80, 4 bytes", "replaced"));
    }

    @Test
    void orDropIt() throws Exception {
        inTheMiddle(MessageInterceptor.Fate.DROP);
        run(() -> assertThat(failure(() -> tester.read(VALUE))).isEqualTo(
                new DiagnosticFailure.Silent(0x22, "P2")));

        assertThat(events(Event.MessageTouched.class)).extracting(Event.MessageTouched::how)
                .containsExactly("dropped");
    }

    @Test
    void orAddOthers() throws Exception {
        ecu.values.put(VALUE, new byte[]{5});
        network.intercept((from, _, message) -> from.equals("camera") && message instanceof DoipMessage.DiagnosticAck
                ? new MessageInterceptor.Inject(List.of(answer(0x62, 0xF1, 0xA0, 7)))
                : MessageInterceptor.Fate.PASS);
        run(() -> assertThat(tester.read(VALUE)).containsExactly(7));

        assertThat(events(Event.MessageTouched.class)).extracting(Event.MessageTouched::how)
                .containsExactly("injected");
    }

    @Test
    void aMirrorPortSeesEveryMessageUntilItIsTakenAway() throws Exception {
        List<String> seen = new ArrayList<>();
        ecu.values.put(VALUE, new byte[]{5});
        run(() -> {
            try (var _ = network.tap((from, to, bytes, _) -> seen.add(
                    from + '>' + to + ' ' + HexFormat.of().formatHex(bytes, 2, 4)))) {
                tester.read(VALUE);
            }
            tester.read(VALUE);
        });

        assertThat(seen).containsExactly("tester>camera 0005", "camera>tester 0006", "tester>camera 8001",
                "camera>tester 8002", "camera>tester 8001");
    }

    @Test
    void whoLooksForItGetsAnAnswer() throws Exception {
        List<DoipMessage> found = new ArrayList<>();
        network.listen("seeker", (_, datagram) -> {
            if (DoipCodec.readDatagram(datagram, 100) instanceof DoipCodec.Message whole) {
                found.add(whole.message());
            }
        });
        run(() -> {
            world.sleep(Duration.ofSeconds(3));
            found.clear();
            network.broadcast("seeker",
                    DoipCodec.write(DoipCodec.VERSION_2019, new DoipMessage.IdentificationRequest()));
            world.sleep(Duration.ofSeconds(1));
        });

        assertThat(found).singleElement().isInstanceOfSatisfying(DoipMessage.Announcement.class,
                announcement -> assertThat(announcement.address()).isEqualTo(ENTITY));
    }
}
