package dev.uptanebench.vehicle.can.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.uptanebench.vehicle.kernel.Limits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that somebody broke, or made to break us. */
class BrokenCaptureTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            (1.0) can0 123#1                             | no frame: '123#1'
            (1.0) can0 123#112233445566778899            | no frame
            (1.0) can0 12#11                             | no frame
            (1.0) can0 800#11                            | identifier 800 does not fit
            (1.0) can0 123##0112233445566778899          | no CAN FD frame has 9 bytes
            (1.0) can0 123##                             | no frame
            (1.0) can0 123#R9                            | 0 to 8 bytes
            (1.0) can0                                   | '(seconds) bus id#data' was expected
            (x) can0 123#                                | a time in seconds was expected, not 'x'
            (99999999999.0) can0 123#                    | a time in seconds was expected
            (9300000000.0) can0 123#                     | beyond the year 2262
            (-1.0) can0 123#                             | a time in seconds was expected
            (1.0) can0 20000080##1                       | an error frame has plain data
            interface can0                               | '(seconds) bus id#data' was expected
            """)
    void aLineOfCandumpThatIsNoneIsToldWithItsNumber(String line, String complaint) {
        assertThatThrownBy(() -> Captures.read("a.log", "(1.0) can0 123#\n\n" + line + "\n"))
                .isInstanceOf(BrokenCapture.class).hasMessageStartingWith("a.log:3: ").hasMessageContaining(complaint);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0.1 1 123 Rx d 8 01 02                       | the line breaks off
            0.1 1 123 Rx d 2 01 102                      | a byte was expected, not '102'
            0.1 1 12G Rx d 0                             | an identifier was expected, not '12G'
            0.1 1 FFF Rx d 0                             | does not fit
            0.1 1 3FFFFFFFx Rx d 0                       | an identifier was expected
            0.1 1 123 Rx q 0                             | d or r was expected
            0.1 0 123 Rx d 0                             | channels begin with 1
            0.1 300 123 Rx d 0                           | a channel up to 255
            0.1 CANFD 1 Rx 123 1 0 9 13 1 2 3 4 5 6 7 8 9 a b c d 0 0 1000 | no CAN FD frame has 13 bytes
            0.1 CANFD 1 Rx 123 1 0 f 65                  | a length up to 64 was expected
            9999999999.0 1 123 Rx d 0                    | 2262
            """)
    void aLineOfAscThatIsNoneIsToldWithItsNumber(String line, String complaint) {
        assertThatThrownBy(() -> Captures.read("a.asc", "base hex  timestamps absolute\n" + line + "\n"))
                .isInstanceOf(BrokenCapture.class).hasMessageStartingWith("a.asc:2: ").hasMessageContaining(complaint);
    }

    @Test
    void aLineWithoutEndIsNotGathered() {
        String endless = "(1.0) can0 123#" + "0".repeat(Limits.CAPTURE_LINE);

        assertThatThrownBy(() -> Captures.read("a.log", endless)).isInstanceOf(BrokenCapture.class)
                .hasMessage("a.log:1: the line is longer than 4096 characters");
    }

    @Test
    void whatATerminalWouldObeyIsNotRepeated() {
        assertThatThrownBy(() -> Captures.read("a.log", "\u001b[2J\u0007\n"))
                .hasMessageNotContaining("\u001b").hasMessageNotContaining("\u0007");
        assertThatThrownBy(() -> Captures.read("a.log", "(1.0) \u001b[2J 123#\n")).isInstanceOf(BrokenCapture.class);
    }

    private static byte[] block(int type, int length, byte[] body, int tail) {
        return ByteBuffer.allocate(12 + body.length).order(ByteOrder.LITTLE_ENDIAN).putInt(type).putInt(length)
                .put(body).putInt(tail).array();
    }

    private static byte[] block(int type, byte[] body) {
        return block(type, body.length + 12, body, body.length + 12);
    }

    private static ByteBuffer body(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] pcapng(byte[]... blocks) {
        byte[] section = block(0x0A0D0D0A, body(16).putInt(0x1A2B3C4D).putShort((short) 1).putLong(8, -1).array());
        ByteBuffer all = body(4096).put(section);
        for (byte[] block : blocks) {
            all.put(block);
        }
        byte[] bytes = new byte[all.position()];
        all.get(0, bytes);
        return bytes;
    }

    private static byte[] interfaceOf(int linkType, byte... options) {
        return block(1, body(8 + options.length).putShort((short) linkType).position(8).put(options).array());
    }

    private static byte[] packet(int index, int captured, byte... data) {
        return block(6, body(20 + data.length).putInt(index).putLong(0).putInt(captured).putInt(captured).put(data)
                .array());
    }

    private static void refused(byte[] file, String complaint) {
        assertThatThrownBy(() -> Captures.read("a.pcapng", file)).isInstanceOf(BrokenCapture.class)
                .hasMessageStartingWith("a.pcapng: byte 28: ").hasMessageContaining(complaint);
    }

    @Test
    void blocksOfPcapngThatLieAboutTheirLengthAreRefused() {
        refused(pcapng(block(5, 7, new byte[0], 7)), "a block of 7 bytes");
        refused(pcapng(block(5, 8, new byte[0], 8)), "a block of 8 bytes");
        refused(pcapng(block(5, -4, new byte[0], -4)), "a block of 4294967292 bytes");
        refused(pcapng(block(5, 0x7FFF_FFFC, new byte[0], 0)), "a block of 2147483644 bytes");
        refused(pcapng(block(5, 16, new byte[4], 20)), "two lengths differ");
    }

    @Test
    void interfacesAndPacketsThatDoNotAddUpAreRefused() {
        refused(pcapng(block(1, new byte[4])), "too short");
        refused(pcapng(interfaceOf(227, new byte[]{2, 0, (byte) 200, 0})), "runs beyond its block");
        refused(pcapng(packet(0, 8, new byte[8])), "interface 0, which the section has not described");
        refused(pcapng(packet(-1, 8, new byte[8])), "interface 4294967295");
        refused(pcapng(block(6, new byte[8])), "too short");
    }

    @Test
    void packetsThatAreNoFramesAreRefused() {
        byte[] can = interfaceOf(227);

        assertThatThrownBy(() -> Captures.read("a.pcapng", pcapng(can, packet(0, 4, new byte[4]))))
                .hasMessage("a.pcapng: byte 48: a packet of 4 bytes is no CAN frame");
        assertThatThrownBy(() -> Captures.read("a.pcapng", pcapng(can, packet(0, 100, new byte[8]))))
                .hasMessageContaining("a packet of 100 bytes in a block that has room for 8");
        assertThatThrownBy(() -> Captures.read("a.pcapng", pcapng(can, packet(0, 8, 0, 0, 1, 0x23, 8, 0, 0, 0))))
                .hasMessageContaining("a frame of 8 bytes, of which 0 were captured");
        assertThatThrownBy(() -> Captures.read("a.pcapng", pcapng(can, packet(0, 8, 0, 0, 0x7f, 0, 0, 0, 0, 0))))
                .hasMessageContaining("identifier 7f00 does not fit");
    }

    private static byte[] packet(int index, int captured, int... octets) {
        byte[] data = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            data[i] = (byte) octets[i];
        }
        return packet(index, captured, data);
    }

    @Test
    void packetsOfOtherNetworksArePassedOverAndCounted() throws IOException {
        Captures.Read read = Captures.read("a.pcapng",
                pcapng(interfaceOf(1), interfaceOf(227), packet(0, 8, new byte[8]), packet(1, 8, new byte[8])));

        assertThat(read.frames()).hasSize(1);
        assertThat(read.remarks())
                .containsExactly("a.pcapng: 1 × passed over: packets of link type 1, which is not SocketCAN");
    }

    private static byte[] pcap(int linkType, int captured, byte... packet) {
        byte[] bytes = new byte[40 + packet.length];
        ByteBuffer.wrap(bytes).putInt(0xA1B2C3D4).putShort((short) 2).putShort((short) 4).putInt(20, linkType)
                .putInt(32, captured).position(40).put(packet);
        return bytes;
    }

    @Test
    void packetsOfTheOlderPcapAreBoundedAndChecked() throws IOException {
        assertThat(Captures.read("a.pcap", pcap(227, 8, new byte[8])).frames()).hasSize(1);
        assertThat(Captures.read("a.pcap", pcap(227, 9, new byte[8])).remarks())
                .containsExactly("a.pcap: byte 24: the file breaks off in the middle of this packet; "
                        + "what stands before it was read");
        assertThatThrownBy(() -> Captures.read("a.pcap", pcap(1, 8, new byte[8])))
                .hasMessage("a.pcap: byte 20: link type 227 (SocketCAN) was expected, not 1");
        assertThatThrownBy(() -> Captures.read("a.pcap", pcap(227, -1, new byte[8])))
                .hasMessageStartingWith("a.pcap: byte 24: a packet of 4294967295 bytes");
        assertThatThrownBy(() -> Captures.read("a.pcap", pcap(227, 4, new byte[4])))
                .hasMessage("a.pcap: byte 24: a packet of 4 bytes is no CAN frame");
    }

    private static byte[] blf(byte[] objects) {
        byte[] bytes = new byte[144 + objects.length];
        ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN)
                .put("LOGG".getBytes(StandardCharsets.US_ASCII))
                .putInt(144);
        file.putShort(40, (short) 2030).putShort(42, (short) 1).putShort(46, (short) 1);
        file.position(144).put(objects);
        return bytes;
    }

    private static byte[] container(int method, int announced, byte[] content) {
        int size = 32 + content.length;
        return body(size + size % 4).put("LOBJ".getBytes(StandardCharsets.US_ASCII))
                .putShort((short) 16).putShort((short) 1).putInt(size).putInt(10).putShort((short) method)
                .position(24).putInt(announced).putInt(0).put(content).array();
    }

    private static byte[] deflated(byte[] bytes) {
        try (Deflater deflater = new Deflater()) {
            deflater.setInput(bytes);
            deflater.finish();
            byte[] packed = new byte[bytes.length / 500 + 100];
            return Arrays.copyOf(packed, deflater.deflate(packed));
        }
    }

    private static void refusedBlf(byte[] objects, String complaint) {
        assertThatThrownBy(() -> Captures.read("a.blf", blf(objects))).isInstanceOf(BrokenCapture.class)
                .hasMessageStartingWith("a.blf: byte 144: ").hasMessageContaining(complaint);
    }

    @Test
    void aContainerThatUnpacksToMoreThanItSaysIsRefused() {
        refusedBlf(container(2, 1000, deflated(new byte[1_000_000])), "does not hold the 1000 bytes that it announces");
        refusedBlf(container(2, 2000, deflated(new byte[1000])), "does not hold the 2000 bytes");
    }

    @Test
    void aContainerThatAnnouncesMoreThanTheLimitIsRefusedBeforeAnythingIsUnpacked() {
        refusedBlf(container(2, Limits.CAPTURE_PART + 1, deflated(new byte[1000])), "at most " + Limits.CAPTURE_PART);
        refusedBlf(container(2, -1, deflated(new byte[1000])), "announces 4294967295 bytes");
    }

    @Test
    void containersThatCannotBeUnpackedAreRefused() {
        refusedBlf(container(2, 10, new byte[]{1, 2, 3, 4}), "cannot be unpacked");
        refusedBlf(container(7, 10, new byte[4]), "packed by method 7");
        refusedBlf(container(0, 0, new byte[64]), "no object begins");
        refusedBlf(new byte[64], "no object begins");
    }

    @Test
    void anObjectThatIsLongerThanAnythingIsRefused() {
        byte[] object = container(0, 0, new byte[16]);
        ByteBuffer.wrap(object).order(ByteOrder.LITTLE_ENDIAN).putInt(8, 0x7FFF_FFFF);

        refusedBlf(object, "an object of 2147483647 bytes");
    }

    private static byte[] message(int size, int length, long time) {
        return body(size).put("LOBJ".getBytes(StandardCharsets.US_ASCII)).putShort((short) 32)
                .putShort((short) 1).putInt(size).putInt(1).putInt(2).putInt(0).putLong(time)
                .put(new byte[length]).array();
    }

    @Test
    void messagesThatAreTooShortOrTooLateAreRefused() {
        refusedBlf(container(0, 0, message(36, 4, 0)), "an object of type 1 is shorter than it has to be");
        refusedBlf(container(0, 0, message(48, 16, -1)), "beyond the year 2262");
    }

    @Test
    void manySmallContainersOfOneEndlessObjectCostNoMoreThanTheirBytes() throws IOException {
        byte[] first = message(48, 16, 0);
        ByteBuffer.wrap(first).order(ByteOrder.LITTLE_ENDIAN).putInt(8, Limits.CAPTURE_PART);
        byte[] beginning = container(0, 0, first);
        byte[] crumb = container(0, 0, new byte[16]);
        byte[] bytes = new byte[beginning.length + 100_000 * crumb.length];
        ByteBuffer file = ByteBuffer.wrap(bytes).put(beginning);
        for (int i = 0; i < 100_000; i++) {
            file.put(crumb);
        }

        Captures.Read read = Captures.read("a.blf", blf(bytes));

        assertThat(read.frames()).isEmpty();
        assertThat(read.remarks()).singleElement().asString().contains("breaks off");
    }
}
