package dev.uptanebench.attack.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Collects what is wrong with the files read so far. Not thread-safe. */
public final class Problems {
    private static final int MOST_TOLD = 50;

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

    /** One problem per line; of very many the first ones. */
    @Override
    public String toString() {
        List<Problem> all = list();
        return all.stream().limit(MOST_TOLD).map(Problem::toString).collect(Collectors.joining("\n"))
                + (all.size() > MOST_TOLD ? "\nand " + (all.size() - MOST_TOLD) + " more" : "");
    }
}
