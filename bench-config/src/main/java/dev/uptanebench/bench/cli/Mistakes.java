package dev.uptanebench.bench.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is wrong with a command line, gathered so that all of it is told at once. */
final class Mistakes {
    private final List<String> found = new ArrayList<>();

    /** Something that can be used, unless it throws. */
    @FunctionalInterface
    interface Attempt<T> {
        T get() throws Invalid;
    }

    /** Gives what the attempt gives; empty, and a mistake noted, if it cannot be used. */
    <T> Optional<T> noting(Attempt<T> attempt) {
        try {
            return Optional.of(attempt.get());
        } catch (Invalid e) {
            found.add(String.valueOf(e.getMessage()).strip());
            return Optional.empty();
        }
    }

    void require(boolean holds, String message) {
        if (!holds) {
            found.add(message);
        }
    }

    void addAll(List<String> mistakes) {
        found.addAll(mistakes);
    }

    /** @throws Invalid with all of them, if there are any */
    void raise() throws Invalid {
        if (!found.isEmpty()) {
            throw new Invalid(ExitCode.INVALID, String.join("\n", found));
        }
    }
}
