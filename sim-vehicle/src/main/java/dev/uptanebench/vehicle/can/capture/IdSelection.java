package dev.uptanebench.vehicle.can.capture;

import dev.uptanebench.vehicle.can.CanId;

/**
 * Identifiers of one format: from one to another, under a mask.
 *
 * @param first what {@code id & mask} is at least
 * @param last what it is at most
 */
public record IdSelection(boolean extended, int first, int last, int mask) {
    private static final int ALL = 0x1FFF_FFFF;

    /**
     * Reads {@code 123} or {@code 18DA00F1}, {@code 100-1FF}, or {@code 120:7F0} with a mask as can-utils take it. Three
     * digits mean 11 bits, eight mean 29.
     *
     * @throws IllegalArgumentException if it is none of them
     */
    public static IdSelection parse(String text) {
        int colon = text.indexOf(':');
        int dash = text.indexOf('-');
        if (colon >= 0) {
            CanId id = id(text.substring(0, colon));
            int mask = Text.number(text.substring(colon + 1), 16, ALL, "a mask of up to 29 bits");
            return new IdSelection(id.extended(), id.value() & mask, id.value() & mask, mask);
        }
        CanId first = id(dash < 0 ? text : text.substring(0, dash));
        CanId last = dash < 0 ? first : id(text.substring(dash + 1));
        if (first.extended() != last.extended() || first.value() > last.value()) {
            throw new IllegalArgumentException("a range goes from a smaller identifier to a larger one of the same "
                    + "length, not " + Text.shown(text));
        }
        return new IdSelection(first.extended(), first.value(), last.value(), ALL);
    }

    private static CanId id(String text) {
        if (text.length() != 3 && text.length() != 8) {
            throw new IllegalArgumentException("an identifier has 3 or 8 hex digits, not " + Text.shown(text));
        }
        return new CanId(Text.number(text, 16, ALL, "an identifier of hex digits"), text.length() == 8);
    }

    boolean matches(CanId id) {
        int masked = id.value() & mask;
        return id.extended() == extended && masked >= first && masked <= last;
    }
}
