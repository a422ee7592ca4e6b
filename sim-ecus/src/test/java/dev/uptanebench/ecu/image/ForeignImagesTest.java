package dev.uptanebench.ecu.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Two pieces of brake-v1.hex, linked with a gap and with variables in RAM ({@code two.ld}) by GNU ld 2.40 for arm, arm
 * big-endian and x86-64, and written as S-records by its objcopy. What they hold is what objcopy writes as binary with
 * {@code --gap-fill 0xff}: {@code two.bin}.
 */
class ForeignImagesTest {

    private static byte[] file(String name) throws IOException {
        try (InputStream in = ForeignImagesTest.class.getResourceAsStream(name)) {
            assertThat(in).as(name).isNotNull();
            return in.readAllBytes();
        }
    }

    @ParameterizedTest
    @CsvSource({"two.s19, 0", "two.s28, 10000", "two.s37, 8010000", "arm-little.elf, 8010000", "arm-big.elf, 8010000",
            "x86-64.elf, 8010000"})
    void whatGnuToolsWriteIsReadAsTheyUnderstandIt(String name, String base) throws IOException {
        MemoryArea memory = new MemoryArea(Long.parseLong(base, 16), 0x1000);
        ImageFormat format = ImageFormat.ofFileName(name).orElseThrow();

        assertThat(format.read(name, file(name), memory))
                .isEqualTo(new ImageReading.Accepted(new FirmwareImage(memory.base(), file("two.bin"))));
    }
}
