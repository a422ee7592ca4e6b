package dev.uptanebench.ecu.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Checksums: the ones' complement of the sum of count, address and data; the examples of the format's description. */
class SRecordTest {
    private static final MemoryArea MEMORY = new MemoryArea(0, 0x1_0000);
    private static final String HEADER = "S00F000068656C6C6F202020202000003C";
    private static final String DATA = "S11F00007C0802A6900100049421FFF07C6C1B787C8C23783C6000003863000026";
    private static final String END = "S9030000FC";

    private static ImageReading read(String... lines) {
        return SRecord.read("f", String.join("\n", lines).getBytes(StandardCharsets.ISO_8859_1), MEMORY);
    }

    private static FirmwareImage image(String... lines) {
        assertThat(read(lines)).isInstanceOf(ImageReading.Accepted.class);
        return ((ImageReading.Accepted) read(lines)).image();
    }

    private static List<String> problems(String... lines) {
        return read(lines) instanceof ImageReading.Refused(List<ImageProblem> problems)
                ? problems.stream().map(ImageProblem::toString).toList()
                : List.of();
    }

    @Test
    void theExampleOfTheFormatsDescriptionIsRead() {
        FirmwareImage image = image(HEADER, DATA, "S5030001FB", END);

        assertThat(image.baseAddress()).isZero();
        assertThat(image.length()).isEqualTo(28);
        assertThat(image.bytes()).startsWith(0x7C, 0x08, 0x02, 0xA6).endsWith(0x38, 0x63, 0, 0);
    }

    @Test
    void recordsOfEveryAddressLengthMayStandTogetherAndGapsAreErasedFlash() {
        assertThat(image("S107001001020304DE", "S2060000160506D8", "S3060000001809D8", END)
                .bytes()).containsExactly(1, 2, 3, 4, 0xff, 0xff, 5, 6, 9);
    }

    @Test
    void windowsLineEndsSmallLettersAndEmptyLinesAreFine() {
        assertThat(image((DATA + "\r\n\r\n" + END + "\r\n").toLowerCase(Locale.ROOT)).length()).isEqualTo(28);
    }

    @Test
    void everyProblemOfAFileIsTold() {
        assertThat(problems("hello", "S", "S4030000FC", "S1G", "S103", "S1030000FF", "S10400000000FB", "S1020000FD",
                "S2030000FC", DATA, DATA, "S5030003F9", "S904000000FB", "S1040000FFFC"))
                .containsExactly("f:1:1: 'S' was expected, not 'h'",
                        "f:2:2: a record is S0 to S3 or S5 to S9, not S",
                        "f:3:2: a record is S0 to S3 or S5 to S9, not S4",
                        "f:4:3: a hexadecimal digit was expected, not 'G'",
                        "f:5:5: the record breaks off; the shortest has 10 characters",
                        "f:6:9: checksum FC was expected, not FF",
                        "f:7:3: 12 characters were expected for a count of 4, not 14",
                        "f:8:3: 8 characters were expected for a count of 2, not 10",
                        "f:9:3: an S2 record counts at least 4 bytes, not 3",
                        "f:11:5: address 0x00000000 was given already in line 10",
                        "f:12:5: 2 data records come before, but 3 are counted",
                        "f:13:3: an S9 record has no data, not 1 bytes",
                        "f:14:1: nothing may follow the end record in line 13");
    }

    @Test
    void anImageHasToLieInTheMemory() {
        assertThat(problems("S206010000ABCD80", END))
                .containsExactly("f:1:5: address 0x00010000 lies outside the memory, 0x00000000 to 0x0000ffff");
        assertThat(problems("S105FFFFABCD84", END)).containsExactly(
                "f:1:5: image too large: it reaches 0x00010000, but the memory is 0x00000000 to 0x0000ffff");
    }

    @Test
    void aFileThatBreaksOffOrHoldsNothingIsRefused() {
        assertThat(problems(DATA))
                .containsExactly("f:1:1: the file breaks off: an end record (S7, S8 or S9) was expected");
        assertThat(problems(END)).containsExactly("f:1:1: the file holds no data records");
        assertThat(problems("")).hasSize(1);
    }

    @Test
    void aHostileFileGetsNoMoreThanTwentyAnswers() {
        assertThat(problems("x\n".repeat(1000).split("\n"))).hasSize(20);
    }
}
