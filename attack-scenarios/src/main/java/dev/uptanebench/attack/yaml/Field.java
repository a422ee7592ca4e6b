package dev.uptanebench.attack.yaml;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The value of one key, already checked. What was wrong with it has been told; asking for it only decides what stands in
 * for a value that is absent or bad.
 */
public final class Field<T> {
    private final Section section;
    private final String key;
    private final T standIn;
    private final @Nullable T value;

    Field(Section section, String key, T standIn, @Nullable T value) {
        this.section = section;
        this.key = key;
        this.standIn = standIn;
        this.value = value;
    }

    /** The value; a missing key is a problem and gives a stand-in (empty text, zero, the first choice). */
    public T required() {
        if (value == null && !section.has(key)) {
            section.missing(key);
        }
        return value == null ? standIn : value;
    }

    /** The value, or the fallback when the key is absent or its value bad. */
    public T or(T fallback) {
        return value == null ? fallback : value;
    }

    /** The value, or empty when the key is absent or its value bad. */
    public Optional<T> optional() {
        return Optional.ofNullable(value);
    }
}
