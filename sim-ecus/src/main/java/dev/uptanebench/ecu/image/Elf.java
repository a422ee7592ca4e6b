package dev.uptanebench.ecu.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * ELF files of 32 and 64 bits in both byte orders. What an ECU's memory holds are the loadable segments (PT_LOAD) that
 * have bytes in the file, at their physical addresses, which are where a flash tool puts them; variables in RAM that begin
 * as zeros have none. Gaps become 0xFF as in erased flash. Sections and symbols are for debuggers.
 */
public final class Elf {
    /** More than any linker makes, fewer than a hostile file could announce. */
    static final int MOST_SEGMENTS = 1024;

    private static final int MAGIC = 0x7F454C46;
    private static final int LOADABLE = 1;
    private static final int EXECUTABLE = 2;
    private static final int SHARED = 3;

    private final ElfClass layout;
    private final ByteBuffer file;
    private final Chunks chunks;

    private Elf(ElfClass layout, ByteBuffer file, MemoryArea memory) {
        this.layout = layout;
        this.file = file;
        this.chunks = new Chunks(memory);
    }

    /** What is wrong, and where. */
    private static final class Malformed extends Exception {
        private static final long serialVersionUID = 1;

        Malformed(long offset, String message) {
            super("byte " + offset + ": " + message);
        }
    }

    /**
     * @param name how the file is called in problems
     * @param memory that the image must lie in
     */
    public static ImageReading read(String name, byte[] file, MemoryArea memory) {
        try {
            return new ImageReading.Accepted(opened(file, memory).image());
        } catch (Malformed e) {
            return new ImageReading.Refused(
                    List.of(new ImageProblem(name, 1, 1, String.valueOf(e.getMessage()))));
        }
    }

    private static Elf opened(byte[] file, MemoryArea memory) throws Malformed {
        ByteBuffer in = ByteBuffer.wrap(file);
        if (file.length < 16 || in.getInt(0) != MAGIC) {
            throw new Malformed(0, "an ELF file begins with 7F 45 4C 46");
        }
        ElfClass layout = switch (file[4]) {
            case 1 -> ElfClass.ELF32;
            case 2 -> ElfClass.ELF64;
            default -> throw new Malformed(4, "class 1 (32 bits) or 2 (64 bits) was expected, not " + file[4]);
        };
        ByteOrder order = switch (file[5]) {
            case 1 -> ByteOrder.LITTLE_ENDIAN;
            case 2 -> ByteOrder.BIG_ENDIAN;
            default -> throw new Malformed(5, "byte order 1 (little) or 2 (big) was expected, not " + file[5]);
        };
        if (file.length < layout.header()) {
            throw new Malformed(file.length, "the file breaks off in its header of " + layout.header() + " bytes");
        }
        return new Elf(layout, in.order(order), memory);
    }

    private FirmwareImage image() throws Malformed {
        int type = file.getShort(16) & 0xFFFF;
        if (type != EXECUTABLE && type != SHARED) {
            throw new Malformed(16, "a linked program was expected (type 2 or 3), not type " + type);
        }
        long table = layout.word(file, layout.tableAt());
        int size = file.getShort(layout.entrySizeAt()) & 0xFFFF;
        int count = file.getShort(layout.entrySizeAt() + 2) & 0xFFFF;
        if (count > MOST_SEGMENTS) {
            throw new Malformed(layout.entrySizeAt() + 2, "at most " + MOST_SEGMENTS + " segments were expected, not "
                    + count);
        }
        if (count > 0 && size < layout.entry()) {
            throw new Malformed(layout.entrySizeAt(), "segments are described in " + layout.entry()
                    + " bytes each, not " + size);
        }
        if (!inFile(table, (long) size * count)) {
            throw new Malformed(layout.tableAt(), "the table of segments lies beyond the file's end");
        }
        for (int i = 0; i < count; i++) {
            segment((int) table + i * size);
        }
        if (chunks.isEmpty()) {
            throw new Malformed(0, "the file holds no loadable segment with bytes");
        }
        return chunks.image();
    }

    private void segment(int at) throws Malformed {
        if (file.getInt(at) != LOADABLE) {
            return;
        }
        long offset = layout.word(file, at + layout.offset());
        long address = layout.word(file, at + layout.physical());
        long length = layout.word(file, at + layout.fileSize());
        if (!inFile(offset, length)) {
            throw new Malformed(at, "a segment's bytes lie beyond the file's end");
        }
        if (length > 0 && (address < 0 || address > 0xFFFF_FFFFL)) {
            throw new Malformed(at, "a segment's address 0x%x has more than 32 bits".formatted(address));
        }
        byte[] bytes = new byte[(int) length];
        file.get((int) offset, bytes);
        String complaint = chunks.add(address, bytes, "the segment at byte " + at).orElse(null);
        if (complaint != null) {
            throw new Malformed(at, complaint);
        }
    }

    private boolean inFile(long offset, long length) {
        return offset >= 0 && length >= 0 && offset <= file.capacity() && length <= file.capacity() - offset;
    }
}
