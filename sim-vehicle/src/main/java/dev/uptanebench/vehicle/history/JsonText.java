package dev.uptanebench.vehicle.history;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** JSON as text, property after property. Commas look after themselves. */
final class JsonText {
    private static final String HEX = "0123456789abcdef";

    private final StringBuilder out = new StringBuilder(512);
    private boolean first = true;

    JsonText open(char bracket) {
        out.append(bracket);
        first = true;
        return this;
    }

    JsonText close(char bracket) {
        out.append(bracket);
        first = false;
        return this;
    }

    /** Begins an object under that name. */
    JsonText object(String name) {
        name(name);
        return open('{');
    }

    JsonText text(String name, @Nullable String value) {
        name(name);
        return value == null ? bare("null") : quoted(value);
    }

    JsonText number(String name, long value) {
        name(name);
        out.append(value);
        return this;
    }

    JsonText flag(String name, boolean value) {
        name(name);
        return bare(value ? "true" : "false");
    }

    JsonText time(String name, Instant value) {
        return text(name, value.toString());
    }

    JsonText texts(String name, List<String> values) {
        name(name);
        open('[');
        for (String value : values) {
            comma();
            quoted(value);
        }
        return close(']');
    }

    JsonText integers(String name, List<Integer> values) {
        name(name);
        open('[');
        for (int value : values) {
            comma();
            out.append(value);
        }
        return close(']');
    }

    JsonText numbers(String name, Map<String, Long> values) {
        name(name);
        open('{');
        values.forEach(this::number);
        return close('}');
    }

    JsonText textsByName(String name, Map<String, String> values) {
        name(name);
        open('{');
        values.forEach(this::text);
        return close('}');
    }

    /** @param properties writes those of one value */
    <T> JsonText objects(String name, Collection<T> values, BiConsumer<JsonText, T> properties) {
        name(name);
        open('[');
        for (T value : values) {
            comma();
            open('{');
            properties.accept(this, value);
            close('}');
        }
        return close(']');
    }

    @Override
    public String toString() {
        return out.toString();
    }

    private void name(String name) {
        comma();
        quoted(name);
        out.append(':');
    }

    private void comma() {
        if (!first) {
            out.append(',');
        }
        first = false;
    }

    private JsonText bare(String word) {
        out.append(word);
        return this;
    }

    private JsonText quoted(String text) {
        out.append('"');
        int plain = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '"' || c == '\\' || Character.isSurrogate(c)) {
                out.append(text, plain, i);
                escaped(c);
                plain = i + 1;
            }
        }
        out.append(text, plain, text.length()).append('"');
        return this;
    }

    /** Halves of characters too: a lone one has no bytes of its own in UTF-8. */
    private void escaped(char c) {
        switch (c) {
            case '"', '\\' -> out.append('\\').append(c);
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                out.append("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                    out.append(HEX.charAt(c >> shift & 0xf));
                }
            }
        }
    }
}
