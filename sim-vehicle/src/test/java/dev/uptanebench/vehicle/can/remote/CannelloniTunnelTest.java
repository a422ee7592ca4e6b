package dev.uptanebench.vehicle.can.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.uptanebench.vehicle.can.CanFrame;
import dev.uptanebench.vehicle.can.CanPort;
import dev.uptanebench.vehicle.kernel.Limits;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The other end is a socket of the JDK, which speaks the format byte by byte. */
class CannelloniTunnelTest {
    private final OpenWorld world = OpenWorld.classical();
    private DatagramSocket peer;
    private CannelloniTunnel tunnel;

    @BeforeEach
    void open() throws IOException {
        peer = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        peer.setSoTimeout(5);
        tunnel = CannelloniTunnel.open(world.open, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                (InetSocketAddress) peer.getLocalSocketAddress(), world.told::add);
    }

    @AfterEach
    void close() {
        world.close();
        peer.close();
    }

    private void send(DatagramSocket from, String hex) throws IOException {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        from.send(new DatagramPacket(bytes, bytes.length, tunnel.address()));
    }

    private String next() {
        String[] text = {""};
        world.until(() -> {
            DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
            try {
                peer.receive(packet);
                text[0] = HexFormat.of().formatHex(packet.getData(), 0, packet.getLength());
                return true;
            } catch (SocketTimeoutException e) {
                return false;
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        return text[0];
    }

    @Test
    void whatNodesSendGoesToTheOtherEndWithRisingNumbers() {
        CanPort ecu = world.bus.attach("ecu");

        ecu.send(CanFrame.parse("123#DEADBEEF"));
        assertThat(next()).isEqualTo("02000000010000012304deadbeef");
        ecu.send(CanFrame.parse("1AAAAAAA#R2"));
        assertThat(next()).isEqualTo("0200010001daaaaaaa02");
    }

    @Test
    void whatComesFromTheOtherEndIsSentHereAndNotBack() throws IOException {
        send(peer, "02 00 00 0002 00000123 01 aa 9aaaaaaa 00");
        world.until(() -> world.heard.size() == 2);

        assertThat(world.heard).extracting(CanFrame::toString).containsExactly("123#AA", "1AAAAAAA#");
        world.bus.attach("ecu").send(CanFrame.parse("456#"));
        assertThat(next()).isEqualTo("02000000010000045600");
    }

    @Test
    void otherSendersAreIgnored() throws IOException {
        try (DatagramSocket stranger = new DatagramSocket(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            send(stranger, "02 00 00 0001 00000123 00");
            send(peer, "02 00 00 0001 00000456 00");
            world.until(() -> world.heard.size() == 1);

            assertThat(world.heard.getFirst()).hasToString("456#");
            assertThat(world.told).singleElement().asString()
                    .startsWith("the tunnel ignored a datagram from 127.0.0.1:" + stranger.getLocalPort());
        }
    }

    @Test
    void gapsInTheNumbersAreToldAndARestartIsNone() throws IOException {
        for (String number : List.of("fe", "ff", "00", "03", "00", "01")) {
            send(peer, "02 00 " + number + " 0001 00000123 00");
        }
        world.until(() -> world.heard.size() == 6);

        assertThat(world.told).containsExactly("the tunnel missed 2 datagrams");
    }

    @Test
    void whatIsWrongIsIgnoredAndTold() throws IOException {
        send(peer, "03 00 00 0000");
        send(peer, "02 00 00 0001 00000123 81 00 aa");
        send(peer, "00".repeat(Limits.DATAGRAM_BYTES + 500));
        send(peer, "02 00 01 0001 00000123 00");
        world.until(() -> world.heard.size() == 1);

        assertThat(world.told).containsExactly("the tunnel ignored a datagram: it is not of version 2",
                "the tunnel lost 123##0AA: this bus carries no CAN FD frames",
                "the tunnel ignored a datagram: it has more than 1472 bytes");
    }

    @Test
    void aFloodIsLostWhereTheBusIsTooSlowAndTheBusGoesOn() throws IOException {
        String frame = "00000000 08 0001020304050607";
        for (int i = 0; i < 200; i++) {
            send(peer, "02 00 %02x 0064 %s".formatted(i, frame.repeat(100)));
        }
        world.until(() -> world.told.stream().anyMatch(words -> words.contains("lost")));
        CanPort ecu = world.bus.attach("ecu");
        ecu.send(CanFrame.parse("000#"));

        world.until(() -> world.heard.contains(CanFrame.parse("000#")));
        assertThat(world.told).hasSizeLessThan(200);
    }

    @Test
    void aPortThatIsTakenIsToldWithOneSentence() {
        assertThatThrownBy(() -> CannelloniTunnel.open(world.open, tunnel.address(), tunnel.address(),
                world.told::add)).isInstanceOf(CannotListen.class).hasMessageContaining("Address already in use");
    }
}
