package dev.uptanebench.vehicle.ethernet.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.uptanebench.vehicle.can.remote.CannotListen;
import dev.uptanebench.vehicle.doip.DoipTimes;
import dev.uptanebench.vehicle.doip.EntityConfig;
import dev.uptanebench.vehicle.doip.TesterConfig;
import dev.uptanebench.vehicle.doip.VehicleIdentity;
import dev.uptanebench.vehicle.ethernet.DiagnosticLog;
import dev.uptanebench.vehicle.history.Event;
import dev.uptanebench.vehicle.history.Recorder;
import dev.uptanebench.vehicle.kernel.Limits;
import dev.uptanebench.vehicle.kernel.RealTime;
import dev.uptanebench.vehicle.kernel.World;
import dev.uptanebench.vehicle.link.DiagnosticClient;
import dev.uptanebench.vehicle.link.DiagnosticFailure;
import dev.uptanebench.vehicle.link.DiagnosticServer;
import dev.uptanebench.vehicle.link.DiagnosticTiming;
import dev.uptanebench.vehicle.link.DoipEntityCarrier;
import dev.uptanebench.vehicle.link.DoipTesterCarrier;
import dev.uptanebench.vehicle.uds.UdsApplication;
import dev.uptanebench.vehicle.uds.NegativeResponse;
import dev.uptanebench.vehicle.uds.TransferSink;
import dev.uptanebench.vehicle.uds.UdsRefusal;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An entity on this machine's sockets, and peers of every kind. */
@Timeout(60)
class DoipSocketsTest {
    private static final InetSocketAddress ANYWHERE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final int TESTER = 0x0E80;
    private static final int ENTITY = 0x1001;
    private static final int PATIENCE_MILLIS = 20_000;
    private static final String ACTIVATE = "02fd0005000000070e800000000000";
    private static final String ACTIVATED = "02fd0006000000090e8010011000000000";
    private static final String READ = "02fd8001000000070e80100122f190";
    private static final String TAKEN = "02fd80020000000510010e8000";
    private static final String VIN = "02fd80010000000810010e8062f19007";

    private final AtomicBoolean ended = new AtomicBoolean();
    private InetSocketAddress address = ANYWHERE;
    private Thread life = new Thread();

    /** Answers one data identifier. */
    private static final class OneValue implements UdsApplication {
        @Override
        public byte[] readData(int identifier) throws UdsRefusal {
            if (identifier != 0xF190) {
                throw new UdsRefusal(NegativeResponse.REQUEST_OUT_OF_RANGE);
            }
            return new byte[]{7};
        }

        @Override
        public void writeData(int identifier, byte[] value) throws UdsRefusal {
            throw new UdsRefusal(NegativeResponse.REQUEST_OUT_OF_RANGE);
        }

        @Override
        public TransferSink openFile(String path, long length, boolean replace) throws UdsRefusal {
            throw new UdsRefusal(NegativeResponse.REQUEST_OUT_OF_RANGE);
        }

        @Override
        public TransferSink openDownload(long start, long length) throws UdsRefusal {
            throw new UdsRefusal(NegativeResponse.REQUEST_OUT_OF_RANGE);
        }

        @Override
        public byte[] startRoutine(int identifier, byte[] option) throws UdsRefusal {
            throw new UdsRefusal(NegativeResponse.REQUEST_OUT_OF_RANGE);
        }

        @Override
        public void reset(int kind) {}
    }

    private static EntityConfig entity() {
        return EntityConfig.of(ENTITY, VehicleIdentity.of("WUB00000000000001", new byte[6], new byte[6]));
    }

    @BeforeEach
    void putAnEntityThere() throws InterruptedException {
        put(entity());
    }

    private void put(EntityConfig config) throws InterruptedException {
        var ready = new java.util.concurrent.ArrayBlockingQueue<InetSocketAddress>(1);
        life = Thread.ofPlatform().daemon().start(() -> {
            RealTime time = new RealTime();
            World world = new World("sockets", time.start(), 1, Limits.standard(), time);
            try (world) {
                Recorder recorder = Recorder.telling(world::now, _ -> {});
                DoipSockets sockets = DoipSockets.open(world, time, "eth0", ANYWHERE, null);
                new DiagnosticServer(world, recorder, new DoipEntityCarrier(world, recorder, sockets, config, "CAM-1"),
                        "CAM-1", DiagnosticServer.Settings.open(), new OneValue());
                ready.add(sockets.address());
                while (!ended.get()) {
                    world.runUntil(world.now() + TimeUnit.MILLISECONDS.toNanos(20));
                }
            } catch (CannotListen e) {
                throw new IllegalStateException(e);
            }
        });
        address = ready.take();
    }

