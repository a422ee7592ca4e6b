package dev.uptanebench.ecu.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IntelHexTest {
    private static final MemoryArea MEMORY = new MemoryArea(0x0800_0000L, 0x2_0000);
    private static final String LINEAR = record(4, 0, 0x08, 0x00);
    private static final String END = record(1, 0);

    private static String record(int type, int address, int... data) {
        StringBuilder line = new StringBuilder(":%02X%04X%02X".formatted(data.length, address, type));
        int sum = data.length + (address >> 8) + address + type;
        for (int octet : data) {
            line.append("%02X".formatted(octet));
            sum += octet;
        }
        return line.append("%02X".formatted(-sum & 0xff)).toString();
    }

    private static ImageReading read(MemoryArea memory, String... lines) {
        return IntelHex.read("f", String.join("\n", lines).getBytes(StandardCharsets.ISO_8859_1), memory);
    }

    private static FirmwareImage image(MemoryArea memory, String... lines) {
        assertThat(read(memory, lines)).isInstanceOf(ImageReading.Accepted.class);
        return ((ImageReading.Accepted) read(memory, lines)).image();
    }

    private static List<String> problems(String... lines) {
        return read(MEMORY, lines) instanceof ImageReading.Refused(List<ImageProblem> problems)
                ? problems.stream().map(ImageProblem::toString).toList()
                : List.of();
    }

    @Test
    void recordsInAnyOrderBecomeOneImage() {
        FirmwareImage image = image(MEMORY, LINEAR, record(0, 0x12, 3, 4), record(0, 0x10, 1, 2),
                record(5, 0, 8, 0, 0, 1), END);

        assertThat(image.baseAddress()).isEqualTo(0x0800_0010L);
        assertThat(image.bytes()).containsExactly(1, 2, 3, 4);
        assertThat(image.length()).isEqualTo(4);
        assertThat(image.sha256()).isEqualTo("9f64a747e1b97f131fabb6b447296c9b6f0201e79fb3c5356e6c77e89b6a806a");
    }

    @Test
    void gapsAreErasedFlash() {
        assertThat(image(MEMORY, LINEAR, record(0, 0, 1), record(0, 3, 2), END).bytes()).containsExactly(1, 0xff, 0xff,
                2);
    }

    @Test
    void segmentsAndLinearAddressesMoveTheData() {
        MemoryArea low = new MemoryArea(0, 0x4_0000);

        assertThat(image(low, record(2, 0, 0x12, 0x34), record(0, 5, 9), record(3, 0, 0, 0, 0, 0), END).baseAddress())
                .isEqualTo(0x12345);
        assertThat(image(low, record(4, 0, 0, 3), record(0, 5, 9), END).baseAddress()).isEqualTo(0x30005);
    }

    @Test
    void windowsLineEndsSmallLettersAndEmptyLinesAreFine() {
        String file = (LINEAR + "\r\n\r\n" + record(0, 0, 0xab) + "\r\n" + END + "\r\n").replace('A', 'a');

        assertThat(image(MEMORY, file).bytes()).containsExactly(0xab);
    }

    @Test
    void whatIsWrittenByAnotherImplementationIsReadBack() {
        byte[] bytes = new byte[5000];
        new Random(1).nextBytes(bytes);
        StringBuilder file = new StringBuilder(LINEAR).append('\n');
        for (int i = 0; i < bytes.length; i += 16) {
            int[] data = new int[Math.min(16, bytes.length - i)];
            for (int k = 0; k < data.length; k++) {
                data[k] = bytes[i + k] & 0xff;
            }
            file.append(record(0, i, data)).append('\n');
        }

        assertThat(image(MEMORY, file + END)).isEqualTo(new FirmwareImage(MEMORY.base(), bytes));
    }

    @Test
    void everyProblemOfAFileIsTold() {
        assertThat(problems(LINEAR, "hello", ":0G", ":00", ":0100000001F", ":0100000001FF", record(6, 0),
                record(4, 0, 1), record(0, 4, 1, 2), record(0, 3, 1, 2), record(0, 5, 9), END, record(0, 9, 1)))
                .containsExactly("f:2:1: ':' was expected, not 'h'",
                        "f:3:3: a hexadecimal digit was expected, not 'G'",
                        "f:4:4: the record breaks off; the shortest has 11 characters",
                        "f:5:2: 13 characters were expected for 1 data bytes, not 12",
                        "f:6:12: checksum FE was expected, not FF",
                        "f:7:8: record type 00 to 05 was expected, not 06",
                        "f:8:2: a record of type 04 has 2 data bytes, not 1",
                        "f:10:4: address 0x08000004 was given already in line 9",
                        "f:11:4: address 0x08000005 was given already in line 9",
                        "f:13:1: nothing may follow the end record in line 12");
    }

    @Test
    void aFileWithoutEndOrDataIsRefused() {
        assertThat(problems(LINEAR, record(0, 0, 1)))
                .containsExactly("f:2:1: the file breaks off: an end record (:00000001FF) was expected");
        assertThat(problems(END)).containsExactly("f:1:1: the file holds no data records");
        assertThat(problems("")).hasSize(1);
    }

    @Test
    void dataOutsideTheMemoryIsRefused() {
        assertThat(problems(record(0, 0, 1), record(4, 0, 8, 1), record(0, 0xffff, 1, 2), END)).containsExactly(
                "f:1:4: address 0x00000000 lies outside the memory, 0x08000000 to 0x0801ffff",
                "f:3:4: image too large: it reaches 0x08020000, but the memory is 0x08000000 to 0x0801ffff");
    }

    @Test
    void aSegmentDoesNotWrapAround() {
        MemoryArea low = new MemoryArea(0, 0x4_0000);

        assertThat(read(low, record(2, 0, 0, 0), record(0, 0xffff, 1, 2), END))
                .isInstanceOf(ImageReading.Refused.class);
    }

    @Test
    void aHostileFileGivesABoundedNumberOfProblems() {
        assertThat(problems("x\n".repeat(1000))).hasSize(20);
    }

    @Test
    void aRawImageBelongsWhereItIsTold() {
        byte[] bytes = HexFormat.of().parseHex("010203");

        assertThat(RawImage.read("f", bytes, 0x0800_0100L, MEMORY))
                .isEqualTo(new ImageReading.Accepted(new FirmwareImage(0x0800_0100L, bytes)));
        assertThat(RawImage.read("f", bytes, 0x0801_fffeL, MEMORY)).hasToString(
                "Refused[problems=[f:1:1: image too large: 3 bytes at 0x0801fffe, but the memory is 0x08000000 to "
                        + "0x0801ffff]]");
        assertThat(RawImage.read("f", bytes, 0, MEMORY)).isInstanceOf(ImageReading.Refused.class);
        assertThat(RawImage.read("f", new byte[0], 0x0800_0100L, MEMORY)).isInstanceOf(ImageReading.Refused.class);
    }

    @Test
    void theNameTellsTheFormat() {
        assertThat(ImageFormat.ofFileName("a/Brake.HEX")).contains(ImageFormat.INTEL_HEX);
        assertThat(ImageFormat.ofFileName("brake.bin")).contains(ImageFormat.RAW);
        assertThat(ImageFormat.ofFileName("brake.s37")).contains(ImageFormat.S_RECORD);
        assertThat(ImageFormat.ofFileName("brake.elf")).contains(ImageFormat.ELF);
        assertThat(ImageFormat.ofFileName("brake.zip")).isEmpty();
    }
}
