package dev.uptanebench.vehicle.can;

/**
 * Identifiers of one format that agree with {@code id} wherever {@code mask} has a one, as filters of controllers do.
 *
 * @param mask 0 for every identifier of the format
 */
public record IdFilter(CanId id, int mask) {
    private static final int ALL_BITS = 0x1FFF_FFFF;

    /** Just this identifier. */
    public static IdFilter of(CanId id) {
        return new IdFilter(id, ALL_BITS);
    }

    public boolean matches(CanId other) {
        return other.extended() == id.extended() && ((other.value() ^ id.value()) & mask) == 0;
    }
}
