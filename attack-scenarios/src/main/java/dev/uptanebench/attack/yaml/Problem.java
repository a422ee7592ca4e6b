package dev.uptanebench.attack.yaml;

import java.util.Comparator;

/** Something a person has to put right; prints as {@code file:line:column: message}, which editors make a link of. */
public record Problem(String file, int line, int column, String message) implements Comparable<Problem> {
    private static final Comparator<Problem> ORDER = Comparator.comparing(Problem::position)
            .thenComparing(Problem::message);

    public Position position() {
        return new Position(file, line, column);
    }

    @Override
    public int compareTo(Problem other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return position() + ": " + message;
    }
}
