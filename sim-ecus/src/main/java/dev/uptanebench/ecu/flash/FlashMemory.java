package dev.uptanebench.ecu.flash;

import dev.uptanebench.vehicle.kernel.Sha256;
import dev.uptanebench.vehicle.uds.PowerLost;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One bank of NOR flash at its real addresses. Erasing sets whole sectors to FF, programming can only clear bits. It is
 * erased when new; sectors that are take no room. A sector that was erased as often as it bears is not erased again.
 *
 * <p>Where the power fails, the byte then written has lost half of the bits it should lose, and of the sector then erased
 * half of the bits are set, whatever they were.
 */
public final class FlashMemory {
    private static final byte ERASED = (byte) 0xFF;
    private static final int HALF = 0x55;

    private final String name;
    private final long base;
    private final int size;
    private final int sectorBytes;
    private final byte[] @Nullable [] sectors;
    private final long[] erasures;
    private final long endurance;
    private final Feed feed;
    private long changes;

    /**
     * An erased bank.
     *
     * @param base address of its first byte
     * @param size its bytes, a multiple of {@code sectorBytes}
     * @throws IllegalArgumentException if it is not, or the bank goes beyond 32-bit addresses
     */
    public FlashMemory(String name, long base, int size, int sectorBytes) {
        this(name, base, size, sectorBytes, Long.MAX_VALUE, Feed.STEADY);
    }

    /** A bank for images that lives on that power, and is of the kind that this feeds. */
    public static FlashMemory forImages(String name, long base, int size, int sectorBytes, PowerSupply power) {
        return new FlashMemory(name, base, size, sectorBytes, power.type().endurance(), power.forImages());
    }

    /** @param endurance how often a sector can be erased */
    FlashMemory(String name, long base, int size, int sectorBytes, long endurance, Feed feed) {
        if (sectorBytes <= 0 || size <= 0 || size % sectorBytes != 0 || base < 0 || base + size > 1L << Integer.SIZE) {
            throw new IllegalArgumentException("no bank " + name + " of " + size + " bytes at " + base);
        }
        this.name = name;
        this.base = base;
        this.size = size;
        this.sectorBytes = sectorBytes;
        this.sectors = new byte[size / sectorBytes][];
        this.erasures = new long[sectors.length];
        this.endurance = endurance;
        this.feed = feed;
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

    /** How often something in it has changed. */
    long changes() {
        return changes;
    }

    /** How often the sector at that address was erased. */
    public long erasures(long address) throws FlashFault {
        return erasures[offset(address, 1) / sectorBytes];
    }

    /**
     * Sets the whole bank to FF, one sector after the other.
     *
     * @throws FlashFault WORN_OUT, nothing was changed
     * @throws PowerLost some sectors are erased, and one may be half erased
     */
    public void erase() throws FlashFault {
        erase(base, size);
    }

    /**
     * Sets every sector that the range touches to FF.
     *
     * @throws FlashFault OUT_OF_RANGE or WORN_OUT, nothing was changed
     * @throws PowerLost as for the whole bank
     */
    public void erase(long address, long length) throws FlashFault {
        requireErasable(address, length);
        int first = offset(address, length) / sectorBytes;
        int end = (int) ((offset(address, length) + length + sectorBytes - 1) / sectorBytes);
        for (int sector = first; sector < end; sector++) {
            erase(sector);
        }
    }

    /**
     * Whether a range can be erased at all.
     *
     * @throws FlashFault OUT_OF_RANGE or WORN_OUT
     */
    void requireErasable(long address, long length) throws FlashFault {
        int from = offset(address, length);
        for (int sector = from / sectorBytes; sector * (long) sectorBytes < from + length; sector++) {
            if (erasures[sector] >= endurance) {
                throw fault(FlashFault.Reason.WORN_OUT, base + (long) sector * sectorBytes, sectorBytes);
            }
        }
    }

    private void erase(int sector) {
        changes++;
        erasures[sector]++;
        if (feed.erase(sector)) {
            sectors[sector] = null;
            return;
        }
        byte[] half = opened(sector);
        for (int i = 0; i < half.length; i++) {
            half[i] |= (byte) (i % 2 == 0 ? HALF : ~HALF);
        }
        throw feed.lost("while " + name + " erased sector " + sector);
    }

    /**
     * Clears the bits that are zero in {@code bytes}.
     *
     * @throws FlashFault OUT_OF_RANGE, nothing was changed; NOT_ERASED, some bits would have had to be set
     * @throws PowerLost the first of the bytes are written, and one may be half written
     */
    public void program(long address, byte[] bytes) throws FlashFault {
        int from = offset(address, bytes.length);
        changes++;
        int whole = feed.write(bytes.length);
        boolean verified = program(from, bytes, whole);
        if (feed.failed()) {
            if (whole < bytes.length) {
                opened((from + whole) / sectorBytes)[(from + whole) % sectorBytes] &= (byte) (bytes[whole] | HALF);
            }
            throw feed.lost("while " + name + " wrote byte " + (from + whole));
        }
        if (!verified) {
            throw fault(FlashFault.Reason.NOT_ERASED, address, bytes.length);
        }
    }

    private boolean program(int from, byte[] bytes, int length) {
        boolean verified = true;
        for (int done = 0; done < length;) {
            int at = (from + done) % sectorBytes;
            int count = Math.min(length - done, sectorBytes - at);
            byte[] sector = opened((from + done) / sectorBytes);
            for (int i = 0; i < count; i++) {
                sector[at + i] &= bytes[done + i];
                verified &= sector[at + i] == bytes[done + i];
            }
            done += count;
        }
        return verified;
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
