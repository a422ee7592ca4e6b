package dev.uptanebench.vehicle.can.capture;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Dates in ASC files: {@code Mon May 23 03:29:03.103 PM 2022}, also with 24 hours, without fractions, and with German
 * names. They tell no zone; UTC is assumed.
 */
final class AscDate {
    private static final Pattern DATE = Pattern.compile("\\S+\\s+(?<month>\\p{L}{3})\\p{L}*\\.?\\s+(?<day>\\d{1,2})\\s+"
            + "(?<hour>\\d{1,2}):(?<minute>\\d{2}):(?<second>\\d{2})(?:\\.(?<fraction>\\d{1,9}))?\\s+"
            + "(?:(?<half>[AaPp])[Mm]\\s+)?(?<year>\\d{4})");
    private static final List<List<String>> MONTHS = List.of(List.of("jan"), List.of("feb"), List.of("mar", "mär"),
            List.of("apr"), List.of("may", "mai"), List.of("jun"), List.of("jul"), List.of("aug"), List.of("sep"),
            List.of("oct", "okt"), List.of("nov"), List.of("dec", "dez"));
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("EEE MMM dd hh:mm:ss.SSS a uuuu",
            Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private AscDate() {}

    /** Nanoseconds since 1970; empty if it is no such date. */
    static Optional<Long> parse(String text) {
        Matcher date = DATE.matcher(text.strip());
        if (!date.matches()) {
            return Optional.empty();
        }
        try {
            LocalDateTime time = LocalDateTime.of(number(date, "year"), month(date.group("month")),
                    number(date, "day"), hour(number(date, "hour"), date.group("half")), number(date, "minute"),
                    number(date, "second"));
            long seconds = time.toEpochSecond(ZoneOffset.UTC);
            String fraction = date.group("fraction") == null ? "" : date.group("fraction");
            return seconds < 0 || seconds > Seconds.MOST
                    ? Optional.empty()
                    : Optional.of(Seconds.parse(seconds + "." + fraction));
        } catch (DateTimeException e) { // the 31st of February
            return Optional.empty();
        }
    }

    /** @param at nanoseconds since 1970; milliseconds are kept */
    static String text(long at) {
        return FORMAT.format(Instant.ofEpochMilli(at / 1_000_000));
    }

    private static int number(Matcher date, String group) {
        return Integer.parseInt(date.group(group));
    }

    private static int month(String name) {
        for (int i = 0; i < MONTHS.size(); i++) {
            if (MONTHS.get(i).contains(name.toLowerCase(Locale.ROOT))) {
                return i + 1;
            }
        }
        return 0; // which no date has
    }

    private static int hour(int hour, @Nullable String half) {
        return half == null ? hour : hour % 12 + (half.equalsIgnoreCase("p") ? 12 : 0);
    }
}
