package dev.uptanebench.vehicle.can;

import static org.assertj.core.api.Assertions.assertThat;

import dev.uptanebench.vehicle.can.ControllerState.Confinement;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values from include/uapi/linux/can/error.h. */
class ErrorFrameTest {

    @ParameterizedTest
    @CsvSource({"BIT, 088, 0000010000000000", "FORM, 088, 0000020000000000", "STUFF, 088, 0000040000000000",
            "CHECKSUM, 088, 0000000800000000", "ACKNOWLEDGEMENT, 0A0, 0000000000000000"})
    void kindsOfErrorsAreTheKernels(CanError.Kind kind, String classes, String details) {
        assertThat(ErrorFrame.of(kind)).isEqualTo(frame(classes, details));
    }

    @ParameterizedTest
    @CsvSource({"ERROR_ACTIVE, 0, 5, 204, 0040000000000005", "ERROR_WARNING, 96, 0, 204, 0008000000006000",
            "ERROR_WARNING, 0, 96, 204, 0004000000000060", "ERROR_PASSIVE, 128, 3, 204, 0020000000008003",
            "ERROR_PASSIVE, 3, 128, 204, 0010000000000380", "BUS_OFF, 256, 0, 240, 000000000000FF00"})
    void statesAreTheKernels(Confinement state, int transmit, int receive, String classes, String details) {
        assertThat(ErrorFrame.of(new ControllerState(state, transmit, receive))).isEqualTo(frame(classes, details));
    }

    private static ErrorFrame frame(String classes, String details) {
        return new ErrorFrame(Integer.parseInt(classes, 16), Long.parseUnsignedLong(details, 16));
    }
}