    @AfterEach
    void end() throws InterruptedException {
        ended.set(true);
        life.join();
        ended.set(false);
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(address.getAddress(), address.getPort());
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    private static void say(Socket socket, String digits) throws IOException {
        socket.getOutputStream().write(hex(digits));
    }

    private static void hears(Socket socket, String... messages) throws IOException {
        for (String expected : messages) {
            byte[] bytes = new byte[expected.length() / 2];
            new DataInputStream(socket.getInputStream()).readFully(bytes);
            assertThat(HexFormat.of().formatHex(bytes)).isEqualTo(expected);
        }
    }

    private static void isClosed(Socket socket) {
        int next;
        try {
            next = socket.getInputStream().read();
        } catch (java.net.SocketTimeoutException e) {
            throw new AssertionError("it is still open", e);
        } catch (IOException e) {
            return; // reset, which is closed as well
        }
        assertThat(next).isEqualTo(-1);
    }

    private void works() throws IOException {
        try (Socket socket = connect()) {
            say(socket, ACTIVATE);
            hears(socket, ACTIVATED);
            say(socket, READ);
            hears(socket, TAKEN, VIN);
        }
    }

    @Test
    void aTesterReadsAValueByteByByte() throws IOException {
        works();
        try (Socket socket = connect()) {
            socket.setTcpNoDelay(true);
            for (byte each : hex(ACTIVATE + READ)) {
                socket.getOutputStream().write(each);
            }
            hears(socket, ACTIVATED, TAKEN, VIN);
        }
    }

    @Test
    void whoSaysNothingIsDropped() throws IOException {
        try (Socket silent = connect()) {
            isClosed(silent);
        }
        works();
    }

    @Test
    void whoSpeaksSomethingElseIsRefusedAndDropped() throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            hears(socket, "02fd00000000000100");
            isClosed(socket);
        }
        works();
    }

    @Test
    void anEndlessMessageIsRefusedAndPassedOver() throws IOException {
        try (Socket socket = connect()) {
            say(socket, ACTIVATE);
            hears(socket, ACTIVATED);
            say(socket, "02fd800100100000");
            socket.getOutputStream().write(new byte[0x100000]);
            hears(socket, "02fd00000000000102");
            say(socket, READ);
            hears(socket, TAKEN, VIN);
        }
    }

    @Test
    void aFloodOfConnectionsIsTurnedAwayAndForgotten() throws IOException, InterruptedException {
        end();
        put(patient()); // so that only the limit of the sockets can turn anybody away
        List<Socket> flood = new ArrayList<>();
        try {
            for (int i = 0; i < Limits.DOIP_CONNECTIONS + 20; i++) {
                flood.add(connect());
            }
            for (Socket beyond : flood.subList(Limits.DOIP_CONNECTIONS, flood.size())) {
                isClosed(beyond);
            }
            Socket last = flood.get(Limits.DOIP_CONNECTIONS - 1);
            say(last, ACTIVATE);
            hears(last, ACTIVATED);
        } finally {
            for (Socket each : flood) {
                each.close();
            }
        }
        worksInTheEnd();
    }

    /** Lets everybody in, and waits for hours for what they have to say. */
    private static EntityConfig patient() {
        EntityConfig usual = entity().withSockets(4, 1000);
        DoipTimes times = usual.times();
        long hours = TimeUnit.HOURS.toNanos(10);
        return new EntityConfig(usual.address(), usual.groups(), usual.identity(), usual.sockets(),
                usual.unregistered(), usual.longest(), usual.longestRequest(), usual.memory(), usual.activations(),
                usual.secured(), new DoipTimes(times.announceWait(), times.announceInterval(), times.announcements(),
                        hours, hours, times.aliveCheck(), times.control(), times.acknowledgement()));
    }

    /** Those who have gone are noticed one by one; the test's own time is the limit. */
    private void worksInTheEnd() throws IOException {
        for (boolean turnedAway = true; turnedAway;) {
            try {
                works();
                turnedAway = false;
            } catch (EOFException | SocketException e) {
                // once more
            }
        }
    }

    @Test
    void whoNeverReadsIsDropped() throws IOException {
        try (Socket socket = connect()) {
            say(socket, ACTIVATE);
            byte[] request = hex(READ);
            byte[] many = new byte[request.length * 1000];
            for (int i = 0; i < 1000; i++) {
                System.arraycopy(request, 0, many, i * request.length, request.length);
            }
            assertThatThrownBy(() -> {
                for (int i = 0; i < 100_000; i++) {
                    socket.getOutputStream().write(many);
                }
            }).isInstanceOf(IOException.class);
        }
        works();
    }

    @Test
    void whoVanishesInTheMiddleOfAMessageIsForgotten() throws IOException {
        try (Socket socket = connect()) {
            say(socket, ACTIVATE);
            hears(socket, ACTIVATED);
            say(socket, "02fd8001000000070e80");
            socket.setSoLinger(true, 0);
        }
        works();
    }

    @Test
    void datagramsAreAnsweredAndFloodsSurvived() throws IOException {
        try (DatagramSocket udp = new DatagramSocket()) {
            udp.setSoTimeout(PATIENCE_MILLIS);
            for (int i = 0; i < 2000; i++) {
                udp.send(new DatagramPacket(new byte[]{1, 2, 3}, 3, address));
            }
        }
        try (DatagramSocket udp = new DatagramSocket()) {
            udp.setSoTimeout(500);
            byte[] request = hex("02fd400300000000");
            DatagramPacket reply = new DatagramPacket(new byte[100], 100);
            for (int tries = 0; tries < 40; tries++) { // one that is sent while the flood lasts may be lost
                udp.send(new DatagramPacket(request, request.length, address));
                try {
                    udp.receive(reply);
                    break;
                } catch (java.net.SocketTimeoutException e) {
                    // asked again
                }
            }
            assertThat(HexFormat.of().formatHex(reply.getData(), 0, reply.getLength()))
                    .isEqualTo("02fd40040000000101");
        }
        works();
    }

    /** What a tester of another world, which is in this thread, tells of it. */
    private byte[] asked(InetSocketAddress entity, List<Event> history) throws ExecutionException {
        RealTime time = new RealTime();
        try (World world = new World("tester", time.start(), 1, Limits.standard(), time)) {
            Recorder recorder = Recorder.telling(world::now, history::add);
            SocketDialer dialer = new SocketDialer(world, time, entity, null, new DiagnosticLog(recorder, "eth0"));
            DiagnosticClient client = new DiagnosticClient(world,
                    new DoipTesterCarrier(world, "eth0", dialer, TesterConfig.of(TESTER, ENTITY)),
                    DiagnosticTiming.standard().withP2(Duration.ofSeconds(10)));
            return world.run("read", () -> client.read(0xF190));
        }
    }

    @Test
    void aTesterInAnotherWorldReachesItAndKeepsAHistory() throws ExecutionException {
        List<Event> history = new ArrayList<>();

        assertThat(asked(address, history)).containsExactly(7);
        assertThat(history).extracting(Event::getClass).hasSize(2).containsOnly(Event.EthernetMessage.class);
    }

    @Test
    void whereNobodyListensATesterIsToldSo() throws IOException {
        InetSocketAddress nobody;
        try (var taken = new java.net.ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = (InetSocketAddress) taken.getLocalSocketAddress();
        }

        assertThatThrownBy(() -> asked(nobody, new ArrayList<>())).cause().isInstanceOf(DiagnosticFailure.class)
                .hasMessage("22: no connection");
    }

    @Test
    void aPortThatIsTakenIsToldWithOneSentence() {
        RealTime time = new RealTime();
        try (World world = new World("second", time.start(), 1, Limits.standard(), time)) {
            assertThatThrownBy(() -> DoipSockets.open(world, time, "eth0", address, null))
                    .isInstanceOf(CannotListen.class)
                    .hasMessage("cannot listen on 127.0.0.1:" + address.getPort() + ": Address already in use");
        }
    }
}
