package dev.uptanebench.ecu.image;

/**
 * Where in an ECU's address space an image may lie.
 *
 * @param base first address, 32 bits
 * @param size in bytes, at least 1 and at most {@link #MAXIMUM_SIZE}
 */
public record MemoryArea(long base, long size) {
    /** Keeps a hostile file from making the bench allocate without end. */
    public static final long MAXIMUM_SIZE = 64L << 20;
    private static final long ADDRESSES = 1L << 32;

    /** @throws IllegalArgumentException if the area is empty, larger than allowed or leaves the 32-bit address space */
    public MemoryArea {
        if (base < 0 || size < 1 || size > MAXIMUM_SIZE || base + size > ADDRESSES) {
            throw new IllegalArgumentException("no memory area: base " + base + ", size " + size);
        }
    }

    /** The first address behind it. */
    public long end() {
        return base + size;
    }

    boolean holds(long address) {
        return address >= base && address < end();
    }

    @Override
    public String toString() {
        return "0x%08x to 0x%08x".formatted(base, end() - 1);
    }
}
