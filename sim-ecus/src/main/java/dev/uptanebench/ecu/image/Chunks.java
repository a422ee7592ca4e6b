package dev.uptanebench.ecu.image;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Pieces of an image at their addresses, in any order, none of them twice. */
final class Chunks {
    private final MemoryArea memory;
    private final TreeMap<Long, Chunk> chunks = new TreeMap<>();

    private static final class Chunk {
        private final byte[] bytes;
        /** Where in the file it was given, for a person: "line 7". */
        private final String origin;

        Chunk(byte[] bytes, String origin) {
            this.bytes = bytes;
            this.origin = origin;
        }
    }

    Chunks(MemoryArea memory) {
        this.memory = memory;
    }

    boolean isEmpty() {
        return chunks.isEmpty();
    }

    /** Adds a piece; otherwise what is wrong with it. */
    Optional<String> add(long start, byte[] bytes, String origin) {
        if (bytes.length == 0) {
            return Optional.empty();
        }
        long end = start + bytes.length;
        if (!memory.holds(start)) {
            return Optional.of("address 0x%08x lies outside the memory, %s".formatted(start, memory));
        }
        if (end > memory.end()) {
            return Optional.of("image too large: it reaches 0x%08x, but the memory is %s".formatted(end - 1, memory));
        }
        Map.Entry<Long, Chunk> before = chunks.lowerEntry(end);
        if (before != null && before.getKey() + before.getValue().bytes.length > start) {
            return Optional.of("address 0x%08x was given already in %s"
                    .formatted(Math.max(start, before.getKey()), before.getValue().origin));
        }
        chunks.put(start, new Chunk(bytes, origin));
        return Optional.empty();
    }

    /** From the first byte to the last; gaps are 0xFF as in erased flash. */
    FirmwareImage image() {
        long base = chunks.firstKey();
        Map.Entry<Long, Chunk> last = chunks.lastEntry();
        byte[] bytes = new byte[(int) (last.getKey() + last.getValue().bytes.length - base)];
        Arrays.fill(bytes, (byte) 0xff);
        chunks.forEach((address, chunk) -> System.arraycopy(chunk.bytes, 0, bytes, (int) (address - base),
                chunk.bytes.length));
        return new FirmwareImage(base, bytes);
    }
}
