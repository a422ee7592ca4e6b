package dev.uptanebench.vehicle.can.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.uptanebench.vehicle.can.CanFrame;
import dev.uptanebench.vehicle.kernel.Limits;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bytes follow cannelloni's doc/udp_format.md and Linux's can.h by hand. */
class CannelloniDatagramTest {
    private static final HexFormat HEX = HexFormat.of();

    private static byte[] bytes(String hex) {
        return HEX.parseHex(hex.replace(" ", ""));
    }

    @ParameterizedTest
    @CsvSource({"02 00 07 0001 00000123 04 deadbeef, 123#DEADBEEF", "02 00 07 0001 9aaaaaaa 00, 1AAAAAAA#",
            "02 00 07 0001 40000123 04, 123#R4", "02 00 07 0001 00000123 81 01 aa, 123##1AA",
            "02 00 07 0001 80000123 80 02, 00000123##2"})
    void framesAreWrittenAndReadAsTheFormatSays(String hex, String frame) throws MalformedDatagram {
        CannelloniDatagram datagram = new CannelloniDatagram(7, List.of(CanFrame.parse(frame)));

        assertThat(datagram.toBytes()).isEqualTo(bytes(hex));
        assertThat(CannelloniDatagram.parse(bytes(hex))).isEqualTo(datagram);
    }

    @Test
    void severalFramesKeepTheirOrderAndErrorFramesAreLeftOut() throws MalformedDatagram {
        CannelloniDatagram read = CannelloniDatagram.parse(
                bytes("02 00 ff 0003 00000001 01 aa 20000040 08 0000000000000000 00000002 00"));

        assertThat(read.sequence()).isEqualTo(255);
        assertThat(read.frames()).extracting(CanFrame::toString).containsExactly("001#AA", "002#");
    }

    @ParameterizedTest
    @CsvSource({"01 00 00 0000, not of version 2", "02 01 00 0000, holds no frames", "02 00 00, ends too early",
            "02 00 00 0001, ends too early", "02 00 00 0001 00000123 04 dead, ends too early",
            "02 00 00 0001 00000123 09 001122334455667788, 0 to 8 bytes", "02 00 00 0001 00000800 00, does not fit",
            "02 00 00 0001 00000123 89 00 001122334455667788, no CAN FD frame has 9 bytes",
            "02 00 00 0001 40000123 80 00, 0 to 8 bytes", "02 00 00 0000 00, behind its last frame",
            "02 00 00 ffff 00000123 00, ends too early"})
    void whatIsNoDatagramIsRefusedWithTheReason(String hex, String reason) {
        assertThatThrownBy(() -> CannelloniDatagram.parse(bytes(hex))).isInstanceOf(MalformedDatagram.class)
                .hasMessageContaining(reason);
    }

    @Test
    void aDatagramIsFilledAndNotMore() {
        Queue<CanFrame> queue = new ArrayDeque<>(Collections.nCopies(500, CanFrame.parse("123#0011223344556677")));

        byte[] first = CannelloniDatagram.of(0, queue).toBytes();

        assertThat(first.length).isEqualTo(5 + 112 * 13).isLessThanOrEqualTo(Limits.DATAGRAM_BYTES);
        assertThat(queue).hasSize(500 - 112);
    }
}
