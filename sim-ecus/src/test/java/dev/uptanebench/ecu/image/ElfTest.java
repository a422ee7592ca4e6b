package dev.uptanebench.ecu.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Offsets from the System V ABI, chapters 4 and 5. */
class ElfTest {
    private static final MemoryArea MEMORY = new MemoryArea(0x1000, 0x1000);

    /** A program of 32 bits with one segment of eight bytes at 1000, in the file at byte 84. */
    private static ByteBuffer elf32(ByteOrder order) {
        ByteBuffer file = ByteBuffer.allocate(92).order(order);
        file.putInt(0, order == ByteOrder.BIG_ENDIAN ? 0x7F454C46 : 0x464C457F);
        file.put(4, (byte) 1).put(5, (byte) (order == ByteOrder.LITTLE_ENDIAN ? 1 : 2)).put(6, (byte) 1);
        file.putShort(16, (short) 2).putInt(28, 52).putShort(42, (short) 32).putShort(44, (short) 1);
        file.putInt(52, 1).putInt(56, 84).putInt(60, 0x2000_0000).putInt(64, 0x1000).putInt(68, 8).putInt(72, 64);
        return file.position(84).put(new byte[]{1, 2, 3, 4, 5, 6, 7, 8});
    }

    /** The same of 64 bits. */
    private static ByteBuffer elf64(ByteOrder order) {
        ByteBuffer file = ByteBuffer.allocate(128).order(order);
        file.putInt(0, order == ByteOrder.BIG_ENDIAN ? 0x7F454C46 : 0x464C457F);
        file.put(4, (byte) 2).put(5, (byte) (order == ByteOrder.LITTLE_ENDIAN ? 1 : 2)).put(6, (byte) 1);
        file.putShort(16, (short) 3).putLong(32, 64).putShort(54, (short) 56).putShort(56, (short) 1);
        file.putInt(64, 1).putLong(72, 120).putLong(80, 0x2000_0000).putLong(88, 0x1000).putLong(96, 8)
                .putLong(104, 64);
        return file.position(120).put(new byte[]{1, 2, 3, 4, 5, 6, 7, 8});
    }

    private static byte[] bytes(ByteBuffer file) {
        byte[] bytes = new byte[file.capacity()];
        file.get(0, bytes);
        return bytes;
    }

    private static ImageReading read(ByteBuffer file) {
        return Elf.read("f.elf", bytes(file), MEMORY);
    }

    private static String problem(ByteBuffer file) {
        return read(file) instanceof ImageReading.Refused refused
                ? refused.problems().getFirst().toString().replace("f.elf:1:1: ", "")
                : "";
    }

    @Test
    void bothClassesInBothByteOrdersAreReadAtTheirPhysicalAddresses() {
        ImageReading expected = new ImageReading.Accepted(
                new FirmwareImage(0x1000, new byte[]{1, 2, 3, 4, 5, 6, 7, 8}));

        assertThat(read(elf32(ByteOrder.LITTLE_ENDIAN))).isEqualTo(expected);
        assertThat(read(elf32(ByteOrder.BIG_ENDIAN))).isEqualTo(expected);
        assertThat(read(elf64(ByteOrder.LITTLE_ENDIAN))).isEqualTo(expected);
        assertThat(read(elf64(ByteOrder.BIG_ENDIAN))).isEqualTo(expected);
    }

    /** Of the file of 32 bits: a field, what is written there, how many bytes it has. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0  | 0          | 4 | byte 0: an ELF file begins with 7F 45 4C 46
            4  | 3          | 1 | byte 4: class 1 (32 bits) or 2 (64 bits) was expected, not 3
            5  | 0          | 1 | byte 5: byte order 1 (little) or 2 (big) was expected, not 0
            16 | 1          | 2 | byte 16: a linked program was expected (type 2 or 3), not type 1
            28 | 80         | 4 | byte 28: the table of segments lies beyond the file's end
            28 | 4294967295 | 4 | byte 28: the table of segments lies beyond the file's end
            42 | 31         | 2 | byte 42: segments are described in 32 bytes each, not 31
            44 | 65535      | 2 | byte 44: at most 1024 segments were expected, not 65535
            44 | 0          | 2 | byte 0: the file holds no loadable segment with bytes
            52 | 2          | 4 | byte 0: the file holds no loadable segment with bytes
            56 | 85         | 4 | byte 52: a segment's bytes lie beyond the file's end
            64 | 4095       | 4 | byte 52: address 0x00000fff lies outside the memory, 0x00001000 to 0x00001fff
            64 | 8188       | 4 | byte 52: image too large: it reaches 0x00002003, but the memory is 0x00001000 to 0x00001fff
            68 | 4294967295 | 4 | byte 52: a segment's bytes lie beyond the file's end
            68 | 0          | 4 | byte 0: the file holds no loadable segment with bytes
            """)
    void whatDoesNotAddUpIsToldWithItsPlace(int field, long value, int bytes, String expected) {
        ByteBuffer file = elf32(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < bytes; i++) {
            file.put(field + i, (byte) (value >> (8 * i)));
        }

        assertThat(problem(file)).isEqualTo(expected);
    }

    @Test
    void sixtyFourBitsAreNoWayAroundTheBounds() {
        assertThat(problem(elf64(ByteOrder.BIG_ENDIAN).putLong(32, -1))).contains("beyond the file's end");
        assertThat(problem(elf64(ByteOrder.BIG_ENDIAN).putLong(72, Long.MAX_VALUE))).contains("beyond the file's end");
        assertThat(problem(elf64(ByteOrder.BIG_ENDIAN).putLong(96, Long.MIN_VALUE))).contains("beyond the file's end");
        assertThat(problem(elf64(ByteOrder.BIG_ENDIAN).putLong(88, 1L << 32)))
                .isEqualTo("byte 64: a segment's address 0x100000000 has more than 32 bits");
    }

    @Test
    void bytesGivenTwiceAreRefused() {
        ByteBuffer two = ByteBuffer.allocate(124).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer one = elf32(ByteOrder.LITTLE_ENDIAN);
        byte[] header = new byte[84];
        one.get(0, header);
        two.put(0, header).put(84, header, 52, 32).putShort(44, (short) 2).putInt(84 + 12, 0x1007);

        assertThat(problem(two)).isEqualTo("byte 84: address 0x00001007 was given already in the segment at byte 52");
    }

    @Test
    void aFileThatBreaksOffIsRefusedWhereverItDoes() {
        byte[] whole = bytes(elf64(ByteOrder.LITTLE_ENDIAN));
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);

            assertThat(Elf.read("f.elf", cut, MEMORY)).as("%d bytes", length).isInstanceOf(ImageReading.Refused.class);
        }
    }
}
