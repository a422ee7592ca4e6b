package dev.uptanebench.vehicle.can.socketcan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.uptanebench.vehicle.can.ControllerState;
import dev.uptanebench.vehicle.can.ControllerState.Confinement;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values from include/uapi/linux/can/error.h. */
class ErrorReportTest {

    @ParameterizedTest
    @CsvSource({"008, 0000040000000000, stuff error", "008, 0000020000000000, form error",
            "008, 0000010000000000, bit error", "008, 0000100000000000, bit error",
            "008, 0000000800000000, checksum error", "008, 0000000000000000, protocol error",
            "020, 0000000000000000, no acknowledgement"})
    void kindsOfErrorsAreNamedAsOnTheSimulatedBus(String reported, String data, String words) {
        assertThat(report(reported, data).errors()).containsExactly(words);
        assertThat(report(reported, data).state()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"204, 0004000000000060, ERROR_WARNING, 0, 96", "204, 0020000000008003, ERROR_PASSIVE, 128, 3",
            "204, 0040000000000000, ERROR_ACTIVE, 0, 0", "040, 0000000000000000, BUS_OFF, 256, 0",
            "100, 0000000000000000, ERROR_ACTIVE, 0, 0"})
    void statesAreThoseOfTheController(String reported, String data, Confinement state, int transmit, int receive) {
        assertThat(report(reported, data).state()).isEqualTo(new ControllerState(state, transmit, receive));
    }

    @Test
    void aShortReportIsFilledUp() {
        assertThat(ErrorReport.of(0x4 | 0x8, new byte[0]).errors()).isEqualTo(List.of("protocol error"));
    }

    private static ErrorReport report(String reported, String data) {
        return ErrorReport.of(Integer.parseInt(reported, 16), HexFormat.of().parseHex(data));
    }
}
