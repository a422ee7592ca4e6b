package dev.uptanebench.attack.yaml;

import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a scalar's text may mean; empty where it means no such thing. */
final class Scalars {
    private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]{1,20}");
    private static final Pattern HEX = Pattern.compile("0[xX][0-9a-fA-F]{1,16}");
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,15}) ?(B|KiB|MiB|GiB)?");
    private static final Map<String, Integer> SHIFTS = Map.of("B", 0, "KiB", 10, "MiB", 20, "GiB", 30);

    private Scalars() {}

    static Optional<BigInteger> integer(String text) {
        if (HEX.matcher(text).matches()) {
            return Optional.of(new BigInteger(text.substring(2), 16));
        }
        return INTEGER.matcher(text).matches() ? Optional.of(new BigInteger(text)) : Optional.empty();
    }

    static Optional<Boolean> flag(String text) {
        return switch (text) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    /** ISO 8601, not negative, and short enough to be counted in nanoseconds. */
    static Optional<Duration> duration(String text) {
        try {
            Duration duration = Duration.parse(text);
            long nanos = duration.toNanos();
            return nanos < 0 ? Optional.empty() : Optional.of(duration);
        } catch (DateTimeException | ArithmeticException _) {
            return Optional.empty();
        }
    }

    static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    static Optional<Long> size(String text) {
        Matcher matcher = SIZE.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String unit = matcher.group(2);
        try {
            int shift = unit == null ? 0 : SHIFTS.getOrDefault(unit, 0);
            return Optional.of(Math.multiplyExact(Long.parseLong(matcher.group(1)), 1L << shift));
        } catch (ArithmeticException _) {
            return Optional.empty();
        }
    }
}
