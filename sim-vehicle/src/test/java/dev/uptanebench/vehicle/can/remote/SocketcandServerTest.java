package dev.uptanebench.vehicle.can.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.uptanebench.vehicle.can.CanController;
import dev.uptanebench.vehicle.can.CanFrame;
import dev.uptanebench.vehicle.can.CanPort;
import dev.uptanebench.vehicle.can.ControllerState;
import dev.uptanebench.vehicle.kernel.Limits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Over real sockets; what is said is that of socketcand's doc/protocol.md and of its raw mode. */
class SocketcandServerTest {
    private OpenWorld world = OpenWorld.classical();

    @AfterEach
    void close() {
        world.close();
    }

    private SocketcandServer server() throws IOException {
        return server(Duration.ofMinutes(1));
    }

    private SocketcandServer server(Duration patience) throws IOException {
        return SocketcandServer.open(world.open, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), patience,
                world.told::add);
    }

    @Test
    void aClientIsGreetedAndOpensTheBusAndChangesItsMode() throws IOException {
        try (TestClient client = new TestClient(server().address())) {
            world.until(() -> client.heard().equals("< hi >"));
            client.say("< open body >");
            world.until(() -> client.heard().equals("< hi >< ok >"));
            client.say("<open body>\n< rawmode >\r\n< echo >< bcmmode >");
            world.until(() -> client.heard()
                    .equals("< hi >< ok >< error unknown command >< ok >< echo >< ok >"));
        }
    }

    @Test
    void aBusThatDoesNotExistEndsTheConnection() throws IOException {
        try (TestClient client = new TestClient(server().address())) {
            client.say("< open can7 >");
            world.until(client::ended);
            assertThat(client.heard()).isEqualTo("< hi >< error could not open bus >");
        }
    }

    @Test
    void nothingButOpeningIsKnownBeforeABusIsOpen() throws IOException {
        try (TestClient client = new TestClient(server().address())) {
            client.say("< rawmode >< echo >< send 123 0 >< open body >");
            world.until(() -> client.heard().endsWith("< ok >"));
            assertThat(client.heard()).isEqualTo("< hi >" + "< error unknown command >".repeat(3) + "< ok >");
            assertThat(world.heard).isEmpty();
        }
    }

    @Test
    void framesOfTheBusAreToldWithTheirTimeInRawModeAlone() throws IOException {
        CanPort ecu = world.bus.attach("ecu");
        try (SocketcandServer server = server();
                TestClient raw = TestClient.raw(world, server);
                TestClient other = TestClient.raw(world, server)) {
            other.say("< bcmmode >");
            world.until(() -> other.heard().equals("< ok >"));

            for (String frame : List.of("123#11223344", "1AAAAAAA#01F1", "7FF#", "123#R4")) {
                ecu.send(CanFrame.parse(frame));
            }
            world.until(() -> raw.heard().endsWith("4 >"));

            String second = Long.toString(world.world.instant().getEpochSecond() / 100);
            assertThat(raw.heard().replaceAll(second + "\\d\\d\\.\\d{6}", "TIME"))
                    .isEqualTo("< frame 123 TIME 11223344 >"
                            + "< frame 1AAAAAAA TIME 01F1 >< frame 7FF TIME  >< rtr 123 TIME 4 >");
            assertThat(other.heard()).isEqualTo("< ok >");
        }
    }

    @Test
    void framesOfAClientGoToTheBusAndToTheOthersButNotBack() throws IOException {
        try (SocketcandServer server = server();
                TestClient one = TestClient.raw(world, server);
                TestClient two = TestClient.raw(world, server)) {
            one.say("< send 123 0 >< send 1AAAAAAA 2 1 F1 >< sendrtr 123 2 >< send 7 1 AB >");
            world.until(() -> world.heard.size() == 4 && two.heard().endsWith("AB >"));

            assertThat(world.heard).extracting(CanFrame::toString).containsExactly("123#", "1AAAAAAA#01F1", "123#R2",
                    "007#AB");
            assertThat(two.heard()).contains("< frame 1AAAAAAA ", "< rtr 123 ", "< frame 007 ");
            assertThat(one.heard()).isEmpty();
        }
    }

    @Test
    void fdFramesPassOnABusThatCarriesThem() throws IOException {
        try (SocketcandServer classical = server(); TestClient client = TestClient.raw(world, classical)) {
            client.say("< fdsend 123 1 1 AA >");
            world.until(() -> client.heard().equals("< error this bus carries no CAN FD frames >"));
        }
        world.close();
        world = OpenWorld.fd();
        try (SocketcandServer server = server();
                TestClient one = TestClient.raw(world, server);
                TestClient two = TestClient.raw(world, server)) {
            one.say("< fdsend 123 1 12 0 1 2 3 4 5 6 7 8 9 A B >");
            world.until(() -> two.heard().endsWith(" >"));

            assertThat(world.heard).extracting(CanFrame::toString).containsExactly("123##1000102030405060708090A0B");
            assertThat(two.heard()).matches("< fdframe 123 01 \\d+\\.\\d{6} 000102030405060708090A0B >");
        }
    }

    @Test
    void aCommandThatIsWrongInItselfIsAnsweredAndDoesNoHarm() throws IOException {
        try (SocketcandServer server = server(); TestClient client = TestClient.raw(world, server)) {
            client.say("< send 123 9 1 2 3 4 5 6 7 8 9 >< send 800 0 >< frobnicate >< echo >");
            world.until(() -> client.heard().endsWith("< echo >"));

            assertThat(client.heard()).isEqualTo("< error send: at most 8 bytes >"
                    + "< error send: identifier 800 does not fit >< error unknown command >< echo >");
            assertThat(world.heard).isEmpty();
        }
    }

    @Test
    void garbageEndsTheConnectionAndTheOthersGoOn() throws IOException {
        try (SocketcandServer server = server();
                TestClient bad = TestClient.raw(world, server);
                TestClient endless = TestClient.raw(world, server);
                TestClient good = TestClient.raw(world, server)) {
            bad.say("GET / HTTP/1.1\r\n");
            endless.say("< send " + "0".repeat(Limits.SOCKETCAND_COMMAND));
            world.until(() -> bad.ended() && endless.ended());
            good.say("< send 123 0 >");
            world.until(() -> world.heard.size() == 1);

            assertThat(world.told).hasSize(2).allSatisfy(words -> assertThat(words).contains("was dropped: a command"));
        }
    }

    @Test
    void whoSendsFasterThanTheBusCarriesIsDroppedAndTheBusGoesOn() throws Exception {
        try (SocketcandServer server = server();
                TestClient flood = TestClient.raw(world, server);
                TestClient good = TestClient.raw(world, server)) {
            String much = "< send 000 8 0 1 2 3 4 5 6 7 >".repeat(4000);
            Thread flooding = new Thread(() -> {
                while (flood.tries(much)) {
                    // as long as it is taken
                }
            });
            flooding.start();
            world.until(() -> !world.told.isEmpty());
            flooding.join();

            assertThat(world.told).containsExactly("socketcand-1 was dropped: it sends faster than the bus carries");
            good.say("< send 7FF 0 >");
            world.until(() -> world.heard.getLast().toString().equals("7FF#"));
            assertThat(world.heard).hasSizeLessThan(3 * Limits.OUTSIDER_FRAMES);
        }
    }

    @Test
    void whoDoesNotReadIsDroppedAndTheBusGoesOn() throws IOException {
        CanPort ecu = world.bus.attach("ecu");
        try (SocketcandServer server = server(); TestClient _ = TestClient.raw(world, server)) {
            String echoes = "< echo >".repeat(8_000);
            try (TestClient deaf = TestClient.raw(world, server)) {
                world.until(() -> !deaf.tries(echoes) || !world.told.isEmpty());
                assertThat(world.told).containsExactly("socketcand-2 was dropped: it does not read what it is sent");
            }
            ecu.send(CanFrame.parse("7FF#"));
            world.until(() -> world.heard.size() == 1);
        }
    }

    @Test
    void whoGoesAwayIsNotCalledDropped() throws IOException {
        CanPort ecu = world.bus.attach("ecu");
        try (SocketcandServer server = server(); TestClient stays = TestClient.raw(world, server)) {
            TestClient goes = TestClient.raw(world, server);
            for (int i = 0; i < 200; i++) {
                ecu.send(CanFrame.parse("123#"));
            }
            world.until(() -> world.heard.size() > 20);
            goes.close();
            world.until(() -> world.heard.size() == 200 && stays.heard().split(">").length == 200);

            assertThat(world.told).isEmpty();
        }
    }

    @Test
    void whoOpensNoBusIsNotWaitedFor() throws IOException {
        try (SocketcandServer server = server(Duration.ofMillis(50));
                TestClient slow = new TestClient(server.address())) {
            world.until(slow::ended);
            assertThat(slow.heard()).isEqualTo("< hi >< error no bus was opened in time >");
        }
    }

    @Test
    void onlySoManyAreConnectedAtATime() throws IOException {
        try (SocketcandServer server = server()) {
            List<TestClient> clients = new ArrayList<>();
            for (int i = 0; i < Limits.SOCKETCAND_CLIENTS; i++) {
                clients.add(TestClient.raw(world, server));
            }
            try (TestClient more = new TestClient(server.address())) {
                world.until(more::ended);
            }
            clients.removeLast().close();
            world.until(() -> {
                try (TestClient again = new TestClient(server.address())) {
                    world.world.runUntil(world.world.now() + 50_000_000);
                    return again.heard().equals("< hi >");
                } catch (IOException e) {
                    return false;
                }
            });
            for (TestClient client : clients) {
                client.close();
            }
        }
    }

    /** Of a node that is alone nobody acknowledges a frame, and it would send it for ever. */
    @Test
    void aNodeThatIsAloneOnTheBusIsAcknowledgedByTheServer() throws IOException {
        world.close();
        world = OpenWorld.classical();
        CanController ecu = world.bus.attach("ecu");
        try (SocketcandServer server = server()) {
            List<String> sent = new ArrayList<>();
            ecu.send(CanFrame.parse("123#"), () -> sent.add("sent"));
            world.until(() -> !sent.isEmpty());
            assertThat(ecu.state().confinement()).isEqualTo(ControllerState.Confinement.ERROR_ACTIVE);
            assertThat(server.address().getAddress().isLoopbackAddress()).isTrue();
        }
    }

    @Test
    void aPortThatIsTakenIsToldWithOneSentence() throws IOException {
        try (SocketcandServer server = server()) {
            assertThatThrownBy(() -> SocketcandServer.open(world.open, server.address(), world.told::add))
                    .isInstanceOf(CannotListen.class)
                    .hasMessage("cannot listen on 127.0.0.1:" + server.address().getPort()
                            + ": Address already in use");
        }
    }
}
