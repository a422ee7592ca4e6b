package dev.uptanebench.vehicle.can.remote;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The first examples are those of socketcand's doc/protocol.md. */
class SocketcandReadingTest {

    @ParameterizedTest
    @CsvSource({"send 123 0, 123#", "send 1AAAAAAA 2 1 F1, 1AAAAAAA#01F1", "sendrtr 123 0, 123#R",
            "sendrtr 1AAAAAAA 2, 1AAAAAAA#R2", "send 7 8 1 2 3 4 5 6 7 8, 007#0102030405060708",
            "send 00000007 1 ff, 00000007#FF", "fdsend 123 0 0, 123##0", "fdsend 1AAAAAAA 3 1 AB, 1AAAAAAA##3AB"})
    void framesAreReadAsTheyAreWritten(String element, String frame) {
        SocketcandCommand read = SocketcandReading.read(" " + element + "  ");

        assertThat(read).isInstanceOfSatisfying(SocketcandCommand.Send.class,
                send -> assertThat(send.frame()).hasToString(frame));
    }

    @ParameterizedTest
    @CsvSource({"send 123, identifier", "send 123 2 1, 2 bytes are announced and 1 given",
            "send 123 0 1, 0 bytes are announced and 1 given", "send 123 9 1, at most 8 bytes",
            "send 123 -1, a length has", "send 123456789 0, an identifier has", "send xyz 0, an identifier has",
            "send FFFFFFFF 0, does not fit", "send 800 0, does not fit", "send 123 1 100, a byte has",
            "sendrtr 123 9, at most 8 bytes", "sendrtr 123, identifier",
            "fdsend 123 0 9 1 2 3 4 5 6 7 8 9, no CAN FD frame",
            "fdsend 123 0 65, at most 64 bytes", "open, one name", "open a b, one name", "echo now, nothing may follow",
            "send ١٢٣ 0, an identifier has"})
    void whatIsWrongIsSaid(String element, String reason) {
        assertThat(SocketcandReading.read(element)).isInstanceOfSatisfying(SocketcandCommand.Malformed.class,
                malformed -> assertThat(malformed.reason()).startsWith(element.split(" ")[0] + ": ").contains(reason));
    }

    @Test
    void otherModesAreNotKnown() {
        for (String element : new String[]{"", " ", "isotpmode", "controlmode", "subscribe 0 0 123", "SEND 123 0"}) {
            assertThat(SocketcandReading.read(element)).isEqualTo(new SocketcandCommand.Unknown());
        }
    }
}
