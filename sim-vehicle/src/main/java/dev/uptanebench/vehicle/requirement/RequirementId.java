package dev.uptanebench.vehicle.requirement;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * A requirement of the Uptane Standard 2.1.0: {@code U-<section>-<n>} for the n-th requirement in prose,
 * {@code U-<section>-s<step>} for a numbered step.
 */
public record RequirementId(@JsonValue String id) implements Comparable<RequirementId> {
    private static final Pattern FORM = Pattern.compile("[UD]-[0-9]+(\\.[0-9]+)*-[A-Za-z0-9.]+");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public RequirementId {
        if (!isValid(id)) {
            throw new IllegalArgumentException("not a requirement id: " + id);
        }
    }

    /** Whether a text has the form of such an id. */
    public static boolean isValid(String text) {
        return FORM.matcher(text).matches();
    }

    @Override
    public int compareTo(RequirementId other) {
        return id.compareTo(other.id);
    }

    @Override
    public String toString() {
        return id;
    }
}
