package dev.uptanebench.vehicle.can.dbc;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Attributes by the names that Vector's tools and those after them give. */
final class DbcAttributes {
    private final Map<String, List<String>> choices = new HashMap<>();
    private final Map<String, String> standards = new HashMap<>();
    private final Map<Of, String> values = new HashMap<>();

    /** @param signal empty for an attribute of the message itself */
    private record Of(String name, long message, String signal) {}

    void define(String name, List<String> allowed) {
        choices.put(name, List.copyOf(allowed));
    }

    void standard(String name, String value) {
        standards.put(name, value);
    }

    void set(String name, long message, String signal, String value) {
        values.put(new Of(name, message, signal), value);
    }

    /** A choice may be told by its number. */
    private @Nullable String value(String name, long message, String signal) {
        String value = values.getOrDefault(new Of(name, message, signal), standards.get(name));
        List<String> allowed = choices.getOrDefault(name, List.of());
        if (value != null && value.matches("[0-9]{1,4}") && Integer.parseInt(value) < allowed.size()) {
            return allowed.get(Integer.parseInt(value));
        }
        return value;
    }

    private OptionalDouble number(String name, long message, String signal) {
        String value = value(name, message, signal);
        try {
            return value == null ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(value));
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    /** In milliseconds; 0 says that it is not sent cyclically. */
    Optional<Duration> cycle(long message) {
        OptionalDouble millis = number("GenMsgCycleTime", message, "");
        return millis.isPresent() && millis.getAsDouble() >= 0.1 && millis.getAsDouble() <= 86_400_000
                ? Optional.of(Duration.ofNanos((long) (millis.getAsDouble() * 1_000_000)))
                : Optional.empty();
    }

    OptionalDouble initial(long message, String signal) {
        return number("GenSigStartValue", message, signal);
    }

    /** Whether the frame's format is said to be one of CAN FD. */
    boolean fd(long message) {
        String format = value("VFrameFormat", message, "");
        return format != null && (format.toUpperCase(Locale.ROOT).contains("FD") || format.equals("14")
                || format.equals("15"));
    }

    /** Whether the file is one for a CAN FD bus. */
    boolean fdBus() {
        return "CAN FD".equalsIgnoreCase(standards.getOrDefault("BusType", ""));
    }

    boolean switches(long message) {
        String value = value("CANFD_BRS", message, "");
        return value == null || !value.equals("0");
    }
}
