package dev.uptanebench.vehicle.uds;

import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Bytes as a part of a value: compared by content. The array is shared, not copied, and nobody changes it. */
public final class Bytes {
    private final byte[] array;

    public Bytes(byte[] array) {
        this.array = array;
    }

    /** The bytes themselves; not to be changed. */
    public byte[] array() {
        return array;
    }

    public int length() {
        return array.length;
    }

    /** These bytes behind a few others, of which the low eight bits count. */
    byte[] after(int... head) {
        byte[] all = new byte[head.length + array.length];
        for (int i = 0; i < head.length; i++) {
            all[i] = (byte) head[i];
        }
        System.arraycopy(array, 0, all, head.length, array.length);
        return all;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Bytes bytes && Arrays.equals(array, bytes.array);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(array);
    }

    @Override
    public String toString() {
        return HexFormat.of().withUpperCase().formatHex(array);
    }
}
