package dev.uptanebench.ecu.image;

import dev.uptanebench.vehicle.kernel.Sha256;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Bytes that belong at one address of an ECU's memory, without gaps. Immutable. */
public final class FirmwareImage {
    private final long baseAddress;
    private final byte[] bytes;
    private final String sha256;

    /** @param baseAddress address of the first byte */
    public FirmwareImage(long baseAddress, byte[] bytes) {
        this.baseAddress = baseAddress;
        this.bytes = bytes.clone();
        this.sha256 = HexFormat.of().formatHex(digest(bytes));
    }

    public long baseAddress() {
        return baseAddress;
    }

    /** A copy. */
    public byte[] bytes() {
        return bytes.clone();
    }

    public int length() {
        return bytes.length;
    }

    /**
     * What a memory holds that is programmed with it: from that address on, what lies before the program as if erased.
     *
     * @param base where the memory begins, not behind {@link #baseAddress()}
     */
    public byte[] from(long base) {
        int gap = Math.toIntExact(baseAddress - base);
        byte[] whole = new byte[gap + bytes.length];
        Arrays.fill(whole, 0, gap, (byte) 0xFF);
        System.arraycopy(bytes, 0, whole, gap, bytes.length);
        return whole;
    }

    /** Lower-case hex, over the bytes alone. */
    public String sha256() {
        return sha256;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FirmwareImage image && baseAddress == image.baseAddress
                && Arrays.equals(bytes, image.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(baseAddress) + Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "%d bytes at 0x%08x, sha256 %s".formatted(bytes.length, baseAddress, sha256);
    }

    private static byte[] digest(byte[] bytes) {
        return Sha256.begun().digest(bytes);
    }
}
