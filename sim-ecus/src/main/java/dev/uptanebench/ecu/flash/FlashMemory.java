package dev.uptanebench.ecu.flash;

import dev.uptanebench.vehicle.kernel.Sha256;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One bank of NOR flash at its real addresses. Erasing sets whole sectors to FF, programming can only clear bits. It is
 * erased when new; sectors that are take no room.
 */
public final class FlashMemory {
    private static final byte ERASED = (byte) 0xFF;

    private final String name;
    private final long base;
    private final int size;
    private final int sectorBytes;
    private final byte[] @Nullable [] sectors;

    /**
     * An erased bank.
     *
     * @param base address of its first byte
     * @param size its bytes, a multiple of {@code sectorBytes}
     * @throws IllegalArgumentException if it is not, or the bank goes beyond 32-bit addresses
     */
    public FlashMemory(String name, long base, int size, int sectorBytes) {
        if (sectorBytes <= 0 || size <= 0 || size % sectorBytes != 0 || base < 0 || base + size > 1L << Integer.SIZE) {
            throw new IllegalArgumentException("no bank " + name + " of " + size + " bytes at " + base);
        }
        this.name = name;
        this.base = base;
        this.size = size;
        this.sectorBytes = sectorBytes;
        this.sectors = new byte[size / sectorBytes][];
    }

    public String name() {
        return name;
    }

    /** Address of the first byte. */
    public long base() {
        return base;
    }

    /** Number of bytes. */
    public int size() {
        return size;
    }

    /** Whether all of a range lies in this bank. */
    public boolean contains(long address, long length) {
        return length >= 0 && length <= size && address >= base && address - base <= size - length;
    }

    /** Sets the whole bank to FF. */
    public void erase() {
        Arrays.fill(sectors, null);
    }

    /**
     * Sets every sector that the range touches to FF.
     *
     * @throws FlashFault OUT_OF_RANGE
     */
    public void erase(long address, long length) throws FlashFault {
        int from = offset(address, length);
        for (int sector = from / sectorBytes; sector * (long) sectorBytes < from + length; sector++) {
            sectors[sector] = null;
        }
    }

    /**
     * Clears the bits that are zero in {@code bytes}.
     *
     * @throws FlashFault OUT_OF_RANGE, nothing was changed; NOT_ERASED, some bits would have had to be set
     */
    public void program(long address, byte[] bytes) throws FlashFault {
        int from = offset(address, bytes.length);
        boolean verified = true;
        for (int done = 0; done < bytes.length;) {
            int at = (from + done) % sectorBytes;
            int count = Math.min(bytes.length - done, sectorBytes - at);
            byte[] sector = opened((from + done) / sectorBytes);
            for (int i = 0; i < count; i++) {
                sector[at + i] &= bytes[done + i];
                verified &= sector[at + i] == bytes[done + i];
            }
            done += count;
        }
        if (!verified) {
            throw fault(FlashFault.Reason.NOT_ERASED, address, bytes.length);
        }
    }

    /**
     * A copy of the bytes as they are.
     *
     * @throws FlashFault OUT_OF_RANGE
     */
    public byte[] read(long address, int length) throws FlashFault {
        int from = offset(address, length);
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, ERASED);
        for (int done = 0; done < length;) {
            int at = (from + done) % sectorBytes;
            int count = Math.min(length - done, sectorBytes - at);
            byte[] sector = sectors[(from + done) / sectorBytes];
            if (sector != null) {
                System.arraycopy(sector, at, bytes, done, count);
            }
            done += count;
        }
        return bytes;
    }

    /**
     * SHA-256 of the bytes as they are, in lower-case hex.
     *
     * @throws FlashFault OUT_OF_RANGE
     */
    public String sha256(long address, int length) throws FlashFault {
        return Sha256.hex(read(address, length));
    }

    private byte[] opened(int index) {
        byte[] sector = sectors[index];
        if (sector == null) {
            sector = new byte[sectorBytes];
            Arrays.fill(sector, ERASED);
            sectors[index] = sector;
        }
        return sector;
    }

    private int offset(long address, long length) throws FlashFault {
        if (!contains(address, length)) {
            throw fault(FlashFault.Reason.OUT_OF_RANGE, address, length);
        }
        return (int) (address - base);
    }

    private FlashFault fault(FlashFault.Reason reason, long address, long length) {
        return new FlashFault(reason,
                String.format(Locale.ROOT, "%s: %s: %d bytes at %X", name, reason, length, address));
    }
}
