package dev.uptanebench.vehicle.repository.sql;

/**
 * Text as it is stored. PostgreSQL takes neither U+0000 nor halves of surrogate pairs, both of which JSON can spell:
 * such characters become {@code %} and four hex digits.
 */
final class StoredText {
    private static final char ESCAPE = '%';
    private static final int DIGITS = 4;

    private StoredText() {}

    static String encode(String text) {
        StringBuilder stored = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                stored.append(c).append(text.charAt(++i));
            } else if (c == ESCAPE || c < ' ' || Character.isSurrogate(c)) {
                stored.append(ESCAPE).append("%04x".formatted((int) c));
            } else {
                stored.append(c);
            }
        }
        return stored.toString();
    }

    static String decode(String stored) {
        StringBuilder text = new StringBuilder(stored.length());
        for (int i = 0; i < stored.length(); i++) {
            char c = stored.charAt(i);
            if (c == ESCAPE) {
                text.append((char) Integer.parseInt(stored, i + 1, i + 1 + DIGITS, 16));
                i += DIGITS;
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }
}
