package dev.uptanebench.vehicle.can.capture;

import java.util.Locale;

/** Times as decimal seconds, {@code 1436509052.249713}, exact to the nanosecond. */
final class Seconds {
    static final long NANOS = 1_000_000_000L;
    /** The last second that fits, in the year 2262. */
    static final long MOST = Long.MAX_VALUE / NANOS - 1;

    private static final int FRACTION_DIGITS = 9;
    private static final int MOST_DIGITS = 10;

    private Seconds() {}

    /**
     * Nanoseconds; digits beyond the ninth behind the point are left out.
     *
     * @throws IllegalArgumentException if it is no such time
     */
    static long parse(String text) {
        int point = text.indexOf('.');
        String whole = point < 0 ? text : text.substring(0, point);
        String fraction = point < 0 ? "" : text.substring(point + 1);
        if (whole.isEmpty() || whole.length() > MOST_DIGITS || !digits(whole) || !digits(fraction)) {
            throw new IllegalArgumentException("a time in seconds was expected, not " + Text.shown(text));
        }
        long seconds = Long.parseLong(whole);
        if (seconds > MOST) {
            throw new IllegalArgumentException("the time " + text + " lies beyond the year 2262");
        }
        String nanos = (fraction + "000000000").substring(0, FRACTION_DIGITS);
        return seconds * NANOS + Long.parseLong(nanos);
    }

    /** With six digits behind the point, rounded to the nearest. */
    static String micros(long nanos) {
        long micros = nanos / 1000 + (nanos % 1000 >= 500 ? 1 : 0);
        return String.format(Locale.ROOT, "%d.%06d", micros / 1_000_000, micros % 1_000_000);
    }

    private static boolean digits(String text) {
        return text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
