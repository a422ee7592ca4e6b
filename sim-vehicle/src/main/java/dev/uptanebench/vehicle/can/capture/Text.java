package dev.uptanebench.vehicle.can.capture;

/** Words of a line, numbers in them, and how they are shown to a person. */
final class Text {
    private static final int SHOWN = 40;

    private Text() {}

    /** In quotation marks, short, without anything a terminal would obey. */
    static String shown(String text) {
        String start = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
        return "'" + start.codePoints().mapToObj(c -> c < ' ' || (c >= 0x7f && c < 0xa0) ? "?" : Character.toString(c))
                .reduce("", String::concat) + "'";
    }

    /**
     * A number of digits alone.
     *
     * @throws IllegalArgumentException if it is none, or larger than {@code most}
     */
    static int number(String text, int radix, int most, String what) {
        long value = 0;
        boolean fits = !text.isEmpty();
        for (int i = 0; i < text.length() && fits; i++) {
            int digit = text.charAt(i) > 'f' ? -1 : Character.digit(text.charAt(i), radix);
            value = value * radix + digit;
            fits = digit >= 0 && value <= most;
        }
        if (!fits) {
            throw new IllegalArgumentException(what + " was expected, not " + shown(text));
        }
        return (int) value;
    }
}
