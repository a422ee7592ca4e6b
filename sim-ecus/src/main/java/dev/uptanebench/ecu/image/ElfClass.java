package dev.uptanebench.ecu.image;

import java.nio.ByteBuffer;

/** Where things stand in the two kinds of ELF files. */
enum ElfClass {
    ELF32(52, 28, 42, 32, 4, 12, 16) {
        @Override
        long word(ByteBuffer in, int at) {
            return in.getInt(at) & 0xFFFF_FFFFL;
        }
    },
    ELF64(64, 32, 54, 56, 8, 24, 32) {
        @Override
        long word(ByteBuffer in, int at) {
            return in.getLong(at);
        }
    };

    private final int header;
    private final int tableAt;
    private final int entrySizeAt;
    private final int entry;
    private final int offset;
    private final int physical;
    private final int fileSize;

    ElfClass(int header, int tableAt, int entrySizeAt, int entry, int offset, int physical, int fileSize) {
        this.header = header;
        this.tableAt = tableAt;
        this.entrySizeAt = entrySizeAt;
        this.entry = entry;
        this.offset = offset;
        this.physical = physical;
        this.fileSize = fileSize;
    }

    /** Bytes of the file's header. */
    int header() {
        return header;
    }

    /** Where the header says where segments are described. */
    int tableAt() {
        return tableAt;
    }

    /** Where the header says in how many bytes each; how many there are follows. */
    int entrySizeAt() {
        return entrySizeAt;
    }

    /** Bytes of a description. */
    int entry() {
        return entry;
    }

    /** Where a description says where the segment's bytes lie in the file. */
    int offset() {
        return offset;
    }

    /** Where it says at which address they belong. */
    int physical() {
        return physical;
    }

    /** Where it says how many there are. */
    int fileSize() {
        return fileSize;
    }

    /** An address, offset or size; negative if it has 64 bits. */
    abstract long word(ByteBuffer in, int at);
}
