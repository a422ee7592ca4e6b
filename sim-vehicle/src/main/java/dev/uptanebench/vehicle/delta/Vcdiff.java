package dev.uptanebench.vehicle.delta;

import dev.uptanebench.vehicle.uptane.Bytes;

/** Deltas in VCDIFF (RFC 3284) with the default code table and nothing compressed any further. */
public final class Vcdiff {
    static final int[] MAGIC = {0xD6, 0xC3, 0xC4, 0x00};
    static final int VCD_SOURCE = 1;

    private Vcdiff() {}

    /**
     * Makes an image of another.
     *
     * @param source the image that is there
     * @param delta hostile
     * @param limit most bytes that the result may have
     * @throws NoDelta if the bytes are no delta, make more than that, or copy from where nothing is
     */
    public static Bytes apply(Bytes source, Bytes delta, long limit) throws NoDelta {
        return Bytes.of(new VcdiffDecoder(source.toArray(), limit).decode(new VcdiffInput(delta.toArray())));
    }

    /** What makes {@code target} of {@code source}: in one window, and short where they have runs of bytes in common. */
    public static Bytes between(Bytes source, Bytes target) {
        return Bytes.of(new VcdiffEncoder(source.toArray(), target.toArray()).encode());
    }
}
