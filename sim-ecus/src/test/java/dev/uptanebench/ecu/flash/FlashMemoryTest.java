package dev.uptanebench.ecu.flash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.uptanebench.vehicle.kernel.RandomStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlashMemoryTest {
    private static final long BASE = 0x0800_0000;

    private final FlashMemory bank = new FlashMemory("A", BASE, 64, 16);

    private static FlashFault.Reason fault(ThrowingCallable call) {
        return catchThrowableOfType(FlashFault.class, call).reason();
    }

    @Test
    void itIsErasedWhenNew() throws FlashFault {
        assertThat(bank.read(BASE, 64)).containsOnly(0xFF);
    }

    @Test
    void programmingCrossesSectorsAndCanBeRead() throws FlashFault {
        byte[] bytes = RandomStream.of(1, "bytes").nextBytes(40);

        bank.program(BASE + 11, bytes);

        assertThat(bank.read(BASE + 11, 40)).isEqualTo(bytes);
        assertThat(bank.read(BASE, 11)).containsOnly(0xFF);
        assertThat(bank.read(BASE + 51, 13)).containsOnly(0xFF);
    }

    @Test
    void programmingOnlyClearsBits() throws FlashFault {
        bank.program(BASE, new byte[]{0x0F, 0x0F});
        bank.program(BASE, new byte[]{0x0F, 0x01});

        assertThat(fault(() -> bank.program(BASE, new byte[]{(byte) 0xF3, 0x01})))
                .isEqualTo(FlashFault.Reason.NOT_ERASED);
        assertThat(bank.read(BASE, 2)).containsExactly(0x03, 0x01);
    }

    @Test
    void erasingTakesWholeSectorsAndNoMore() throws FlashFault {
        bank.program(BASE, new byte[64]);

        bank.erase(BASE + 20, 1);

        assertThat(bank.read(BASE, 16)).containsOnly(0);
        assertThat(bank.read(BASE + 16, 16)).containsOnly(0xFF);
        assertThat(bank.read(BASE + 32, 32)).containsOnly(0);
        bank.erase();
        assertThat(bank.read(BASE, 64)).containsOnly(0xFF);
    }

    @ParameterizedTest
    @CsvSource({"-1,1", "64,1", "0,65", "63,2", "-134217728,1", "4294967295,1", "9223372036854775807,2"})
    void nothingOutsideTheBankIsTouched(long offset, int length) {
        assertThat(fault(() -> bank.program(BASE + offset, new byte[length])))
                .isEqualTo(FlashFault.Reason.OUT_OF_RANGE);
        assertThat(fault(() -> bank.read(BASE + offset, length))).isEqualTo(FlashFault.Reason.OUT_OF_RANGE);
        assertThat(fault(() -> bank.erase(BASE + offset, length))).isEqualTo(FlashFault.Reason.OUT_OF_RANGE);
    }

    @Test
    void aBankConsistsOfWholeSectors() {
        assertThatIllegalArgumentException().isThrownBy(() -> new FlashMemory("A", 0, 63, 16));
        assertThatIllegalArgumentException().isThrownBy(() -> new FlashMemory("A", 0xFFFF_FFF0L, 32, 16));
    }
}
