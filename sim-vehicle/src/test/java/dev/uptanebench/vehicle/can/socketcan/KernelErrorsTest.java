package dev.uptanebench.vehicle.can.socketcan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tel.schich.javacan.platform.linux.LinuxNativeOperationException;

/** Numbers from include/uapi/asm-generic/errno.h. */
class KernelErrorsTest {

    @ParameterizedTest
    @CsvSource({"11, true", "105, true", "4, true", "100, false", "19, false", "6, false"})
    void aSignalNothingToReadAndNoRoomAreNoFaults(int number, boolean later) {
        assertThat(KernelErrors.later(new LinuxNativeOperationException("recvmsg", number, "told"))).isEqualTo(later);
    }

    @Test
    void anythingElseIs() {
        assertThat(KernelErrors.later(new IOException("closed"))).isFalse();
    }
}
