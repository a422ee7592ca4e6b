package dev.uptanebench.attack.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Collects what is wrong with the files read so far. Not thread-safe. */
public final class Problems {
    private final List<Problem> found = new ArrayList<>();

    public void add(Problem problem) {
        found.add(problem);
    }

    public void add(Position at, String message) {
        found.add(new Problem(at.file(), at.line(), at.column(), message));
    }

    public boolean hasAny() {
        return !found.isEmpty();
    }

    /** Every problem once, sorted by file, line and column. */
    public List<Problem> list() {
        return found.stream().sorted().distinct().toList();
    }

    /** One problem per line. */
    @Override
    public String toString() {
        return list().stream().map(Problem::toString).collect(Collectors.joining("\n"));
    }
}
