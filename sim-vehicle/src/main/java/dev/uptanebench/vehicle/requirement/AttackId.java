package dev.uptanebench.vehicle.requirement;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** An attack of the threat catalogue by its name, such as {@code freeze} or {@code mix-and-match}. */
public record AttackId(@JsonValue String id) implements Comparable<AttackId> {
    private static final Pattern FORM = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public AttackId {
        if (!isValid(id)) {
            throw new IllegalArgumentException("not an attack id: " + id);
        }
    }

    /** Whether a text has the form of such an id. */
    public static boolean isValid(String text) {
        return FORM.matcher(text).matches();
    }

    @Override
    public int compareTo(AttackId other) {
        return id.compareTo(other.id);
    }

    @Override
    public String toString() {
        return id;
    }
}
